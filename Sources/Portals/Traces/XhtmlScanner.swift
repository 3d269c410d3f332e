/// Cuts a page into tags and text in one pass. Nothing of it nests, so no page can make it recurse.
struct XhtmlScanner {
    enum Token: Sendable, Hashable {
        /// Lower-case name, and the `id` where the tag has one.
        case open(name: String, id: String)
        case close(name: String)
        /// As it stands, entities not yet decoded.
        case text(ArraySlice<UInt8>)
    }

    /// A tag, comment or script that never ends: the page was cut.
    struct Cut: Error, Sendable, Hashable {}

    private static let longestName = 100
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// nil at the end of the page.
    mutating func next() throws(Cut) -> Token? {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else { return .text(take(upTo: nextTag(from: index))) }
            if starts(with: "<!--") {
                try skip(past: "-->", from: index + 4)
            } else if starts(with: "<![CDATA[") {
                let start = index + 9
                try skip(past: "]]>", from: start)
                return .text(bytes[start..<(index - 3)])
            } else if starts(with: "<!") || starts(with: "<?") {
                try skip(past: ">", from: index)
            } else if index + 1 < bytes.count, isNameStart(bytes[index + 1]) || bytes[index + 1] == UInt8(ascii: "/") {
                return try tag()
            } else {
                // A lone `<`, as careless pages have it: text up to the next tag.
                return .text(take(upTo: nextTag(from: index + 1)))
            }
        }
        return nil
    }

    private mutating func tag() throws(Cut) -> Token {
        let isClosing = bytes[index + 1] == UInt8(ascii: "/")
        index += isClosing ? 2 : 1
        let name = self.name()
        let id = try attributes()
        if isClosing { return .close(name: name) }
        // What stands in scripts looks like markup and is none.
        if name == "script" || name == "style" {
            try skip(past: "</\(name)", from: index)
            index -= name.utf8.count + 2
        }
        return .open(name: name, id: id)
    }

    private mutating func name() -> String {
        let start = index
        while index < bytes.count, isNameStart(bytes[index]) || (48...58).contains(bytes[index]) { index += 1 }
        let text = bytes[start..<index].prefix(Self.longestName).map { (65...90).contains($0) ? $0 | 32 : $0 }
        return String(decoding: text, as: UTF8.self)
    }

    /// Moves past the `>` of the tag and returns its `id`.
    private mutating func attributes() throws(Cut) -> String {
        var id = ""
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ">"):
                index += 1
                return id
            case let byte where isNameStart(byte):
                let name = self.name()
                let value = try attributeValue()
                if name == "id", id.isEmpty { id = value }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try quoted()
            default: index += 1
            }
        }
        throw Cut()
    }

    private mutating func attributeValue() throws(Cut) -> String {
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return "" }
        index += 1
        skipBlanks()
        guard index < bytes.count else { throw Cut() }
        if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") { return try quoted() }
        let start = index
        while index < bytes.count, bytes[index] > 32, bytes[index] != UInt8(ascii: ">") { index += 1 }
        return Self.short(bytes[start..<index])
    }

    private mutating func quoted() throws(Cut) -> String {
        let quote = bytes[index]
        guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { throw Cut() }
        let text = Self.short(bytes[(index + 1)..<end])
        index = end + 1
        return text
    }

    private static func short(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(longestName), as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while index < bytes.count, bytes[index] <= 32 { index += 1 }
    }

    private func nextTag(from start: Int) -> Int { bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count }

    private mutating func take(upTo end: Int) -> ArraySlice<UInt8> {
        defer { index = end }
        return bytes[index..<end]
    }

    private func isNameStart(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) || byte == UInt8(ascii: "_") }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        return text.withUTF8Buffer { bytes[index..<(index + count)].elementsEqual($0) }
    }

    /// Moves behind the next `mark`, letters compared without case.
    private mutating func skip(past mark: String, from start: Int) throws(Cut) {
        let mark = Array(mark.utf8)
        var position = start
        while position + mark.count <= bytes.count {
            let isHere = mark.indices.allSatisfy { offset in
                let byte = bytes[position + offset]
                return ((65...90).contains(byte) ? byte | 32 : byte) == mark[offset]
            }
            if isHere {
                index = position + mark.count
                return
            }
            position += 1
        }
        throw Cut()
    }
}
