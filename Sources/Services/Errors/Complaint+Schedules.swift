import Domain

// What cannot stand in the calendar: all are 65.
extension Complaint {
    static func noScheduleName() -> Complaint {
        Complaint("a schedule needs a name of up to 60 plain characters", status: .badData)
    }

    static func neverComes(_ rule: CronRule) -> Complaint {
        Complaint("the rule \(rule.text) never comes", status: .badData)
    }

    static func noReaders() -> Complaint { Complaint("a digest needs somebody to go to", status: .badData) }

    static func noReader(_ name: String, _ why: String) -> Complaint {
        Complaint(
            "no digest can go to \(HarmlessText.line(name, limit: 60))", why: why,
            remedy: "`portaldesk user list` shows who is there", status: .badData)
    }

    static func noGroup(_ name: String) -> Complaint {
        Complaint(
            "no business is in the group \(HarmlessText.line(name, limit: 60))", why: "nothing would ever be fetched",
            remedy: "Groups are told apart by case; `portaldesk business list` shows them", status: .badData)
    }

    static func noSchedule(_ name: String) -> Complaint {
        Complaint(
            "there is no schedule \(HarmlessText.line(name, limit: 60))",
            remedy: "`portaldesk schedule list` shows them", status: .badData)
    }
}
