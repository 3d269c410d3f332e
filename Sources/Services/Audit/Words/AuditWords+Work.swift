import Domain

extension AuditWords {
    /// Notices, and what people do about them.
    static func notice(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "notice.assign": facts["to"].map { "gave it to \($0)" } ?? "gave it to nobody"
        case "notice.tag": "tagged #\(facts["tag"] ?? "")"
        case "notice.untag": "took #\(facts["tag"] ?? "") away"
        case "notice.note": NoticeDossier.noteWords
        case "notice.due": facts["due_on"].map { "set the due date to \(day($0))" } ?? "gave the due date back"
        case "notice.add": "entered it by hand"
        case "notice.state": "set its state: \(facts["state"] ?? "")"
        case "notice.export": "\(counted(facts["count"], "notice")) written as \(facts["format"] ?? "a file")"
        case "notice.document": document(event, facts)
        default: nil
        }
    }

    private static func document(_ event: AuditEvent, _ facts: [String: String]) -> String {
        let count = facts["files"].flatMap { Int($0) } ?? 1
        let what = count == 1 ? "a document" : Counted.text(count, "document")
        let saved = facts["as_received"] == "yes" ? "saved \(what) as received" : "saved \(what)"
        return event.outcome == "failed" ? "was cut short: \(saved)" : saved
    }

    /// Businesses, jobs, schedules, providers and what surrounds them.
    static func work(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "business.add": "added to the register"
        case "business.edit": edited(facts)
        case "business.import": with("read from a sheet", facts["rows"])
        case "business.remove": "removed from the register, with its logins"
        case "job.ask_anew": "gave its question up for another one"
        case "job.cancel": "cancelled it"
        case "job.retry": "queued it again"
        case "job.retry_undone": "took the retry back"
        case "provider.add": "added the provider"
        case "provider.remove": "removed the provider, with \(counted(facts["secrets"], "secret"))"
        case "provider.secret": with("stored a secret of the provider", facts["field"])
        case "schedule.add": "\(facts["kind"] ?? "schedule") by \(facts["cron"] ?? "the calendar")"
        case "schedule.disable": "stopped the schedule"
        case "schedule.enable": "started the schedule"
        case "schedule.remove": "removed the schedule"
        case "settings.changed": settings(facts)
        case "support.bundle": "\(counted(facts["files"], "file")) packed, \(counted(facts["bytes"], "byte"))"
        case "support.lookup": with("asked what masks stand for", facts["masks"])
        case "tds.request": "asked TRACES for a file"
        case "tds.withdraw": "took request \(facts["request"] ?? "") back"
        default: nil
        }
    }

    private static func edited(_ facts: [String: String]) -> String {
        let parts = [
            facts["from"].map { "name \($0) → \(facts["to"] ?? "")" },
            facts["group"].map { $0.isEmpty ? "no group" : "group \($0)" },
            facts["added"].map { "added \($0)" }, facts["removed"].map { "removed \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "changed in the register" : parts.joined(separator: ", ")
    }

    private static func settings(_ facts: [String: String]) -> String {
        switch (facts["before"], facts["now"]) {
        case (nil, _): "a new file"
        case (_, nil): "the file is gone"
        default: "the file was changed by hand"
        }
    }

    /// What was asked of authorities.
    static func action(_ event: AuditEvent, _ facts: [String: String]) -> String? {
        switch event.action {
        case "einvoice.get", "ewaybill.get":
            return asked(event, facts)
        case "operation.reconcile": return "let it be looked up now"
        case "operation.discard": return with("given up", facts["reason"])
        case "operation.settle":
            let choice = facts["choice"].flatMap { OperationChoice(rawValue: $0) }
            let words =
                switch choice {
                case .found: "a person found it at the portal as \(facts["reference"] ?? "")"
                case .sendAgain: "a person did not find it at the portal"
                case .giveUp: OperationChoice.givenUp
                default: "settled by a person"
                }
            return with(words, facts["reason"])
        default: return step(event, facts)
        }
    }

    private static func asked(_ event: AuditEvent, _ facts: [String: String]) -> String {
        let what = facts["bill"].map { "e-way bill \($0)" } ?? facts["irn"].map { "IRN \($0)" } ?? "an invoice"
        let end =
            switch event.outcome {
            case "found": "found"
            case "not_believed": "what came back is not believed"
            default: OperationEvent(rawValue: event.outcome)?.title ?? outcome(event.outcome)
            }
        let code = facts["code"].map { $0.isEmpty ? "" : " (code \($0))" } ?? ""
        return "asked \(facts["provider"] ?? "the portal") for \(what): \(end)\(code)"
    }

    private static func step(_ event: AuditEvent, _ facts: [String: String]) -> String {
        let attempt = facts["attempt"].map { "attempt \($0)" } ?? ""
        let words =
            switch event.outcome {
            case "queued" where attempt.isEmpty: "asked for, queued"
            case "intent": "about to be sent"
            case "late": "an answer came late"
            default: OperationState(rawValue: event.outcome)?.title.lowercased() ?? outcome(event.outcome)
            }
        let number = event.reference.isEmpty ? "" : "number \(event.reference)"
        return [words, attempt, number].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
