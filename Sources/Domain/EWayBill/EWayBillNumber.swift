/// The twelve digits of an e-way bill.
public struct EWayBillNumber: Sendable, Hashable, CustomStringConvertible {
    /// The two systems: cancelling, transporter and consolidation belong to the one that made the bill
    /// (facts: nic-einvoice-ewb 8).
    public enum Site: Int, Sendable, Hashable { case first = 1, second = 2 }

    public let number: Int

    static let range = 100_000_000_000...999_999_999_999

    public init?(_ number: Int) {
        guard Self.range.contains(number) else { return nil }
        self.number = number
    }

    public init?(_ text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else { return nil }
        self.init(number)
    }

    /// By the third digit: 1 to 7 or 8 and 9; nil for 0.
    public var site: Site? {
        switch number / 1_000_000_000 % 10 {
        case 1...7: .first
        case 8...9: .second
        default: nil
        }
    }

    public var description: String { String(number) }
}
