import Foundation

/// Where the members of a record lie that columns repeat: found by the check of its form on the way, so that its bytes are
/// read once.
public struct RecordMembers: Sendable {
    /// A part of the bytes; of a text without its quotes.
    public typealias Span = Range<Int>

    public private(set) var seq: Int64?
    public private(set) var version: Int64?
    public private(set) var moment: Span?
    public private(set) var actor: Span?
    public private(set) var action: Span?
    public private(set) var subject: Span?
    public private(set) var outcome: Span?
    public private(set) var correlation: Span?
    public private(set) var tenant: Span?
    /// No text has an escape, or anything beyond ASCII.
    public internal(set) var isPlain = false

    public init() {}

    /// - Parameters:
    ///   - name: of the member, without quotes.
    ///   - value: with its quotes, if it is a text.
    mutating func note(_ bytes: UnsafePointer<UInt8>, name: Span, value: Span) {
        func isNamed(_ wanted: StaticString) -> Bool {
            memcmp(bytes + name.lowerBound, wanted.utf8Start, name.count) == 0
        }
        func text() -> Span? {
            let isText = bytes[value.lowerBound] == UInt8(ascii: "\"")
            return isText ? value.lowerBound + 1..<value.upperBound - 1 : nil
        }
        // Few names have the same length, and of those none the same first letter.
        switch (name.count, bytes[name.lowerBound]) {
        case (1, UInt8(ascii: "v")): version = Self.number(bytes, value)
        case (2, UInt8(ascii: "t")) where isNamed("ts"): moment = text()
        case (3, UInt8(ascii: "s")) where isNamed("seq"): seq = Self.number(bytes, value)
        case (4, UInt8(ascii: "c")) where isNamed("corr"): correlation = text()
        case (5, UInt8(ascii: "a")) where isNamed("actor"): actor = text()
        case (6, UInt8(ascii: "a")) where isNamed("action"): action = text()
        case (6, UInt8(ascii: "t")) where isNamed("tenant"): tenant = text()
        case (7, UInt8(ascii: "o")) where isNamed("outcome"): outcome = text()
        case (7, UInt8(ascii: "s")) where isNamed("subject"): subject = text()
        default: break
        }
    }

    private static func number(_ bytes: UnsafePointer<UInt8>, _ span: Span) -> Int64? {
        var value: Int64 = 0
        for index in span {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }
}
