/// An amount in paise. Never a float; written with two decimals between programs and grouped the Indian way for people.
public struct Rupees: Hashable, Sendable, Comparable {
    public let paise: Int64

    public init(paise: Int64) { self.paise = paise }

    /// Reads a decimal string such as `412300.00` or `-12.5`; nil for more than two decimals or anything else.
    public init?(_ text: some StringProtocol) {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts[0].allSatisfy(\.isAsciiDigit),
            let whole = Int64(parts[0])
        else { return nil }
        var fraction: Int64 = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), parts[1].allSatisfy(\.isAsciiDigit), let value = Int64(parts[1])
            else { return nil }
            fraction = parts[1].count == 1 ? value * 10 : value
        }
        let (hundredfold, overflowed) = whole.multipliedReportingOverflow(by: 100)
        guard !overflowed, hundredfold <= Int64.max - fraction else { return nil }
        paise = isNegative ? -(hundredfold + fraction) : hundredfold + fraction
    }

    /// nil when the sum is more than can be counted in paise.
    public static func sum(_ amounts: some Sequence<Rupees>) -> Rupees? {
        var total: Int64 = 0
        for amount in amounts {
            let (next, overflowed) = total.addingReportingOverflow(amount.paise)
            if overflowed { return nil }
            total = next
        }
        return Rupees(paise: total)
    }

    public static func < (left: Self, right: Self) -> Bool { left.paise < right.paise }

    /// `412300.00`.
    public var decimalText: String {
        let magnitude = paise.magnitude
        return "\(paise < 0 ? "-" : "")\(magnitude / 100).\(Digits.padded(Int(magnitude % 100), 2))"
    }

    /// `4,12,300.00`.
    public var grouped: String {
        let magnitude = paise.magnitude
        let whole = Counted.grouped(String(magnitude / 100))
        return "\(paise < 0 ? "-" : "")\(whole).\(Digits.padded(Int(magnitude % 100), 2))"
    }
}

extension Character {
    var isAsciiDigit: Bool { ("0"..."9").contains(self) }
}
