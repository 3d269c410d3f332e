import Domain
import Wire

/// What TRACES shows to a deductor: a pure function of the world's seed and the base date; requests also follow the
/// clock's day. Nothing of it is stored.
struct TracesBook: Sendable {
    let seed: UInt64
    let baseDate: LegalDate

    struct Line: Sendable {
        var type: String
        var amount: Int
        var reported: Int
        var payable: Int { amount - reported }
    }

    struct Statement: Sendable {
        /// Year in which the financial year begins.
        var year: Int
        var quarter: Int
        var form: String
        var token: String
        var filedOn: LegalDate
        var processedOn: LegalDate
        var lines: [Line]
        var pans: Int
        var panErrors: Int

        /// Rupees.
        var payable: Int { lines.reduce(0) { $0 + $1.payable } }
        var status: String { lines.isEmpty ? "Processed Without Default" : "Processed With Default" }
    }

    struct YearDemand: Sendable {
        var year: Int
        var manual: Int
        var processed: Int
    }

    struct Letter: Sendable {
        var reference: String
        var sentOn: LegalDate
        var category: String
        var year: Int
        var quarter: Int
        var form: String
        var needsAction: Bool
    }

    private func random(_ account: DemoAccount, _ name: String) -> SeededRandom {
        SeededRandom(seed, "traces \(account.identity) \(name)")
    }

    /// The latest financial year whose first statements are filed and processed on the base date.
    private var currentYear: Int {
        let date = baseDate.adding(days: -160)
        return date.month >= 4 ? date.year : date.year - 1
    }

    /// The years that the pages put behind "Prior Years".
    private var priorYears: [Int] { [currentYear - 5, currentYear - 7] }

    /// Statements of the two years past and a few older ones, and of the first quarter of the running year unless it is one
    /// under the 2025 Act: those stand on the new portal (facts: income-tax-traces 5.1).
    func statements(of account: DemoAccount) -> [Statement] {
        var random = random(account, "statements")
        var result: [Statement] = []
        for year in [currentYear - 2, currentYear - 1] {
            for quarter in 1...4 {
                for form in ["26Q", "24Q"] where form == "26Q" || random.below(2) == 0 {
                    result.append(statement(year, quarter, form, hasDefault: random.below(3) == 0, using: &random))
                }
            }
        }
        if random.below(2) == 0 {
            result.append(statement(currentYear - 1, 4, "27EQ", hasDefault: true, using: &random))
        }
        for year in priorYears { result.append(statement(year, 2, "26Q", hasDefault: true, using: &random)) }
        if currentYear < 2026 { result.append(statement(currentYear, 1, "26Q", hasDefault: true, using: &random)) }
        return result
    }

    private func statement(
        _ year: Int, _ quarter: Int, _ form: String, hasDefault: Bool, using random: inout SeededRandom
    ) -> Statement {
        let due = LegalDate(year: quarter > 2 ? year + 1 : year, month: [7, 10, 1, 5][quarter - 1], day: 10)
        let filedOn = (due ?? baseDate).adding(days: random.below(20))
        let pans = random.below(90) + 4
        return Statement(
            year: year, quarter: quarter, form: form, token: "0\(random.digits(14))", filedOn: filedOn,
            processedOn: filedOn.adding(days: random.below(20) + 5), lines: hasDefault ? lines(using: &random) : [],
            pans: pans, panErrors: random.below(4))
    }

    private func lines(using random: inout SeededRandom) -> [Line] {
        let types = [
            "Short Payment", "Short Deduction", "Interest on Payments Default u/s 201(1A)",
            "Interest on Deduction Default u/s 201(1A)", "Late Filing Fee u/s 234E", "Interest u/s 220(2)",
        ]
        return types.enumerated().compactMap { index, type in
            let amount = (random.below(4_000) + 40) * 10
            guard index == 0 || random.below(2) == 0 else { return nil }
            return Line(type: type, amount: amount, reported: random.below(3) == 0 ? 300 : 0)
        }
    }

    /// Years with what is demanded in each, the latest first; those before the two years past stand apart.
    func demands(of account: DemoAccount) -> (years: [YearDemand], prior: [YearDemand]) {
        var random = random(account, "demands")
        let statements = statements(of: account)
        func demand(_ year: Int, manual: Int) -> YearDemand {
            let processed = statements.filter { $0.year == year }.reduce(0) { $0 + $1.payable }
            return YearDemand(year: year, manual: manual, processed: processed)
        }
        let years = [currentYear, currentYear - 1, currentYear - 2].map {
            demand($0, manual: random.below(4) == 0 ? (random.below(900) + 1) * 10 : 0)
        }
        return (years, priorYears.map { demand($0, manual: 0) })
    }

    func letters(of account: DemoAccount) -> [Letter] {
        var random = random(account, "letters")
        var result: [Letter] = []
        for statement in statements(of: account) where !statement.lines.isEmpty {
            result.append(letter("Intimation with Demand", statement, needsAction: true, using: &random))
            guard statement.panErrors > 0, random.below(3) == 0 else { continue }
            result.append(letter("PAN Errors", statement, needsAction: false, using: &random))
        }
        guard account.outcome == .hostileText else { return result }
        for (index, sample) in HostileText.samples.enumerated() where index < result.count {
            result[index].category = sample
        }
        return result
    }

    private func letter(
        _ category: String, _ statement: Statement, needsAction: Bool, using random: inout SeededRandom
    ) -> Letter {
        Letter(
            reference: "TDS/\(statement.year)/\(statement.form)/\(random.digits(12))",
            sentOn: statement.processedOn.adding(days: 1), category: category, year: statement.year,
            quarter: statement.quarter, form: statement.form, needsAction: needsAction)
    }
}

/// Dates, years and tokens as TRACES writes them.
enum TracesPrint {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `25-Oct-2025`.
    static func date(_ date: LegalDate) -> String {
        "\(Digits.padded(date.day, 2))-\(months[date.month - 1])-\(date.year)"
    }

    /// `2024-25`.
    static func year(_ year: Int) -> String { "\(year)-\(Digits.padded((year + 1) % 100, 2))" }

    /// `4,12,300.00`.
    static func rupees(_ amount: Int) -> String { Rupees(paise: Int64(amount) * 100).grouped }

    /// First four and last four digits.
    static func masked(_ token: String) -> String {
        "\(token.prefix(4))\(String(repeating: "*", count: max(token.count - 8, 0)))\(token.suffix(4))"
    }
}
