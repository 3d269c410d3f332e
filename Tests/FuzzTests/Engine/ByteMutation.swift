/// What can happen to bytes whose meaning nobody knows.
enum ByteMutation: CaseIterable {
    case flip, set
    case insert, delete, splice, truncate, double

    /// Bytes on which readers of text turn: quotes, brackets, ends of text and of UTF-8.
    private static let sharp: [UInt8] = [
        0, 9, 10, 13, 32, 34, 38, 39, 44, 45, 46, 47, 58, 59, 60, 61, 62, 91, 92, 93, 123, 125, 127, 0x80, 0xC0, 0xE2,
        0xED, 0xF4, 0xFE, 0xFF,
    ]

    /// Changes that keep the length, so that what counts bytes goes on.
    static let gentle: [ByteMutation] = [.flip, .set]

    static func apply(
        to bytes: inout [UInt8], _ kinds: [ByteMutation] = allCases, others: [[UInt8]], _ random: inout FuzzRandom
    ) {
        guard let kind = random.pick(kinds) else { return }
        guard !bytes.isEmpty else { return bytes.append(random.byte()) }
        let place = random.below(bytes.count)
        switch kind {
        case .flip: bytes[place] ^= 1 << random.below(8)
        case .set: bytes[place] = random.pick(sharp) ?? 0
        case .insert:
            let isSharp = random.isWithin(percent: 50)
            let new = (0...random.below(8)).map { _ in isSharp ? random.pick(sharp) ?? 0 : random.byte() }
            bytes.insert(contentsOf: new, at: place)
        case .delete: bytes.removeSubrange(random.part(of: bytes.count, longest: 16))
        case .splice:
            let other = random.pick(others) ?? bytes
            bytes = Array(bytes[..<place]) + other[random.below(other.count)...]
        case .truncate: bytes.removeSubrange(place...)
        case .double:
            let part = bytes[random.part(of: bytes.count, longest: 64)]
            bytes.insert(contentsOf: part, at: part.endIndex)
        }
    }
}
