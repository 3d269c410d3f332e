/// What an import did.
public struct ImportSummary: Sendable, Hashable {
    public struct Refusal: Sendable, Hashable {
        public var line: Int
        public var reason: String
    }

    public var rows: Int
    public var created = 0
    public var extended = 0
    public var unchanged = 0
    public var refusals: [Refusal] = []
}
