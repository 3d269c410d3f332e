/// Something that the worker does by the calendar.
public struct Schedule: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Fetches the logins of a portal, of a group of businesses, or all.
        case fetch
        /// Mails what happened since the last one.
        case digest
    }

    public var id: Int64
    public var name: String
    public var kind: Kind
    /// nil means every portal.
    public var portal: Portal?
    /// Businesses of this group; nil means every business.
    public var group: String?
    public var rule: CronRule
    /// User names to whom a digest goes.
    public var recipients: [String]
    public var isEnabled: Bool
    public var nextAt: Instant?
    public var lastAt: Instant?
    /// How the last run ended, in words.
    public var lastMessage: String
    /// How far a digest has come; nothing for a fetch.
    public var digest: DigestProgress

    /// How the message of a digest begins that could not leave; it is tried again.
    public static let notSent = "not sent"

    /// Whether the last run came to nothing.
    public var hasTrouble: Bool { lastMessage.hasPrefix(Self.notSent) }

    public init(
        id: Int64 = 0, name: String, kind: Kind, portal: Portal? = nil, group: String? = nil, rule: CronRule,
        recipients: [String] = [], isEnabled: Bool = true, nextAt: Instant? = nil, lastAt: Instant? = nil,
        lastMessage: String = "", digest: DigestProgress = DigestProgress()
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.portal = portal
        self.group = group
        self.rule = rule
        self.recipients = recipients
        self.isEnabled = isEnabled
        self.nextAt = nextAt
        self.lastAt = lastAt
        self.lastMessage = lastMessage
        self.digest = digest
    }

    /// Those who get the digest and are not settled for the span that is sent now.
    public var pendingReaders: [DigestReader] {
        digest.readers.filter { recipients.contains($0.name) && $0.settledAt != digest.end?.at }
    }
}
