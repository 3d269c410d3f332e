/// The random numbers of one mutation: the same for the same parser, seed and number, so that each can be made again
/// without those before it (SplitMix64).
struct FuzzRandom: RandomNumberGenerator {
    private var state: UInt64

    init(parser: String, seed: UInt64, number: Int) {
        state = 0xCBF2_9CE4_8422_2325
        for byte in parser.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state ^= seed &* 0xD6E8_FEB8_6659_FD93
        state = next() ^ UInt64(truncatingIfNeeded: number) &* 0xA076_1D64_78BD_642F
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 to `bound` - 1; 0 where there is nothing to choose from.
    mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

    mutating func isWithin(percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Item>(_ items: [Item]) -> Item? { items.isEmpty ? nil : items[below(items.count)] }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

    /// A part of `count` bytes, at most `longest` long.
    mutating func part(of count: Int, longest: Int) -> Range<Int> {
        let start = below(count)
        return start..<min(count, start + 1 + below(longest))
    }
}
