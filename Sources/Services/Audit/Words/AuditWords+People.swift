import Domain

extension AuditWords {
    /// People, their sessions, what they may, and the vault's keys.
    static func person(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "denied": denied(event, facts)
        case "login": event.outcome == "failed" ? with("not logged in", facts["reason"]) : "logged in"
        case "logout": event.outcome == "locked" ? "locked the desk, which ends the session" : "logged out"
        case "user.add": "added as \(facts["role"] ?? "user")"
        case "user.role": "made \(facts["role"] ?? "")"
        case "user.disable": "disabled"
        case "user.enable": "enabled again"
        case "user.grant": "granted to \(facts["grant"] ?? "") credentials"
        case "user.revoke": "took the grant to \(facts["grant"] ?? "") credentials away"
        case "user.password": facts["by"] == "admin" ? "set another password, as admin" : "changed their own password"
        case "user.email": "changed the address for codes: \(facts["from"] ?? "") → \(facts["to"] ?? "")"
        case "workspace.init": "set the workspace up"
        default: vault(event)
        }
    }

    private static func denied(_ event: AuditEvent, _ facts: [String: String]) -> String {
        // Of an older program the subject was the deed.
        let deed = Deed(rawValue: facts["deed"] ?? event.subject)
        let what = deed?.words ?? event.subject
        let role = facts["role"].map { " as \($0)" } ?? ""
        var words = facts["command"].map { "tried `\($0)`\(role), to \(what)" } ?? "tried to \(what)\(role)"
        if let needs = facts["needs"] ?? deed?.needs { words += "; needs \(needs)" }
        return words
    }

    private static func vault(_ event: AuditEvent) -> String? {
        switch event.action {
        case "vault.adopt": "the key file of an older workspace became the vault's key"
        case "vault.grant": "gave the vault's key"
        case "vault.revoke": "took the vault's key away"
        case "vault.rotate": event.outcome == "begun" ? "began to change the vault's key" : "changed the vault's key"
        case "vault.recover":
            event.outcome == "failed" ? "a recovery code was wrong" : "a recovery code set another password"
        default: nil
        }
    }
}
