import Foundation

/// Where the members of a record lie that columns repeat: found by the check of its form on the way, so that its bytes are
/// read once.
public struct RecordMembers: Sendable {
    /// A part of the bytes; of a text without its quotes.
    public typealias Span = Range<Int>

    public private(set) var seq: Int64?
    public private(set) var version: Int64?
    /// Number of the call that the record tells of.
    public private(set) var call: Int64?
    /// Which of its bodies were kept.
    public private(set) var kept: Int64?
    public var moment: Span? { texts.0.span }
    public var actor: Span? { texts.1.span }
    public var action: Span? { texts.2.span }
    public var subject: Span? { texts.3.span }
    public var outcome: Span? { texts.4.span }
    public var correlation: Span? { texts.5.span }
    public var tenant: Span? { texts.6.span }
    /// No text has an escape, or anything beyond ASCII.
    public internal(set) var isPlain = false

    /// Kept small, since one is made for every record that is read.
    private struct Text {
        var start: UInt32 = 0
        var end: UInt32 = 0

        /// No text ends at the first byte.
        var span: Span? { end == 0 ? nil : Int(start)..<Int(end) }
    }

    private var texts = (Text(), Text(), Text(), Text(), Text(), Text(), Text())

    public init() {}

    /// - Parameters:
    ///   - name: of the member, without quotes.
    ///   - value: with its quotes, if it is a text.
    mutating func note(_ bytes: UnsafePointer<UInt8>, name: Span, value: Span) {
        func isNamed(_ wanted: StaticString) -> Bool {
            (0..<name.count).allSatisfy { bytes[name.lowerBound &+ $0] == wanted.utf8Start[$0] }
        }
        func text() -> Text {
            guard bytes[value.lowerBound] == UInt8(ascii: "\"") else { return Text() }
            return Text(
                start: UInt32(truncatingIfNeeded: value.lowerBound &+ 1),
                end: UInt32(truncatingIfNeeded: value.upperBound &- 1))
        }
        // Few names have the same length, and of those none the same first letter.
        switch (name.count, bytes[name.lowerBound]) {
        case (1, UInt8(ascii: "v")): version = Self.number(bytes, value)
        case (2, UInt8(ascii: "t")) where isNamed("ts"): texts.0 = text()
        case (3, UInt8(ascii: "s")) where isNamed("seq"): seq = Self.number(bytes, value)
        case (4, UInt8(ascii: "c")) where isNamed("call"): call = Self.number(bytes, value)
        case (4, UInt8(ascii: "c")) where isNamed("corr"): texts.5 = text()
        case (4, UInt8(ascii: "k")) where isNamed("kept"): kept = Self.number(bytes, value)
        case (5, UInt8(ascii: "a")) where isNamed("actor"): texts.1 = text()
        case (6, UInt8(ascii: "a")) where isNamed("action"): texts.2 = text()
        case (6, UInt8(ascii: "t")) where isNamed("tenant"): texts.6 = text()
        case (7, UInt8(ascii: "o")) where isNamed("outcome"): texts.4 = text()
        case (7, UInt8(ascii: "s")) where isNamed("subject"): texts.3 = text()
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
