import Domain
import Store

extension AuditService {
    /// Refuses an action or an outcome that there is none of: an empty list would look like an answer.
    ///
    /// - Throws: a `Complaint` (64) that names those that there are.
    func requireKnown(_ query: AuditQuery) async throws(Complaint) {
        if let action = query.action, !AuditVocabulary.actions.contains(action),
            !AuditVocabulary.families.contains(action), try await !isRecorded(AuditQuery(action: action))
        {
            throw Complaint(
                "\(HarmlessText.line(action, limit: 40)) is no action of the audit trail",
                why: "these are, each family as a word of its own too: \(AuditVocabulary.overview)", status: .usage)
        }
        if let actor = query.actor, try await workspace.read({ try $0.person(actor) }) == nil,
            try await !isRecorded(AuditQuery(actor: actor))
        {
            throw Complaint(
                "there is nobody called \(HarmlessText.line(actor, limit: 40)), and no record names them",
                remedy: "`portaldesk user list` shows who there is", status: .badData)
        }
        guard let outcome = query.outcome else { return }
        var found = AuditQuery()
        found.outcome = outcome
        if !AuditVocabulary.outcomes.contains(outcome.replacing(" ", with: "_")), try await !isRecorded(found) {
            throw Complaint(
                "\(HarmlessText.line(outcome, limit: 40)) is no outcome of the audit trail",
                why: "these are: \(AuditVocabulary.outcomes.joined(separator: ", "))", status: .usage)
        }
    }

    /// A query for something's history, with the names that it has in the trail.
    ///
    /// - Throws: a `Complaint` (65) for a notice or a business that there is none of.
    func resolved(_ query: AuditQuery) async throws(Complaint) -> AuditQuery {
        var query = query
        switch query.thread {
        case nil: break
        case .job(let id):
            query.belonging = AuditBelonging(subjects: [id.auditSubject], correlations: [id.auditSubject])
        case .operation(let id):
            query.belonging = AuditBelonging(subjects: ["operation/\(id)"], correlations: [id.text])
        case .login(let identity): query.belonging = AuditBelonging(subjects: [identity.auditSubject])
        case .notice(let id):
            query.belonging = try await workspace.read { reader in
                guard try reader.notice(id) != nil else { throw Complaint.unknownNotice(id.rawValue) }
                return try reader.auditBelonging(id)
            }
        case .business(let id):
            query.belonging = try await workspace.read { reader in
                guard try reader.auditOrigin(id) != nil else { throw Complaint.unknownBusiness(id.rawValue) }
                return try reader.auditBelonging(id)
            }
        // Others may have the same name.
        case .schedule(let name):
            (query.belonging, query.families) = (AuditBelonging(subjects: [name]), ["schedule"])
        case .provider(let name):
            query.provider = name
        }
        return query
    }

    /// Where that comes from whose history is asked for; everybody sees as much of it beside the trail.
    public func origin(of thread: AuditThread?) async throws(Complaint) -> AuditOrigin? {
        try await workspace.permit(.see)
        return try await workspace.read { reader in
            switch thread {
            case .notice(let id): try reader.auditOrigin(id)
            case .business(let id): try reader.auditOrigin(id)
            default: nil
            }
        }
    }

    /// Another program may have recorded what this one does not know.
    private func isRecorded(_ query: AuditQuery) async throws(Complaint) -> Bool {
        try await workspace.read { try $0.auditCount(query, upTo: 1) } > 0
    }
}
