import Domain
import Wire

/// The year that a record of this portal is about, and the Act that follows from it.
///
/// From 1 April 2026 the Income-tax Act 2025 applies to new periods, and counts in tax years (facts: income-tax-traces 1,
/// 2). How this portal writes a tax year was never seen: a financial year from 2026-27 on is taken for one, and the
/// assessment year that follows it for the same.
struct EFilingPeriod: Sendable {
    /// In which the first tax year begins.
    private static let firstTaxYear = 2026
    /// The last section of the Act of 1961.
    private static let lastOf1961 = 298

    /// `AY 2024-25`, `TY 2026-27`; as the portal writes it where that is no year.
    let text: String
    private let act: TaxAct?

    init(_ assessment: LooseText?, _ financial: LooseText?) {
        let said = assessment?.filled ?? ""
        if said.uppercased().hasPrefix("TY"), let year = Self.year(String(said.filter(\.isNumber).prefix(4))) {
            (text, act) = (Self.text(.taxYear, year), .of2025)
        } else if let year = Self.year(financial?.filled), year >= Self.firstTaxYear {
            (text, act) = (Self.text(.taxYear, year), .of2025)
        } else if let year = Self.year(said) {
            // The assessment year 2026-27 is about the last year under the old Act.
            let isNew = year > Self.firstTaxYear
            text = isNew ? Self.text(.taxYear, year - 1) : Self.text(.assessmentYear, year)
            act = isNew ? .of2025 : .of1961
        } else if said.isEmpty, let year = Self.year(financial?.filled) {
            (text, act) = (Self.text(.financialYear, year), .of1961)
        } else {
            (text, act) = (HarmlessText.line(said, limit: 20), nil)
        }
    }

    /// What the words say goes before what the section tells, and that before the year: a set-off of today may concern an
    /// old one.
    func act(section: String, words: String) -> TaxAct? {
        let words = words.lowercased()
        for act in TaxAct.allCases where words.contains("act, \(act.rawValue)") || words.contains("act \(act.rawValue)")
        {
            return act
        }
        if let number = Int(section.drop { !$0.isNumber }.prefix { $0.isNumber }), number > Self.lastOf1961 {
            return .of2025
        }
        return act
    }

    private static func year(_ text: String?) -> Int? {
        text.flatMap { Int($0) }.flatMap { (1900...2200).contains($0) ? $0 : nil }
    }

    private static func text(_ kind: YearPeriod.Kind, _ year: Int) -> String {
        YearPeriod(kind, startYear: year).description
    }
}
