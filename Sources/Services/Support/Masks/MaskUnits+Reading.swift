// Decoding.
extension MaskUnits {
    /// Depth of quotes written as entities, and as URL escapes.
    private static let entity: UInt8 = 200
    private static let percent: UInt8 = 201

    mutating func readAll() {
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "%"): place = readPercent(place)
            case UInt8(ascii: "\\"): place = readBackslashes(place)
            case UInt8(ascii: "&"): place = readEntity(place)
            default: place = readPlain(place)
            }
        }
    }

    private mutating func readPlain(_ place: Int) -> Int {
        let first = bytes[place]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        let end = min(place + length, bytes.count)
        append(first < 0x80 ? UInt32(first) : Self.scalar(bytes[place..<end]), at: place)
        return end
    }

    private static func scalar(_ bytes: some Collection<UInt8>) -> UInt32 {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
    }

    /// `%41`, also where the percent sign is escaped itself, once or more.
    private func percentByte(_ place: Int) -> (byte: UInt8, end: Int)? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "%") else { return nil }
        var at = place + 1
        while hex(at, 2) == 0x25, hex(at + 2, 2) != nil { at += 2 }
        return hex(at, 2).map { (UInt8(truncatingIfNeeded: $0), at + 2) }
    }

    private mutating func readPercent(_ place: Int) -> Int {
        // As JavaScript's `escape` writes it.
        if place + 1 < bytes.count, bytes[place + 1] | 32 == UInt8(ascii: "u"), let value = hex(place + 2, 4) {
            append(value, at: place, escape: Self.isQuote(value) ? Self.percent : 0)
            return place + 6
        }
        guard let (first, end) = percentByte(place) else { return readPlain(place) }
        guard first >= 0xC2, first < 0xF5 else {
            append(UInt32(first), at: place, escape: Self.isQuote(UInt32(first)) ? Self.percent : 0)
            return end
        }
        var parts = [first]
        var next = end
        while parts.count < (first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4), let (byte, end) = percentByte(next),
            byte & 0xC0 == 0x80
        {
            parts.append(byte)
            next = end
        }
        append(Self.scalar(parts), at: place)
        return next
    }

    private mutating func readBackslashes(_ place: Int) -> Int {
        var at = place
        while at < bytes.count, bytes[at] == UInt8(ascii: "\\") { at += 1 }
        let depth = UInt8(min(at - place, 100))
        guard at < bytes.count else { return plain(place, to: at) }
        let next = bytes[at]
        if Self.isQuote(UInt32(next)) {
            append(UInt32(next), at: place, escape: depth)
            return at + 1
        }
        if let (value, end) = unicode(at) {
            append(value, at: place)
            return end
        }
        if "ntrbfv0ae".utf8.contains(next) {
            append(UInt32(next), at: place, escape: 1)
            return at + 1
        }
        return plain(place, to: at)
    }

    private mutating func plain(_ place: Int, to end: Int) -> Int {
        append(UInt32(UInt8(ascii: "\\")), at: place)
        return end
    }

    /// What stands behind backslashes: `u0041`, a pair of such for what UTF-16 needs two for, `u{41}` or `x41`.
    private func unicode(_ at: Int) -> (UInt32, Int)? {
        if bytes[at] == UInt8(ascii: "x") { return hex(at + 1, 2).map { ($0, at + 3) } }
        guard bytes[at] == UInt8(ascii: "u") else { return nil }
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{") {
            guard let end = bytes[(at + 2)...].prefix(8).firstIndex(of: UInt8(ascii: "}")) else { return nil }
            return hex(at + 2, end - at - 2).map { ($0, end + 1) }
        }
        guard let value = hex(at + 1, 4) else { return nil }
        guard (0xD800...0xDBFF).contains(value) else { return (value, at + 5) }
        var low = at + 5
        while low < bytes.count, bytes[low] == UInt8(ascii: "\\") { low += 1 }
        guard low < bytes.count, bytes[low] == UInt8(ascii: "u"), let second = hex(low + 1, 4),
            (0xDC00...0xDFFF).contains(second)
        else { return (0xFFFD, at + 5) }
        return (0x10000 + (value - 0xD800) << 10 + (second - 0xDC00), low + 5)
    }

    private static let named: [String: UInt32] = ["amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39, "nbsp": 32]

    private mutating func readEntity(_ place: Int) -> Int {
        guard let end = bytes[(place + 1)...].prefix(14).firstIndex(of: UInt8(ascii: ";")) else {
            return readPlain(place)
        }
        let name = bytes[(place + 1)..<end]
        var value = Self.named[String(decoding: name, as: UTF8.self).lowercased()]
        if name.first == UInt8(ascii: "#") {
            let digits = name.dropFirst()
            if let mark = digits.first, mark | 32 == UInt8(ascii: "x") {
                value = hex(digits.startIndex + 1, digits.count - 1)
            } else {
                value = UInt32(String(decoding: digits, as: UTF8.self))
            }
        }
        guard let value, value < 0x11_0000 else { return readPlain(place) }
        append(value, at: place, escape: Self.isQuote(value) ? Self.entity : 0)
        return end + 1
    }

    private func hex(_ place: Int, _ count: Int) -> UInt32? {
        guard count > 0, count <= 6, place + count <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[place..<(place + count)] {
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return value
    }
}
