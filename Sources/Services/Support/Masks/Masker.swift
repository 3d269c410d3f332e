import Domain

/// Masks what must not leave the house in any text: identifiers by their shape, names that the workspace knows, mail and
/// machine addresses, numbers that lead to somebody, and what is, or looks like, a secret. In doubt it masks.
struct Masker: Sendable {
    /// A text without what was masked, and how often each mask stands in it.
    struct Masked: Sendable, Hashable {
        var text: String
        var masks: [String: Int]
    }

    /// Whose words a text is made of. Where others speak, a word that is not of the `Vocabulary` is masked: it may be a name
    /// that the workspace does not know.
    enum Voice: Sendable, Hashable {
        case program, others
        /// Of a settings file, where others speak behind `#`.
        case settings
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

    /// Units after which it is asked whether to go on.
    private static let stride = 1 << 16

    /// - Parameter goesOn: asked now and then, with the bytes that are done; false ends it, and what comes back is of no use.
    mutating func mask(
        _ text: String, as voice: Voice = .program, goesOn: (_ done: Int) -> Bool = { _ in true }
    ) -> Masked {
        let units = MaskUnits(text)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var masks: [String: Int] = [:]
        var (index, kept, asked) = (0, 0, Self.stride)
        var isForeign = voice == .others
        while index < units.count {
            if index >= asked {
                asked = index + Self.stride
                guard goesOn(units.source(0..<index).count) else { break }
            }
            if voice == .settings { isForeign = units.isComment(index, isForeign) }
            guard let found = find(units, index, from: kept) ?? (isForeign ? foreign(units, index) : nil) else {
                index = units.uuid(index)?.upperBound ?? index + 1
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

    /// - Parameters:
    ///   - kept: where what was masked before ends: nothing is found before it again.
    ///   - isDecoded: whether the text was itself found in another one.
    private func find(_ units: MaskUnits, _ index: Int, from kept: Int, isDecoded: Bool = false) -> Find? {
        guard units.isWord(index) else { return besideWords(units, index, from: kept) }
        // A GSTIN first: a word in which one stands is no secret for being long.
        if let range = units.gstin(index) { return found(range, .gstin, units) }
        // Whole words.
        if units.uuid(index) != nil { return nil }
        if let token = units.token(index) {
            if let range = units.secret(index) { return found(range, .secret, units) }
            if !isDecoded, let range = encoded(units, token) { return found(range, .secret, units) }
        }
        if let range = units.mailAddress(index) { return found(range, .mail, units) }
        if let range = units.machineAddress(index) { return found(range, .address, units) }
        if let range = units.pan(index) { return found(range, .pan, units) }
        if let range = units.tan(index) { return found(range, .tan, units) }
        if !units.isWord(index - 1) || units.isEscaped(index - 1), let found = ofWord(units, index) { return found }
        guard let match = known.match(units, at: index) else { return nil }
        let kind = match.value?.kind ?? .name
        return Find(
            range: index..<match.end, kind: kind, value: match.value?.text ?? units.said(index..<match.end))
    }

    /// What is found by the sign between a name and its value.
    private func besideWords(_ units: MaskUnits, _ index: Int, from kept: Int) -> Find? {
        switch units.folded[index] {
        case 0x3D, 0x3A:
            units.assigned(index, after: kept).map { named($0, units) } ?? units.userInfo(index)
                ?? (units.at(index) == 0x3A ? units.machineAddress(index).map { found($0, .address, units) } : nil)
        case 0x3E, 0x20, 0x2C: units.enclosed(index, after: kept).map { named($0, units) }
        case 0x22, 0x27, 0x60: units.saidOfPassword(index).map { found($0, .secret, units) }
        case 0x2D: units.armour(index).map { found($0, .secret, units) }
        case 0x2F, 0x5C: units.homeFolder(index).map { named(found($0, .user, units), units) }
        case 0x2A, 0x2022, 0x25CF: units.hidden(index).map { found($0, .number, units) }
        default: nil
        }
    }

    /// What only begins where a word does.
    private func ofWord(_ units: MaskUnits, _ index: Int) -> Find? {
        // One that the workspace knows has the mask that it has elsewhere.
        if let (range, kind) = units.cut(index) {
            return known.match(units, at: index) == nil ? found(range, kind, units) : nil
        }
        if let (range, kind) = units.spread(index) ?? units.grouped(index) { return found(range, kind, units) }
        if let range = units.hidden(index) ?? units.number(index) ?? units.numbered(index) {
            return found(range, .number, units)
        }
        if let range = units.spoken(index) ?? units.saidOfPassword(index) { return found(range, .secret, units) }
        guard let range = units.titled(index) ?? units.firm(index) else { return nil }
        return known.match(units, at: index) == nil ? found(range, .name, units) : nil
    }

    /// Words of others that the program does not use.
    private func foreign(_ units: MaskUnits, _ index: Int) -> Find? {
        units.foreign(index) { known.match(units, at: $0) != nil }.map { found($0, .word, units) }
    }

    /// A word that says something else when it is decoded: long enough to be no accident, or with something to mask in it.
    private func encoded(_ units: MaskUnits, _ range: Range<Int>) -> Range<Int>? {
        guard let text = EncodedText(units, range).text else { return nil }
        if text.utf8.count >= EncodedText.certain { return range }
        let inner = MaskUnits(text)
        return (0..<inner.count).contains { find(inner, $0, from: 0, isDecoded: true) != nil } ? range : nil
    }

    /// What has a shape, or a name that is known, has the mask that it has elsewhere, whatever name stands before it.
    private func named(_ assigned: Find, _ units: MaskUnits) -> Find {
        let range = assigned.range
        guard assigned.kind != .secret, let inner = find(units, range.lowerBound, from: range.lowerBound),
            inner.range == range || assigned.kind == .number && inner.range.upperBound >= range.upperBound,
            inner.kind != .secret
        else { return assigned }
        return inner
    }

    private func found(_ range: Range<Int>, _ kind: MaskKind, _ units: MaskUnits) -> Find {
        Find(range: range, kind: kind, value: units.said(range))
    }
}
