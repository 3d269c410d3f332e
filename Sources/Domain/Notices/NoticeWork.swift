/// What the firm keeps beside what a portal says. No fetch changes it.
public struct NoticeWork: Hashable, Sendable {
    /// Name of the person who works on it.
    public var assignee: String?
    /// In order.
    public var tags: [String]
    /// Set by a person; goes before the portal's date.
    public var dueOn: LegalDate?
    /// Set by a person; holds until the portal tells a state itself.
    public var state: NoticeState?
    public var noteCount: Int

    public init(
        assignee: String? = nil, tags: [String] = [], dueOn: LegalDate? = nil, state: NoticeState? = nil,
        noteCount: Int = 0
    ) {
        self.assignee = assignee
        self.tags = tags
        self.dueOn = dueOn
        self.state = state
        self.noteCount = noteCount
    }
}

/// What somebody wrote about a notice. Notes are added, never changed.
public struct NoticeNote: Hashable, Sendable {
    /// In characters (Unicode scalars).
    public static let longest = 2_000

    public var at: Instant
    public var author: String
    public var text: String

    public init(at: Instant, author: String, text: String) {
        self.at = at
        self.author = author
        self.text = text
    }
}

/// A word by which a firm finds notices again.
public enum NoticeTag {
    public static let longest = 30

    /// Lower case without the `#`; nil for what is no tag: letters, digits, `-`, `_` and `.` alone, of any script.
    public static func read(_ text: some StringProtocol) -> String? {
        let tag = text.drop { $0 == "#" }.lowercased()
        let isPlain = tag.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
                || $0.properties.generalCategory == .nonspacingMark || $0.properties.generalCategory == .spacingMark
        }
        return !tag.isEmpty && tag.unicodeScalars.count <= longest && isPlain ? tag : nil
    }
}
