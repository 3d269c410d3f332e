/// A piece of text with one meaning.
public struct Span: Hashable, Sendable {
    public var text: String
    public var role: Role
    public var traits: Traits

    public init(_ text: String, _ role: Role = .text, _ traits: Traits = []) {
        self.text = text
        self.role = role
        self.traits = traits
    }
}

/// One line of text in several meanings: what widgets take wherever text may be coloured.
public struct Line: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public var spans: [Span]

    public init(_ spans: [Span]) { self.spans = spans }
    public init(_ text: String, _ role: Role = .text, _ traits: Traits = []) { spans = [Span(text, role, traits)] }
    public init(stringLiteral value: String) { self.init(value) }
    public init(arrayLiteral elements: Span...) { self.init(elements) }

    public static let empty = Line([])

    /// Columns it takes when nothing clips it.
    public var width: Int { spans.reduce(0) { $0 + Text.width($1.text) } }
    public var text: String { spans.map(\.text).joined() }
    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    public static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }
}
