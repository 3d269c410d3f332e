import Domain

/// Makes identifiers of the right shape, each only once.
struct DemoIdentifiers {
    private var used: Set<String> = []

    mutating func claim(_ text: String) -> Bool { used.insert(text).inserted }

    /// Five letters, four digits, a letter; the fourth names the holder, the fifth the name's initial.
    mutating func pan(holder: Character, initial: Character, using random: inout SeededRandom) -> String {
        var pan = ""
        repeat {
            let series = String([random.letter(), random.letter(), random.letter()])
            pan = "\(series)\(holder)\(initial)\(random.digits(4))\(random.letter())"
        } while !claim(pan)
        return pan
    }

    /// Four letters, five digits, a letter.
    mutating func tan(initial: Character, using random: inout SeededRandom) -> String {
        var tan = ""
        repeat {
            tan = "\(random.pick(DemoNames.tanAreas, or: "MUM"))\(initial)\(random.digits(5))\(random.letter())"
        } while !claim(tan)
        return tan
    }

    static func gstin(state: String, pan: String, entity: Int) -> String {
        withCheck("\(state)\(pan)\(entity)Z")
    }

    /// Z, a letter, state, MMYY and six digits with the check character that GSTINs use.
    static func gstReference(state: String, letter: Character, month: Int, year: Int, number: Int) -> String {
        let date = Digits.padded(month, 2) + Digits.padded(year % 100, 2)
        return withCheck("Z\(letter)\(state)\(date)\(Digits.padded(number % 1_000_000, 6))")
    }

    private static func withCheck(_ body: String) -> String {
        body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8))))
    }
}
