import Domain

extension AuditWords {
    /// Logins, what opens them, and the right to use them.
    static func login(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "account.set": stored(facts)
        case "account.provider": "provider \(facts["from"] ?? "") → \(facts["to"] ?? "")"
        case "account.remove": "login forgotten"
        case "account.verify": event.outcome == "done" ? "verified" : with("not verified", reason(facts))
        case "api_user.set": apiUser(facts)
        case "api_user.remove": with("API user removed", facts["provider"])
        case "authenticator.enrol":
            switch event.outcome {
            case "begun": "began to set an authenticator up"
            case "abandoned": "did not set the authenticator up"
            default: "set an authenticator up"
            }
        case "authenticator.remove": "authenticator removed"
        case "authority.record": "written authority of \(day(facts["given_on"])) recorded"
        case "authority.withdraw": "written authority withdrawn"
        case "gsp.session": with("API session \(outcome(event.outcome))", facts["note"])
        case "reveal": "saw the password"
        case "reveal.request": with("asked to see the password", reason(facts))
        case "reveal.hide": "the password was hidden again"
        case "reveal.code": code(event.outcome, facts)
        default: nil
        }
    }

    private static func stored(_ facts: [String: String]) -> String {
        let to = facts["to"] ?? ""
        let name = facts["from"].map { $0 == to ? "" : "user name \($0) → \(to)" } ?? "user name \(to)"
        let password = facts["password"] == "changed" ? "password changed" : ""
        let parts = [facts["undo"] == nil ? "" : "undone", name, password].filter { !$0.isEmpty }
        return parts.isEmpty ? "saved as it was" : parts.joined(separator: ", ")
    }

    /// What a portal said is a cause by name; what a person said stands as it is.
    private static func reason(_ facts: [String: String]) -> String? {
        facts["reason"].map { Cause(rawValue: $0)?.title.lowercased() ?? $0 }
    }

    private static func apiUser(_ facts: [String: String]) -> String {
        var words = "API user \(facts["user"] ?? "") at \(facts["provider"] ?? "")"
        if let count = facts["queued"].flatMap({ Int($0) }), count > 0 {
            words += ", \(Counted.text(count, "action")) queued again"
        }
        if let count = facts["looked"].flatMap({ Int($0) }), count > 0 {
            words += ", \(Counted.text(count, "action")) to be looked up"
        }
        return words
    }

    private static func code(_ outcome: String, _ facts: [String: String]) -> String {
        switch outcome {
        case "sent": "a code was mailed"
        case "wrong": "the code was wrong"
        case "unknown": "a code was mailed, and the mail server said nothing"
        case "not sent", "not_sent": with("no code could be sent", facts["why"])
        default: "code \(self.outcome(outcome))"
        }
    }
}
