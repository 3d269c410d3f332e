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

    public init() {}

    /// - Parameters:
    ///   - name: of the member, without quotes.
    ///   - value: with its quotes, if it is a text.
    mutating func note(_ bytes: UnsafeRawBufferPointer, name: Span, value: Span) {
        let isText = bytes[value.lowerBound] == UInt8(ascii: "\"")
        let text = isText ? value.lowerBound + 1..<value.upperBound - 1 : nil
        func isNamed(_ wanted: StaticString) -> Bool {
            guard let start = bytes.baseAddress else { return false }
            return memcmp(start + name.lowerBound, wanted.utf8Start, name.count) == 0
        }
        // Few names have the same length.
        switch name.count {
        case 1 where isNamed("v"): version = Self.number(bytes, value)
        case 2 where isNamed("ts"): moment = text
        case 3 where isNamed("seq"): seq = Self.number(bytes, value)
        case 4 where isNamed("corr"): correlation = text
        case 5 where isNamed("actor"): actor = text
        case 6 where isNamed("action"): action = text
        case 6 where isNamed("tenant"): tenant = text
        case 7 where isNamed("outcome"): outcome = text
        case 7 where isNamed("subject"): subject = text
        default: break
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ span: Span) -> Int64? {
        var value: Int64 = 0
        for index in span {
            let byte = bytes[index]
            guard byte >= 48, byte <= 57 else { return nil }
            value = value &* 10 &+ Int64(byte - 48)
        }
        return value
    }
}
