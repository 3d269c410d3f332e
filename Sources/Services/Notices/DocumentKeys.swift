import Domain
import Secrets

/// How the passwords of portal documents are made (facts: income-tax-traces 5.7). Recipes may be told to people; the
/// passwords are made only to be tried, never stored or shown.
enum DocumentKeys {
    struct Candidate: Sendable {
        /// In words, without any value.
        var recipe: String
        var password: SecretBytes
    }

    /// Named to people when no recipe opens a file.
    static let known = [
        "PAN in lower case and date of birth or incorporation as DDMMYYYY (143(1), 154)",
        "date of birth as DDMMYYYY (Form 16B)", "TAN in capitals (Form 16, 16A)",
        "first 4 letters of the TAN, underscore, filing date of the statement as DDMMYYYY (default intimation)",
        "JR_TAN_FORM_QUARTER_FY (justification report)",
    ]

    /// What can be tried with what is known of the taxpayer, the likeliest first.
    ///
    /// - Parameters:
    ///   - filed: when regular statements of the taxpayer's TANs were filed, as far as it is known.
    ///   - notice: to which the document belongs.
    static func candidates(
        _ identity: PortalIdentity, _ business: Business?, filed: [LegalDate] = [], of notice: NoticeFacts? = nil
    ) -> [Candidate] {
        let pans = unique([pan(of: identity), business?.pan?.text])
        let tans = unique([tan(of: identity)] + (business?.tans ?? []).map { $0 })
        var found: [Candidate] = []
        func add(_ recipe: String, _ text: String) {
            found.append(Candidate(recipe: recipe, password: SecretBytes(utf8: text)))
        }
        if let notice, let statement = statement(notice) {
            for tan in tans { add("JR_TAN_FORM_QUARTER_FY", "JR_\(tan)_\(statement)") }
        }
        if let day = business?.formedOn.map(digits) {
            for pan in pans { add("PAN in lower case and date", pan.lowercased() + day) }
            add("date", day)
            for pan in pans { add("PAN in capitals and date", pan + day) }
        }
        for tan in tans { add("TAN in capitals", tan) }
        for tan in tans {
            for day in Set(filed).sorted(by: >).prefix(mostFilings) {
                add("first 4 letters of the TAN, underscore, filing date", "\(tan.prefix(4))_\(digits(day))")
            }
        }
        for pan in pans {
            add("PAN in lower case", pan.lowercased())
            add("PAN in capitals", pan)
        }
        return found
    }

    /// `26Q_Q3_2024-25` of a notice about one statement; nil of others.
    private static func statement(_ notice: NoticeFacts) -> String? {
        guard notice.place == .requests else { return nil }
        let words = notice.period.split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("Q"), !notice.form.isEmpty else { return nil }
        return "\(notice.form)_\(words[2])_\(words[1])"
    }

    /// A program is run for each of them.
    private static let mostFilings = 24

    private static func unique(_ texts: [String?]) -> [String] {
        var seen: Set<String> = []
        return texts.compactMap(\.self).filter { seen.insert($0).inserted }
    }

    private static func pan(of identity: PortalIdentity) -> String? {
        switch identity.portal {
        case .gst: String(identity.text.dropFirst(2).prefix(10))
        case .incomeTax: (try? Pan(identity.text))?.text
        case .traces: nil
        }
    }

    private static func tan(of identity: PortalIdentity) -> String? {
        identity.portal == .gst ? nil : (try? Tan(identity.text))?.text
    }

    /// DDMMYYYY.
    private static func digits(_ day: LegalDate) -> String {
        Digits.padded(day.day, 2) + Digits.padded(day.month, 2) + Digits.padded(day.year, 4)
    }
}
