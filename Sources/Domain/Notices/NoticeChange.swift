/// One thing that a portal changed about a notice after the first sight.
public struct NoticeChange: Hashable, Sendable {
    /// The field of a notice that the portal no longer lists, or lists again: `old` and `new` are these words.
    public static let listing = "listing"
    public static let listed = "listed"
    public static let gone = "gone"

    public var at: Instant
    /// The notice's version after the change.
    public var version: Int
    /// Name of the field, as in the command line's rows.
    public var field: String
    public var old: String
    public var new: String

    public init(at: Instant, version: Int, field: String, old: String, new: String) {
        self.at = at
        self.version = version
        self.field = field
        self.old = old
        self.new = new
    }

    /// For people: `due date moved from 20-11-2026 to 27-11-2026`, `2 documents added`.
    public var words: String {
        switch field {
        case "due_on": return Self.moved("due date", old, new)
        case "issued_on": return Self.moved("date of issue", old, new)
        case "state": return "state: \(Self.state(old)) → \(Self.state(new))"
        case "documents":
            let added = (Int(new) ?? 0) - (Int(old) ?? 0)
            return added > 0 ? "\(Counted.text(added, "document")) added" : "documents: \(old) → \(new)"
        case Self.listing: return new == Self.gone ? "gone from the portal" : "on the portal again"
        default:
            let name = field.replacing("_", with: " ")
            if old.isEmpty { return "\(name): \(new)" }
            return "\(name): \(old) → \(new.isEmpty ? "none" : new)"
        }
    }

    private static func moved(_ name: String, _ old: String, _ new: String) -> String {
        let (from, to) = (day(old), day(new))
        if from.isEmpty { return "\(name) set to \(to)" }
        return to.isEmpty ? "\(name) \(from) taken away" : "\(name) moved from \(from) to \(to)"
    }

    private static func day(_ text: String) -> String { LegalDate(text).map(TimeText.date) ?? text }
    private static func state(_ text: String) -> String { NoticeState(rawValue: text)?.title ?? text }
}
