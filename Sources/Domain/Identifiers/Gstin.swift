/// A GSTIN: 2-digit state code, PAN, entity number, a letter (normally Z) and a check character.
///
/// Source: GSTN save schema pattern and check rule (facts: gstn-taxpayer 9.1). Only what people type is checked;
/// what a server sends may fail the rule and is kept as it came.
public struct Gstin: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: `IdentifierProblem` naming the first rule that `text` breaks. Case and outer blanks are forgiven.
    public init(_ text: String) throws(IdentifierProblem) {
        let characters = IdentifierText.normalised(text)
        guard characters.count == 15 else { throw .length(expected: 15, found: characters.count) }
        guard IdentifierText.matches(characters, "##@@@@@####@%&*") else {
            throw .shape("two digits, a PAN, an entity number, a letter and a check character")
        }
        let state = String(decoding: characters[0..<2], as: UTF8.self)
        guard StateCode.names[state] != nil else { throw .unknownState(state) }
        let check = CheckCharacter.of(characters[0..<14])
        guard characters[14] == check else {
            throw .checkCharacter(
                expected: Character(UnicodeScalar(check)), found: Character(UnicodeScalar(characters[14])))
        }
        self.text = String(decoding: characters, as: UTF8.self)
    }

    /// Characters 3 to 12: the PAN of the holder.
    public var panText: String { String(text.dropFirst(2).prefix(10)) }
    /// The two digits that name the state.
    public var stateCode: String { String(text.prefix(2)) }
    public var description: String { text }
}

/// The mod-36 rule that GSTINs and ARNs share.
public enum CheckCharacter {
    /// Check character over `body`: weights 1, 2, 1, 2, …; quotient and remainder by 36 of each product are added.
    public static func of(_ body: some Collection<UInt8>) -> UInt8 {
        var total = 0
        for (index, character) in body.enumerated() {
            let product = value(of: character) * (index % 2 == 0 ? 1 : 2)
            total += product / 36 + product % 36
        }
        return symbol(of: (36 - total % 36) % 36)
    }

    private static func value(of character: UInt8) -> Int {
        character <= UInt8(ascii: "9") ? Int(character) - 48 : Int(character) - 55
    }

    private static func symbol(of value: Int) -> UInt8 {
        UInt8(value < 10 ? 48 + value : 55 + value)
    }
}
