/// Whether a word of the alphabet of base64 looks drawn by chance rather than written by a person.
struct TokenLook {
    let isSecret: Bool

    private struct Piece {
        var length = 0
        var (lower, upper, digits, beyondHex, beyondBase32) = (0, 0, 0, 0, 0)

        mutating func add(_ value: UInt32, isUpper: Bool) {
            length += 1
            if (48...57).contains(value) {
                digits += 1
                if value < 50 || value > 55 { beyondBase32 += 1 }
            } else if isUpper {
                upper += 1
            } else {
                lower += 1
                beyondBase32 += 1
            }
            if value > 102 { beyondHex += 1 }
        }

        var isMixed: Bool { lower > 0 && upper > 0 && digits > 0 }
        /// A word or an abbreviation, as people write them.
        var isWord: Bool { length >= 4 && digits == 0 && (lower == 0 || upper <= 1) }

        var isSecret: Bool {
            if length >= 16, isMixed { return true }
            if length >= 20, digits > 0, lower + upper > 0, beyondHex == 0 { return true }
            if length >= 20, digits > 1, lower + upper > 1 { return true }
            if length >= 16, beyondBase32 == 0, digits > 1, upper > 1 { return true }
            return length >= 40 || length >= 20 && digits == length
        }
    }

    init(_ units: MaskUnits, _ range: Range<Int>) {
        guard range.count >= 16 else {
            isSecret = false
            return
        }
        var (pieces, hasIdentifier) = ([Piece()], false)
        var index = range.lowerBound
        while index < range.upperBound {
            if units.isAscii(index) {
                let own = units.gstin(index) ?? (units.isAscii(index - 1) ? nil : units.pan(index) ?? units.tan(index))
                // The rest is looked at without it.
                if let own, own.upperBound <= range.upperBound, own.count == 15 || !units.isAscii(own.upperBound) {
                    hasIdentifier = true
                    index = own.upperBound
                    continue
                }
                pieces[pieces.count - 1].add(units.folded[index], isUpper: units.isUpper(index))
            } else if units.at(index) != 0x3D {
                pieces.append(Piece())
            }
            index += 1
        }
        if pieces.contains(where: \.isSecret) {
            isSecret = true
            return
        }
        let whole = pieces.reduce(into: Piece()) { all, one in
            all.length += one.length
            all.lower += one.lower
            all.upper += one.upper
            all.digits += one.digits
        }
        // Words with marks between them are names of files and headers.
        let words = pieces.reduce(0) { $0 + ($1.isWord ? $1.length : 0) }
        isSecret =
            !hasIdentifier && whole.length >= 16 && whole.isMixed && whole.digits > 1
            && pieces.count <= whole.length / 6
            && words * 2 < whole.length
    }
}
