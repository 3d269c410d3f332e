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
        guard let outcome = query.outcome else { return }
        var found = AuditQuery()
        found.outcome = outcome
        if !AuditVocabulary.outcomes.contains(outcome.replacing(" ", with: "_")), try await !isRecorded(found) {
            throw Complaint(
                "\(HarmlessText.line(outcome, limit: 40)) is no outcome of the audit trail",
                why: "these are: \(AuditVocabulary.outcomes.joined(separator: ", "))", status: .usage)
        }
    }

    /// Another program may have recorded what this one does not know.
    private func isRecorded(_ query: AuditQuery) async throws(Complaint) -> Bool {
        try await workspace.read { try $0.auditCount(query, upTo: 1) } > 0
    }
}
