import Foundation

/// Where the members of a record lie that columns repeat: found by the check of its form on the way, so that its bytes are
/// read once.
public struct RecordMembers: Sendable {
    /// A part of the bytes; of a text without its quotes.
    public typealias Span = Range<Int>

    public private(set) var seq: Int64?
    public private(set) var version: Int64?
    /// Number of the call that the record tells of; 0 for none. Two more optionals would cost a verification its budget.
    public private(set) var call: Int64 = 0
    /// Which of its bodies were kept.
    public private(set) var kept: UInt8 = 0
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
        func text() -> Text {
            guard bytes[value.lowerBound] == UInt8(ascii: "\"") else { return Text() }
            return Text(
                start: UInt32(truncatingIfNeeded: value.lowerBound &+ 1),
                end: UInt32(truncatingIfNeeded: value.upperBound &- 1))
        }
        // A name is compared four letters at a time; behind it there is a quote at least.
        let start = UnsafeRawPointer(bytes + name.lowerBound)
        func letters(at offset: Int) -> UInt32 {
            start.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
        }
        switch name.count {
        case 1 where bytes[name.lowerBound] == UInt8(ascii: "v"): version = Self.number(bytes, value)
        case 2 where Self.begins(bytes, name, "ts"): texts.0 = text()
        case 3 where Self.begins(bytes, name, "seq"): seq = Self.number(bytes, value)
        case 4:
            switch letters(at: 0) {
            case Letters.corr: texts.5 = text()
            case Letters.call: call = Self.number(bytes, value) ?? 0
            case Letters.kept: kept = Self.number(bytes, value).flatMap { UInt8(exactly: $0) } ?? 0
            default: break
            }
        case 5 where letters(at: 0) == Letters.acto && letters(at: 1) == Letters.ctor: texts.1 = text()
        case 6 where letters(at: 0) == Letters.acti && letters(at: 2) == Letters.tion: texts.2 = text()
        case 6 where letters(at: 0) == Letters.tena && letters(at: 2) == Letters.nant: texts.6 = text()
        case 7 where letters(at: 0) == Letters.outc && letters(at: 3) == Letters.come: texts.4 = text()
        case 7 where letters(at: 0) == Letters.subj && letters(at: 3) == Letters.ject: texts.3 = text()
        default: break
        }
    }

    private static func begins(_ bytes: UnsafePointer<UInt8>, _ name: Span, _ wanted: StaticString) -> Bool {
        (0..<name.count).allSatisfy { bytes[name.lowerBound &+ $0] == wanted.utf8Start[$0] }
    }

    /// Four letters, the first one lowest: computed here they would be looked up a million times.
    private enum Letters {
        static var corr: UInt32 { 0x72726F63 }
        static var call: UInt32 { 0x6C6C6163 }
        static var kept: UInt32 { 0x7470656B }
        static var acto: UInt32 { 0x6F746361 }
        static var ctor: UInt32 { 0x726F7463 }
        static var acti: UInt32 { 0x69746361 }
        static var tion: UInt32 { 0x6E6F6974 }
        static var tena: UInt32 { 0x616E6574 }
        static var nant: UInt32 { 0x746E616E }
        static var outc: UInt32 { 0x6374756F }
        static var come: UInt32 { 0x656D6F63 }
        static var subj: UInt32 { 0x6A627573 }
        static var ject: UInt32 { 0x7463656A }
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
