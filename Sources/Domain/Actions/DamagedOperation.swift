/// An action whose row in the database cannot be read. Nothing is done with it by itself, and no list leaves it out
/// without a word.
public struct DamagedOperation: Hashable, Sendable {
    /// As it stands there, without what a terminal would obey; it may be no id.
    public var id: String
    /// What cannot be read, as words.
    public var what: String

    /// - Parameters:
    ///   - id: as it stands in the database.
    ///   - what: may quote what stands there.
    public init(id: String, what: String) {
        self.id = HarmlessText.line(id, limit: 60)
        self.what = HarmlessText.line(what, limit: 200)
    }

    /// One line for people.
    public var line: String { "damaged: \(id) (\(what))" }
}
