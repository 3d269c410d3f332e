import FoundationEssentials

/// A value that a portal writes now as text, now as a number: ids, years, amounts, flags. Never a float on the way.
public struct LooseText: Codable, Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public var text: String
    /// Whether it stands in JSON without quotes.
    public var isNumber: Bool

    public init(_ text: String) {
        self.text = text
        isNumber = false
    }

    public init(_ number: Int64) {
        text = String(number)
        isNumber = true
    }

    public init(stringLiteral text: String) { self.init(text) }
    public init(integerLiteral number: Int64) { self.init(number) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
            isNumber = false
        } else if let number = try? container.decode(Int64.self) {
            text = String(number)
            isNumber = true
        } else if let flag = try? container.decode(Bool.self) {
            text = flag ? "true" : "false"
            isNumber = false
        } else {
            text = try container.decode(Decimal.self).description
            isNumber = true
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if isNumber, let number = Int64(text) {
            try container.encode(number)
        } else if isNumber, let number = Decimal(string: text) {
            try container.encode(number)
        } else {
            try container.encode(text)
        }
    }

    /// nil for blank text, which the portal uses for "none" as often as null.
    public var filled: String? {
        let trimmed = text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Whether it says yes in one of the ways that portals have: `Y`, `true`, 1. No other word is one.
    public var isYes: Bool { filled.map { ["Y", "YES", "TRUE", "1"].contains($0.uppercased()) } ?? false }

    public var number: Int64? { Int64(text) }

    /// A count: nil for what is none.
    public var count: Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
}
