/// A tax deduction account number: four letters, five digits, a letter (facts: income-tax-traces section 2).
public struct Tan: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) throws(IdentifierProblem) {
        let characters = IdentifierText.normalised(text)
        guard characters.count == 10 else { throw .length(expected: 10, found: characters.count) }
        guard IdentifierText.matches(characters, "@@@@#####@") else {
            throw .shape("four letters, five digits and a letter")
        }
        self.text = String(decoding: characters, as: UTF8.self)
    }

    public var description: String { text }
}
