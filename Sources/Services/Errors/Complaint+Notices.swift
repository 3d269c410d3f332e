import Domain

extension Complaint {
    public static func unknownBusiness(_ id: Int64) -> Complaint {
        Complaint("there is no business \(id)", remedy: "`portaldesk business list` shows them", status: .badData)
    }

    public static func unknownNotice(_ id: Int64) -> Complaint {
        Complaint("there is no notice \(id)", remedy: "`portaldesk notice list` shows them", status: .badData)
    }

    static func noTag(_ text: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(text, limit: 40)) is no tag",
            why: "a tag is one word of at most \(NoticeTag.longest) letters, digits, - _ and .", status: .badData)
    }

    static func tagMissing(_ tag: String, _ id: Int64) -> Complaint {
        Complaint(
            "notice \(id) has no tag \(tag)", remedy: "`portaldesk notice show \(id)` names its tags", status: .badData)
    }

    static func emptyNote() -> Complaint { Complaint("the note is empty", status: .badData) }

    /// - Parameter others: who can be named.
    static func noAssignee(_ name: String, _ why: String, others: [String]) -> Complaint {
        Complaint(
            "\(HarmlessText.line(name, limit: 60)) cannot work on notices", why: why,
            remedy: others.isEmpty
                ? "Name an enabled operator or admin"
                : "Name one of \(HarmlessText.line(others.joined(separator: ", "), limit: 200))", status: .badData)
    }

    static func emptyEntry() -> Complaint {
        Complaint(
            "the entry says nothing", why: "it has neither reference nor form, section or description",
            status: .badData)
    }

    /// - Parameter how: what may be done to have the bytes all the same.
    static func dangerousDocument(_ name: String, _ why: String, how: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(name, limit: 80)) is not handed out", why: why, remedy: how, status: .badData)
    }

    static func neverDownloaded(_ name: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(name, limit: 80)) is not here", why: "it was never downloaded",
            remedy: "Fetch the login again", status: .badData)
    }

    static func documentMissing(_ name: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(name, limit: 80)) is not here", why: "its file is gone from the folder of documents",
            remedy: "Put it back from a backup, or fetch the login again", status: .badData)
    }

    static func documentDamaged(_ name: String, _ why: String) -> Complaint {
        Complaint(
            "\(HarmlessText.line(name, limit: 80)) is damaged and not handed out", why: why,
            remedy: "Put its file back from a backup", status: .badData)
    }

    static func noDocument(_ why: String) -> Complaint {
        Complaint("there is no document to save", why: why, status: .badData)
    }

    static func severalDocuments(_ id: Int64, _ count: Int) -> Complaint {
        Complaint("notice \(id) has \(count) documents", remedy: "Name an existing folder with --out", status: .usage)
    }
}
