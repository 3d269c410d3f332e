@testable import TerminalKit

/// Reads sixels back into pixels, as a terminal does and as nothing in the sources does.
struct SixelReading {
    private(set) var width = 0
    private(set) var height = 0
    private(set) var colours: [Int: Rgb] = [:]
    /// By row and column; nil where nothing was painted.
    private(set) var pixels: [[Rgb?]] = []
    /// Something that no sixel terminal would take, or a pixel outside of the size that was told.
    private(set) var mistakes: [String] = []
    private var (x, y, colour) = (0, 0, 0)

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("\u{1B}P"), text.hasSuffix("\u{1B}\\"), let start = text.firstIndex(of: "q") else {
            mistakes.append("no sixel sequence")
            return
        }
        var rest = Array(text[text.index(after: start)...].dropLast(2).unicodeScalars.map { UInt8($0.value & 0xFF) })
        while !rest.isEmpty { read(&rest) }
    }

    private mutating func read(_ rest: inout [UInt8]) {
        let sign = rest.removeFirst()
        switch sign {
        case UInt8(ascii: "\""):
            let numbers = Self.numbers(&rest)
            guard numbers.count == 4 else { return mistakes.append("size \(numbers)") }
            (width, height) = (numbers[2], numbers[3])
            pixels = Array(repeating: Array(repeating: nil, count: width), count: height)
        case UInt8(ascii: "#"):
            let numbers = Self.numbers(&rest)
            colour = numbers.first ?? -1
            guard numbers.count > 1 else { return }
            let channels = numbers.dropFirst(2).map { UInt8(clamping: ($0 * 255 + 50) / 100) }
            guard numbers.count == 5, numbers[1] == 2, channels.count == 3 else {
                return mistakes.append("colour \(numbers)")
            }
            colours[colour] = Rgb(channels[0], channels[1], channels[2])
        case UInt8(ascii: "!"):
            let count = Self.numbers(&rest).first ?? 0
            paint(rest.removeFirst(), count)
        case UInt8(ascii: "$"): x = 0
        case UInt8(ascii: "-"): (x, y) = (0, y + 6)
        default: paint(sign, 1)
        }
    }

    private mutating func paint(_ sign: UInt8, _ count: Int) {
        guard (0x3F...0x7E).contains(sign) else { return mistakes.append("sign \(sign)") }
        for _ in 0..<count {
            for bit in 0..<6 where (sign - 0x3F) >> UInt8(bit) & 1 == 1 {
                if x < width, y + bit < height {
                    pixels[y + bit][x] = colours[colour]
                } else {
                    mistakes.append("pixel \(x), \(y + bit)")
                }
            }
            x += 1
        }
    }

    private static func numbers(_ rest: inout [UInt8]) -> [Int] {
        let digits = rest.prefix { (0x30...0x39).contains($0) || $0 == 0x3B }
        rest.removeFirst(digits.count)
        return String(decoding: digits, as: UTF8.self).split(separator: ";").compactMap { Int($0) }
    }
}
