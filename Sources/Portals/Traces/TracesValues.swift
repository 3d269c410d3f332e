import Domain
import Wire

/// Dates, years, quarters and amounts as TRACES writes them; nil for what is none.
enum TracesValues {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// `25-Oct-2025`.
    static func date(_ text: String) -> LegalDate? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].count), parts[2].count == 4, let day = Int(parts[0]),
            let month = months.firstIndex(of: parts[1].lowercased()), let year = Int(parts[2])
        else { return nil }
        return LegalDate(year: year, month: month + 1, day: day)
    }

    /// `25-Oct-2025`.
    static func text(_ date: LegalDate) -> String {
        let name = months[date.month - 1]
        return "\(Digits.padded(date.day, 2))-\(name.prefix(1).uppercased())\(name.dropFirst())-\(date.year)"
    }

    /// The year in which `2024-25` begins.
    static func year(_ text: String) -> Int? {
        (try? YearPeriod(.financialYear, text)).map(\.startYear).flatMap { (1990...2100).contains($0) ? $0 : nil }
    }

    /// `Q3`, or `3`.
    static func quarter(_ text: String) -> Int? {
        let digits = text.hasPrefix("Q") || text.hasPrefix("q") ? text.dropFirst() : Substring(text)
        return Int(digits).flatMap { (1...4).contains($0) ? $0 : nil }
    }

    /// `1,23,450.00`, with or without grouping; blank and `-` are no amount.
    static func amount(_ text: String) -> Rupees? {
        let digits = text.filter { $0 != "," }
        // A comma at an edge or beside another one is no grouping: something is missing there.
        guard !text.hasPrefix(","), !text.hasSuffix(","), !text.contains(",,"), !text.contains(",.") else { return nil }
        return Rupees(digits)
    }

    /// nil when the sum is beyond what an amount can be.
    static func sum(_ amounts: [Rupees]) -> Rupees? {
        var total: Int64 = 0
        for amount in amounts {
            let (next, overflowed) = total.addingReportingOverflow(amount.paise)
            if overflowed { return nil }
            total = next
        }
        return Rupees(paise: total)
    }

    /// `FY 2024-25 Q3`; forms of the Act of 2025 count in tax years.
    static func period(year: Int, quarter: Int?, form: String) -> String {
        let kind: YearPeriod.Kind = TracesForm.isOfNewAct(form) ? .taxYear : .financialYear
        return "\(YearPeriod(kind, startYear: year))" + (quarter.map { " Q\($0)" } ?? "")
    }

    /// Compares a token of which the middle is masked with a whole one, by their ends.
    static func isSame(masked: String, token: String) -> Bool {
        guard masked.count == token.count, masked.count > 8 else { return false }
        return masked.prefix(4) == token.prefix(4) && masked.suffix(4) == token.suffix(4)
    }
}

/// Numbers of TDS and TCS statements before and since April 2026 (facts: income-tax-traces section 9).
enum TracesForm {
    private static let ofNewAct: Set<String> = ["138", "140", "143", "144"]

    /// A number of a form, known or not: letters and digits. nil for anything else.
    static func number(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
        return isPlain && (1...10).contains(text.utf8.count) ? text.uppercased() : nil
    }

    static func isOfNewAct(_ form: String) -> Bool { ofNewAct.contains(form) }

    /// The section under which a statement of this form is processed; empty for a form that is not known.
    static func section(_ form: String) -> String {
        switch form {
        case "24Q", "26Q", "27Q": "200A"
        case "27EQ": "206CB"
        case _ where isOfNewAct(form): "399"
        default: ""
        }
    }
}

/// How the password of a file is made (facts: income-tax-traces 5.7). Only the recipe is named; the password is never
/// made, stored or written anywhere.
enum TracesRecipe: String {
    case justificationReport = "JR_TAN_FORM_QUARTER_FY"
    case intimation = "first 4 letters of the TAN, underscore, filing date DDMMYYYY"
    case certificates = "TAN in capitals"

    /// nil for a kind of file that has no password, or of which none is known.
    init?(of kind: String) {
        let kind = kind.lowercased()
        if kind.contains("justification") {
            self = .justificationReport
        } else if kind.contains("intimation") {
            self = .intimation
        } else if kind.contains("form 16") {
            self = .certificates
        } else {
            return nil
        }
    }

    static func note(_ kind: String) -> String { TracesRecipe(of: kind).map { "; opens with \($0.rawValue)" } ?? "" }
}
