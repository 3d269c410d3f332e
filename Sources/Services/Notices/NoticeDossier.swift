import Domain
import Store

/// Everything that is known of one notice.
public struct NoticeDossier: Sendable, Hashable {
    /// The deed of somebody whose note stands among `notes`.
    public static let noteWords = "wrote a note"

    public var notice: Notice
    /// What the portal changed, the oldest first.
    public var changes: [NoticeChange]
    /// The oldest first.
    public var notes: [NoticeNote]
    /// What people did about it, the oldest first.
    public var deeds: [Happening]
    /// Values that the portal sent and nobody could read, each in a sentence; their record was set aside.
    public var unread: [String]
    /// The rule for this kind of notice, whether or not its date is the one that counts.
    public var rule: DueRule?

    public init(
        notice: Notice, changes: [NoticeChange] = [], notes: [NoticeNote] = [], deeds: [Happening] = [],
        unread: [String] = []
    ) {
        self.notice = notice
        self.changes = changes
        self.notes = notes
        self.deeds = deeds
        self.unread = unread
        rule = DueRules.rule(for: notice.facts)
    }

    /// Where the date that counts comes from, in words: `computed: 30 days from service to pay; …`.
    public var dueWords: String {
        let said = notice.facts.dueOn.map { "the portal says \(TimeText.date($0))" }
        switch notice.due?.basis {
        case nil where !notice.facts.state.needsSomebody: return "nothing to be done any more"
        case nil: return rule == nil ? "the portal gives no date and no rule is known" : "no date to count from"
        case .portal: return "as the portal says"
        case .printed: return "as printed on the notice"
        case .manual: return ["set by hand", said].compactMap(\.self).joined(separator: "; ")
        case .computed:
            // Not our rule's words for a date that may contradict them.
            guard let rule, notice.facts.dueOn == nil else { return "computed by the provider" }
            let isIssue = rule.start == .service && notice.facts.servedOn == nil
            let from = isIssue ? "day of service unknown, counted from issue" : ""
            return "computed: "
                + [rule.words, from, rule.doubt].filter { !$0.isEmpty }.joined(separator: "; ")
        }
    }
}

extension NoticeService {
    /// nil when there is no such notice.
    public func dossier(_ id: NoticeId) async throws(Complaint) -> NoticeDossier? {
        try await workspace.permit(.see)
        return try await workspace.read { reader in
            guard let notice = try reader.notice(id) else { return nil }
            let events = try reader.auditEvents(AuditQuery(subject: id.auditSubject, limit: 200))
            return NoticeDossier(
                notice: notice, changes: try reader.noticeChanges(id), notes: try reader.noticeNotes(id),
                deeds: events.map { Happening($0) }, unread: try reader.unread(of: id))
        }
    }
}
