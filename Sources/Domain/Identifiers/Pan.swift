/// A permanent account number: five letters, four digits, a letter. The fourth letter names the kind of holder.
///
/// The algorithm of the last letter is not public, so only the shape and the holder letter are checked
/// (facts: income-tax-traces section 2).
public struct Pan: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) throws(IdentifierProblem) {
        let characters = IdentifierText.normalised(text)
        guard characters.count == 10 else { throw .length(expected: 10, found: characters.count) }
        guard IdentifierText.matches(characters, "@@@@@####@") else {
            throw .shape("five letters, four digits and a letter")
        }
        self.text = String(decoding: characters, as: UTF8.self)
    }

    /// What the fourth letter says, or nil when it is none of the published letters (a warning, not an error).
    public var holder: String? {
        switch text.dropFirst(3).first {
        case "P": "individual"
        case "C": "company"
        case "H": "Hindu undivided family"
        case "F": "firm"
        case "A": "association of persons"
        case "T": "trust"
        case "B": "body of individuals"
        case "L": "local authority"
        case "J": "artificial juridical person"
        case "G": "government"
        default: nil
        }
    }

    public var description: String { text }
}
