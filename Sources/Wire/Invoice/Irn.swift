import Domain

/// An invoice reference number: 64 hexadecimal digits, lower case.
public struct Irn: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// nil unless it is 64 hexadecimal digits, in any case.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        self.text = text.lowercased()
    }

    /// What the portals will give (facts: nic-einvoice-ewb 4.8), so that a lost answer can be looked for.
    public init(of source: IrnSource) { text = ContentHash.sha256(Array(source.text.utf8)) }

    public var description: String { text }
}
