import Domain

/// Masks what must not leave the house in any text: identifiers by their shape, names that the workspace knows, mail and
/// machine addresses, phone numbers, and what is, or looks like, a secret. In doubt it masks.
struct Masker: Sendable {
    /// A text without what was masked, and how often each mask stands in it.
    struct Masked: Sendable, Hashable {
        var text: String
        var masks: [String: Int]
    }

    private(set) var book: MaskBook
    private let known: KnownValues

    /// - Parameter key: 32 random bytes, new for each bundle.
    init(key: [UInt8], known: KnownValues) {
        book = MaskBook(key: key)
        self.known = known
    }

    /// A part of the text that is masked.
    struct Find {
        var range: Range<Int>
        var kind: MaskKind
        /// As it is written, decoded; the known value where it is one.
        var value: String
    }

    mutating func mask(_ text: String) -> Masked {
        let units = MaskUnits(text)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var masks: [String: Int] = [:]
        var index = 0
        var kept = 0
        while index < units.count {
            guard let found = find(units, index, from: kept) else {
                index += 1
                continue
            }
            // A rule may find its value behind what it is found by.
            let start = max(found.range.lowerBound, kept)
            bytes += units.source(kept..<start)
            let mask = book.mask(found.kind, found.value)
            bytes += mask.utf8
            masks[mask, default: 0] += 1
            (index, kept) = (found.range.upperBound, found.range.upperBound)
        }
        bytes += units.source(kept..<units.count)
        return Masked(text: String(decoding: bytes, as: UTF8.self), masks: masks)
    }

    /// - Parameter kept: where what was masked before ends: nothing is found before it again.
    private func find(_ units: MaskUnits, _ index: Int, from kept: Int) -> Find? {
        let value = units.folded[index]
        if value == 0x3D || value == 0x3A {
            return units.assigned(index, after: kept).map { named($0, units) } ?? units.userInfo(index)
                ?? (value == 0x3A ? units.machineAddress(index).map { found($0, .address, units) } : nil)
        }
        if [0x3E, 0x20, 0x2C].contains(value), let found = units.enclosed(index, after: kept) {
            return named(found, units)
        }
        if value == 0x2D, let range = units.armour(index) { return found(range, .secret, units) }
        guard units.isWord(index) else { return nil }
        // A GSTIN first: a word in which one stands is no secret for being long.
        if let range = units.gstin(index) { return found(range, .gstin, units) }
        if let range = units.secret(index) { return found(range, .secret, units) }
        if let range = units.mailAddress(index) { return found(range, .mail, units) }
        if let range = units.machineAddress(index) { return found(range, .address, units) }
        if let range = units.pan(index) { return found(range, .pan, units) }
        if let range = units.tan(index) { return found(range, .tan, units) }
        if let range = units.phone(index) { return found(range, .phone, units) }
        guard let match = known.match(units, at: index) else { return nil }
        let kind = match.value?.kind ?? .name
        return Find(
            range: index..<match.end, kind: kind, value: match.value?.text ?? units.said(index..<match.end))
    }

    /// A user name that is an identifier, an address or a known name has the mask that it has elsewhere.
    private func named(_ assigned: Find, _ units: MaskUnits) -> Find {
        guard assigned.kind != .secret,
            let inner = find(units, assigned.range.lowerBound, from: assigned.range.lowerBound),
            inner.range == assigned.range, inner.kind != .secret
        else { return assigned }
        return inner
    }

    private func found(_ range: Range<Int>, _ kind: MaskKind, _ units: MaskUnits) -> Find {
        Find(range: range, kind: kind, value: units.said(range))
    }
}
