/// A GST return period, MMYYYY on the wire. Quarterly returns name the last month of the quarter.
public struct ReturnPeriod: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let month: Int
    public let year: Int

    /// - Throws: `.shape` unless six digits, `.range` unless the month is 1-12 and the year 2017 (GST's first) or later.
    public init(_ text: String) throws(IdentifierProblem) {
        let digits = IdentifierText.normalised(text)
        guard digits.count == 6 else { throw .length(expected: 6, found: digits.count) }
        guard IdentifierText.matches(digits, "######") else { throw .shape("a period MMYYYY") }
        let numbers = digits.map { Int($0) - 48 }
        let month = numbers[0] * 10 + numbers[1]
        let year = numbers[2...].reduce(0) { $0 * 10 + $1 }
        guard (1...12).contains(month) else { throw .range("has month \(month), which is not 1 to 12") }
        guard (2017...2099).contains(year) else { throw .range("has year \(year), before GST began in 2017") }
        self.month = month
        self.year = year
    }

    public static func < (left: Self, right: Self) -> Bool { (left.year, left.month) < (right.year, right.month) }
    public var description: String { (month < 10 ? "0" : "") + "\(month)\(year)" }
}

/// A span of tax time as income-tax portals speak of it: assessment year, financial year or (Act of 2025) tax year.
public struct YearPeriod: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        case assessmentYear = "AY", financialYear = "FY", taxYear = "TY"
    }

    public let kind: Kind
    /// The year in which the period starts on 1 April.
    public let startYear: Int

    public init(_ kind: Kind, startYear: Int) {
        self.kind = kind
        self.startYear = startYear
    }

    /// Reads `2024-25`, requiring that the second part follows the first.
    public init(_ kind: Kind, _ text: String) throws(IdentifierProblem) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let start = Int(parts[0]),
            let end = Int(parts[1])
        else { throw .shape("a year such as 2024-25") }
        guard (start + 1) % 100 == end else {
            throw .range("has second year \(parts[1]), which does not follow \(start)")
        }
        self.init(kind, startYear: start)
    }

    public var description: String {
        let end = (startYear + 1) % 100
        return "\(kind.rawValue) \(startYear)-\(end < 10 ? "0" : "")\(end)"
    }
}
