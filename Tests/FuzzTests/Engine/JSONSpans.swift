/// Where the values of a valid JSON text stand, found in one pass without recursion: mutations nest deeply.
struct JSONSpans {
    struct Member {
        /// With its quotes.
        var key: Range<Int>
        var value: Range<Int>
        var whole: Range<Int> { key.lowerBound..<value.upperBound }
    }

    private struct Open {
        var start: Int
        var isObject: Bool
        var key: Range<Int>?
    }

    private(set) var values: [Range<Int>] = []
    private(set) var members: [Member] = []
    private(set) var elements: [Range<Int>] = []
    private(set) var objects: [Range<Int>] = []
    /// Strings that are values, with their quotes.
    private(set) var strings: [Range<Int>] = []

    private var open: [Open] = []
    private var key: Range<Int>?

    init(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(Open(start: index, isObject: bytes[index] == UInt8(ascii: "{"), key: key))
                key = nil
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                index += 1
                guard let done = open.popLast() else { continue }
                if done.isObject { objects.append(done.start..<index) }
                end(done.start..<index, key: done.key)
            case UInt8(ascii: "\""):
                let range = index..<Self.endOfString(bytes, from: index)
                index = range.upperBound
                if open.last?.isObject == true, key == nil {
                    key = range
                } else {
                    strings.append(range)
                    end(range, key: key)
                    key = nil
                }
            case 9, 10, 13, 32, UInt8(ascii: ":"), UInt8(ascii: ","): index += 1
            default:
                let start = index
                while index < bytes.count, !Self.endsScalar(bytes[index]) { index += 1 }
                end(start..<index, key: key)
                key = nil
            }
        }
    }

    private mutating func end(_ value: Range<Int>, key: Range<Int>?) {
        values.append(value)
        if let key {
            members.append(Member(key: key, value: value))
        } else if !open.isEmpty {
            elements.append(value)
        }
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case 9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): true
        default: false
        }
    }

    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }
}
