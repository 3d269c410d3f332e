import Domain

/// What people type into cells, made what the schema wants; what cannot be is said.
enum DraftCell {
    struct Unfit: Error { var problem: String }

    /// A number as spreadsheets show it: grouped by commas, with a rupee or percent sign.
    static func number(_ text: String) throws(Unfit) -> ExactDecimal {
        let bare = text.filter { $0 != "," && $0 != "₹" && $0 != "%" && $0 != " " && $0 != "\u{A0}" }
        do throws(ExactDecimal.Problem) {
            return try ExactDecimal(utf8: bare.utf8)
        } catch {
            let shown = HarmlessText.line(text, limit: 40)
            switch error {
            case .tooManyDecimals: throw Unfit(problem: "is \(shown) with more than three decimals")
            case .tooLarge: throw Unfit(problem: "is \(shown), more than any amount can be")
            case .notANumber, .exponent: throw Unfit(problem: "is \(shown), which is no number")
            }
        }
    }

    static func integer(_ text: String) throws(Unfit) -> Int {
        guard let whole = try number(text).whole else {
            throw Unfit(problem: "is \(HarmlessText.line(text, limit: 40)), which is no whole number")
        }
        return whole
    }

    /// Words for codes, days in the forms that people and spreadsheets write, names of states.
    static func text(_ text: String, _ shape: TextShape, isState: Bool) -> String {
        switch shape.form {
        case .date: LegalDate(typed: text).map(DocumentDate.text) ?? text
        case .among(let words): word(text, words)
        case .code where isState: state(text)
        default: text
        }
    }

    private static let words: [String: String] = [
        "YES": "Y", "TRUE": "Y", "SERVICE": "Y", "SERVICES": "Y", "NO": "N", "FALSE": "N", "GOODS": "N",
        "INVOICE": "INV", "TAX INVOICE": "INV", "CREDIT NOTE": "CRN", "CREDIT": "CRN", "DEBIT NOTE": "DBN",
        "DEBIT": "DBN", "ROAD": "1", "RAIL": "2", "AIR": "3", "SHIP": "4", "REGULAR": "R", "OVER DIMENSIONAL": "O",
        "OVER DIMENSIONAL CARGO": "O",
    ]

    private static func word(_ text: String, _ allowed: [String]) -> String {
        let upper = text.uppercased()
        if allowed.contains(upper) { return upper }
        guard let word = words[upper], allowed.contains(word) else { return text }
        return word
    }

    private static let states = Dictionary(
        StateCode.names.map { ($0.value.lowercased(), $0.key) }, uniquingKeysWith: { first, _ in first })

    /// `Karnataka`, `29-Karnataka` or `29`.
    private static func state(_ text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if (1...2).contains(digits.count),
            digits.count == text.count || !(text.dropFirst(digits.count).first?.isNumber ?? false)
        {
            return String(digits)
        }
        return states[text.lowercased()] ?? text
    }
}
