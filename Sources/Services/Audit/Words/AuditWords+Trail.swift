import Domain

extension AuditWords {
    /// What was done with the trail itself.
    static func trail(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "audit.adopt": "\(counted(facts["events"], "record")) of an older program taken over"
        case "audit.export": with("exported the whole trail", facts["folder"])
        case "audit.key":
            event.keyChange?.old == nil
                ? "the first signing key" : "another signing key, for which the one before vouches"
        case "audit.open": "opened the \(facts["side"] ?? "body")"
        case "audit.proof": "made a proof that the record stands in the trail"
        case "audit.retention": "\(counted(facts["bodies"], "request or answer")) deleted"
        case "audit.resume": with("the trail goes on after it did not fit", facts["reason"])
        default: nil
        }
    }
}
