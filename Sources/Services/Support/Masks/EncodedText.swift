import Foundation

/// A word that is another text in base64 or hexadecimal digits. Short ones look like any word, so they are read.
struct EncodedText {
    /// What it says; nil for a word that says nothing when it is read so.
    let text: String?

    /// Letters that a short name takes at the least.
    private static let least = 8
    /// Bytes of a text that says something by its length alone: no other word of that length is one by chance.
    static let certain = 12

    init(_ units: MaskUnits, _ range: Range<Int>) {
        text = range.count < Self.least ? nil : (Self.hexadecimal(units, range) ?? Self.base64(units, range))
    }

    private static func hexadecimal(_ units: MaskUnits, _ range: Range<Int>) -> String? {
        let start = units.at(range.lowerBound + 1) == 0x78 ? range.lowerBound + 2 : range.lowerBound
        guard (range.upperBound - start) % 2 == 0 else { return nil }
        var text = Reading()
        var index = start
        while index < range.upperBound {
            guard let high = digit(units.at(index)), let low = digit(units.at(index + 1)), text.take(high << 4 | low)
            else {
                return nil
            }
            index += 2
        }
        return text.said
    }

    private static func digit(_ value: UInt32) -> UInt8? {
        switch value {
        case 48...57: UInt8(value - 48)
        case 97...102: UInt8(value - 87)
        default: nil
        }
    }

    private static func base64(_ units: MaskUnits, _ range: Range<Int>) -> String? {
        var text = Reading()
        var (rest, bits): (UInt32, UInt32) = (0, 0)
        for index in range {
            guard units.at(index) != 0x3D else { break }
            guard let value = sextet(units.scalars[index]) else { return nil }
            rest = (rest << 6 | value) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                guard text.take(UInt8(truncatingIfNeeded: rest >> bits)) else { return nil }
            }
        }
        return text.said
    }

    private static func sextet(_ value: UInt32) -> UInt32? {
        switch value {
        case 65...90: value - 65
        case 97...122: value - 71
        case 48...57: value + 4
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }

    /// Bytes as long as they are a text; those of UTF-16 too.
    private struct Reading {
        var bytes: [UInt8] = []

        mutating func take(_ byte: UInt8) -> Bool {
            guard (0x20..<0x7F).contains(byte) || [0, 9, 10, 13].contains(byte) else { return false }
            bytes.append(byte)
            return true
        }

        var said: String? { bytes.count > 4 ? String(decoding: bytes, as: UTF8.self) : nil }
    }
}
