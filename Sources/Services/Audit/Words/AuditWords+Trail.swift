import Domain

extension AuditWords {
    /// What was done with the trail itself.
    static func trail(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "audit.adopt": "\(counted(facts["events"], "record")) of an older program taken over"
        case AuditEvent.damaged: "cannot be read: it was changed from outside; `audit verify` says more"
        case "audit.export": with("exported the whole trail", facts["folder"])
        case "audit.key":
            event.keyChange?.old == nil
                ? "the first signing key" : "another signing key, for which the one before vouches"
        case "audit.open":
            event.outcome == "done"
                ? "opened the \(facts["side"] ?? "body")"
                : with("could not open the \(facts["side"] ?? "body")", facts["why"])
        case "audit.guards": with("put back what keeps records from being changed", facts["triggers"])
        case "audit.proof": "made a proof that the record stands in the trail"
        case "audit.retention": deleted(facts)
        case "audit.resume": with("the trail goes on after it did not fit", facts["reason"])
        default: nil
        }
    }

    private static func deleted(_ facts: [String: String]) -> String {
        let count = facts["bodies"].flatMap { Int($0) }.map {
            Counted.text($0, "request or answer", "requests and answers")
        }
        let policy = facts["days"].map { ", kept for \($0) days (`body_days`)" } ?? ""
        return "\(count ?? "requests and answers") deleted\(policy)"
    }
}
