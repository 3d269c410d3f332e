/// What a record may hold (facts: reliability 6.2): texts, whole numbers, objects and lists. Money and dates are texts.
public indirect enum TrailValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case object([String: TrailValue])
    case list([TrailValue])
}

/// Why bytes are not in the canonical form, or a value has none.
public enum CanonicalProblem: Error, Hashable, Sendable {
    /// What stands at this byte belongs to no value.
    case unexpected(at: Int)
    case whiteSpace(at: Int)
    /// Bytes that are not UTF-8, or half of a surrogate pair.
    case badText(at: Int)
    /// An escape where none is needed, or another one than RFC 8785 writes.
    case escape(at: Int)
    /// A fraction, an exponent, a leading zero, or beyond 2^53 - 1.
    case number(at: Int)
    /// A member that should stand before the one in front of it, or stands there twice.
    case order(at: Int)
    /// A member's name that is not plain ASCII.
    case name(at: Int)
    case tooDeep(at: Int)
    case cutShort
    case surplus(at: Int)
}

/// JSON in the one form that RFC 8785 gives it, under restrictions that leave nothing to choose: member names in ASCII,
/// whole numbers within ±(2^53 - 1), no true, false or null.
public enum CanonicalJson {
    static let largest: Int64 = (1 << 53) - 1
    static let deepest = 32

    public static func bytes(_ value: TrailValue) throws(CanonicalProblem) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(1_024)
        try write(value, to: &out, depth: 0)
        return out
    }

    private static func write(_ value: TrailValue, to out: inout [UInt8], depth: Int) throws(CanonicalProblem) {
        guard depth < deepest else { throw .tooDeep(at: out.count) }
        switch value {
        case .text(let text): write(text, to: &out)
        case .integer(let number):
            guard (-largest...largest).contains(number) else { throw .number(at: out.count) }
            out.append(contentsOf: String(number).utf8)
        case .list(let values):
            out.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                try write(value, to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            // Names are ASCII, where the order of UTF-16 units is the order of bytes.
            let names = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for (index, name) in names.enumerated() {
                guard name.utf8.allSatisfy({ $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 }) else {
                    throw .name(at: out.count)
                }
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(name, to: &out)
                out.append(UInt8(ascii: ":"))
                if let value = members[name] { try write(value, to: &out, depth: depth + 1) }
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case 34, 92: out.append(contentsOf: [92, byte])
            case 8: out.append(contentsOf: [92, UInt8(ascii: "b")])
            case 9: out.append(contentsOf: [92, UInt8(ascii: "t")])
            case 10: out.append(contentsOf: [92, UInt8(ascii: "n")])
            case 12: out.append(contentsOf: [92, UInt8(ascii: "f")])
            case 13: out.append(contentsOf: [92, UInt8(ascii: "r")])
            case 0..<32: out.append(contentsOf: Array("\\u00".utf8) + Array(HexText.text([byte]).utf8))
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    /// - Throws: what keeps the bytes from being canonical.
    public static func value(_ bytes: [UInt8]) throws(CanonicalProblem) -> TrailValue {
        if let problem = bytes.withUnsafeBytes({ problem(in: $0) }) { throw problem }
        var reader = CanonicalReader(bytes)
        return reader.value()
    }

    /// What is wrong with the form of a record's bytes; nil when nothing is. Allocates nothing.
    public static func problem(in bytes: UnsafeRawBufferPointer) -> CanonicalProblem? {
        var members = RecordMembers()
        return CanonicalScanner.scan(bytes, members: &members)
    }

    /// The same, with the members that the columns of a record repeat; nil where the form is wrong.
    public static func members(in bytes: UnsafeRawBufferPointer) -> RecordMembers? {
        var members = RecordMembers()
        return CanonicalScanner.scan(bytes, members: &members) == nil ? members : nil
    }
}

/// Makes a value of bytes that have been found canonical.
struct CanonicalReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func value() -> TrailValue {
        switch bytes[at] {
        case UInt8(ascii: "\""): return .text(text())
        case UInt8(ascii: "["):
            var all: [TrailValue] = []
            at += 1
            while bytes[at] != UInt8(ascii: "]") {
                if bytes[at] == UInt8(ascii: ",") { at += 1 }
                all.append(value())
            }
            at += 1
            return .list(all)
        case UInt8(ascii: "{"):
            var all: [String: TrailValue] = [:]
            at += 1
            while bytes[at] != UInt8(ascii: "}") {
                if bytes[at] == UInt8(ascii: ",") { at += 1 }
                let name = text()
                at += 1
                all[name] = value()
            }
            at += 1
            return .object(all)
        default:
            let start = at
            while at < bytes.count, bytes[at] == UInt8(ascii: "-") || (48...57).contains(bytes[at]) { at += 1 }
            return .integer(Int64(String(decoding: bytes[start..<at], as: UTF8.self)) ?? 0)
        }
    }

    private mutating func text() -> String {
        at += 1
        var out: [UInt8] = []
        while bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] == UInt8(ascii: "\\") else {
                out.append(bytes[at])
                at += 1
                continue
            }
            switch bytes[at + 1] {
            case UInt8(ascii: "b"): out.append(8)
            case UInt8(ascii: "t"): out.append(9)
            case UInt8(ascii: "n"): out.append(10)
            case UInt8(ascii: "f"): out.append(12)
            case UInt8(ascii: "r"): out.append(13)
            case UInt8(ascii: "u"):
                let code = HexText.bytes(String(decoding: bytes[at + 4..<at + 6], as: UTF8.self)) ?? []
                out.append(contentsOf: code)
                at += 4
            case let byte: out.append(byte)
            }
            at += 2
        }
        at += 1
        return String(decoding: out, as: UTF8.self)
    }
}
