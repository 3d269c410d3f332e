/// Unpacks a deflated stream (RFC 1951) to learn its length and checksum; what it unpacks to is kept nowhere but for the
/// 32 KiB that the stream may point back to.
///
/// It is there to tell a right password from a wrong one, so whatever is no such stream is a plain "no".
struct Inflater {
    /// Length and CRC-32 of what a stream unpacks to.
    struct Sum: Equatable {
        var byteCount = 0
        var crc = Crc32()
    }

    private static let window = 1 << 15

    private let bytes: ArraySlice<UInt8>
    private let limit: Int
    private var place: Int
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var history = [UInt8](repeating: 0, count: window)
    private var sum = Sum()

    private struct Bad: Error {}

    /// - Parameter limit: bytes that it may unpack to; more is no.
    /// - Returns: nil for what is no whole stream.
    static func sum(of bytes: ArraySlice<UInt8>, limit: Int) -> Sum? {
        var inflater = Inflater(bytes: bytes, limit: limit, place: bytes.startIndex)
        return try? inflater.run()
    }

    private init(bytes: ArraySlice<UInt8>, limit: Int, place: Int) {
        self.bytes = bytes
        self.limit = limit
        self.place = place
    }

    private mutating func run() throws -> Sum {
        while true {
            let isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored()
            case 1: try unpack(Self.fixed.literals, Self.fixed.distances)
            case 2:
                let codes = try codes()
                try unpack(codes.literals, codes.distances)
            default: throw Bad()
            }
            if isLast { return sum }
        }
    }

    private mutating func take(_ count: Int) throws -> Int {
        while bitCount < count {
            guard place < bytes.endIndex else { throw Bad() }
            bits |= UInt32(bytes[place]) << UInt32(bitCount)
            place += 1
            bitCount += 8
        }
        defer {
            bits >>= UInt32(count)
            bitCount -= count
        }
        return Int(bits & ((1 << UInt32(count)) - 1))
    }

    private mutating func put(_ byte: UInt8) throws {
        guard sum.byteCount < limit else { throw Bad() }
        history[sum.byteCount & (Self.window - 1)] = byte
        sum.crc.add(byte)
        sum.byteCount += 1
    }

    private mutating func copyStored() throws {
        (bits, bitCount) = (0, 0)
        guard bytes.endIndex - place >= 4 else { throw Bad() }
        let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8
        let check = Int(bytes[place + 2]) | Int(bytes[place + 3]) << 8
        place += 4
        guard length ^ 0xFFFF == check, bytes.endIndex - place >= length else { throw Bad() }
        for index in place..<(place + length) { try put(bytes[index]) }
        place += length
    }

    private mutating func unpack(_ literals: Code, _ distances: Code) throws {
        while true {
            let symbol = try symbol(literals)
            if symbol < 256 {
                try put(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengths.count else { throw Bad() }
            let (base, extra) = Self.lengths[symbol - 257]
            let length = base + (try take(extra))
            let far = try self.symbol(distances)
            guard far < Self.distances.count else { throw Bad() }
            let distance = Self.distances[far].base + (try take(Self.distances[far].extra))
            guard distance <= sum.byteCount, distance <= Self.window else { throw Bad() }
            for _ in 0..<length { try put(history[(sum.byteCount - distance) & (Self.window - 1)]) }
        }
    }

    // MARK: Codes

    /// A canonical Huffman code: how many symbols each length has, and the symbols in order.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []
        /// Whether there are no more codes of a length than there can be.
        var isSound = true

        init(_ lengths: some Collection<Int>) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            var left = 1
            for length in 1...15 {
                left = left * 2 - counts[length]
                if left < 0 { isSound = false }
            }
            for length in 1...15 {
                for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
            }
        }
    }

    private mutating func symbol(_ code: Code) throws -> Int {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            value |= try take(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw Bad()
    }

    private mutating func codes() throws -> (literals: Code, distances: Code) {
        let counts = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        guard counts.0 <= 286, counts.1 <= 30 else { throw Bad() }
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<counts.2 { lengths[Self.order[index]] = try take(3) }
        let code = Code(lengths)
        guard code.isSound else { throw Bad() }
        var all: [Int] = []
        while all.count < counts.0 + counts.1 {
            let symbol = try symbol(code)
            switch symbol {
            case 0...15: all.append(symbol)
            case 16:
                guard let last = all.last else { throw Bad() }
                all += Array(repeating: last, count: 3 + (try take(2)))
            case 17: all += Array(repeating: 0, count: 3 + (try take(3)))
            default: all += Array(repeating: 0, count: 11 + (try take(7)))
            }
        }
        let (literals, distances) = (Code(all.prefix(counts.0)), Code(all.dropFirst(counts.0)))
        guard all.count == counts.0 + counts.1, all[256] > 0, literals.isSound, distances.isSound else { throw Bad() }
        return (literals, distances)
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private static let fixed: (literals: Code, distances: Code) = {
        let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        return (Code(lengths), Code(Array(repeating: 5, count: 30)))
    }()

    private static let lengths: [(base: Int, extra: Int)] = {
        let bases: [Int] = [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
            227, 258,
        ]
        let extras: [Int] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
        return zip(bases, extras).map { ($0, $1) }
    }()

    private static let distances: [(base: Int, extra: Int)] = {
        let bases: [Int] = [
            1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537, 2_049, 3_073,
            4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
        ]
        return bases.enumerated().map { ($1, max(0, $0 / 2 - 1)) }
    }()
}

/// The checksum of ZIP and gzip.
struct Crc32: Equatable {
    private var state: UInt32 = 0xFFFF_FFFF
    var value: UInt32 { state ^ 0xFFFF_FFFF }

    mutating func add(_ byte: UInt8) { state = Self.step(state, byte) }

    static func step(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        table[Int((state ^ UInt32(byte)) & 0xFF)] ^ (state >> 8)
    }

    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
