extension DueRules {
    /// Reply and payment periods of Income Tax and TRACES (facts: income-tax-traces 8, where the sources of each row
    /// stand). Absent on purpose, because there the notice itself fixes the day: 131, 133(6), 142(1), 142(2A), 143(2),
    /// 144, 144B, 147, 148, 148A, 154, 201, 226(3), 246A, 250, 263, 264, 270A, 271, 276B, and of the 2025 Act 246, 252,
    /// 268, 271, 273, 279 to 281, 287, 357, 359, 377, 378, 398, 416, 476.
    static func directTax(_ facts: NoticeFacts) -> DueRule? {
        let section = sectionKey(facts.section)
        if facts.place == .setOff245 { return setOff }
        if facts.place == .demand || facts.place == .outstandingDemand { return isSetOff(section) ? setOff : demand }
        switch facts.act {
        case .of2025: return of2025(section, facts)
        // Numbers that both Acts use for different things are not in these two tables.
        case .of1961, nil: return of1961(section, facts) ?? (facts.act == nil ? newNumbers(section, facts) : nil)
        }
    }

    /// `u/s 143(1)(a)` and `Section 143 (1)(a)` are `143(1)(A)`.
    static func sectionKey(_ text: String) -> String {
        var key = text.uppercased().filter { !$0.isWhitespace }
        for prefix in ["SECTION", "U/S", "US", "SEC.", "S."] where key.hasPrefix(prefix) {
            key = String(key.dropFirst(prefix.count))
        }
        return key
    }

    /// Section 156, or 289 of the 2025 Act.
    private static let demand = DueRule(.days(30), .service, "pay")

    /// Section 245. Practice is 21 days, which the instructions of 2022-23 bind the officer to; older lists say 30.
    private static let setOff = DueRule(
        .days(21), .service, "answer the set-off", doubt: "21 days in practice; older lists say 30")

    /// 438 is the number of 245 in the 2025 Act; the 1961 Act has none so high.
    private static func isSetOff(_ section: String) -> Bool {
        ["245", "438"].contains { section == $0 || section.hasPrefix("\($0)(") }
    }

    private static func of1961(_ section: String, _ facts: NoticeFacts) -> DueRule? {
        switch section {
        case "139(9)": DueRule(.days(15), .issue, "mend the return", doubt: "the officer may extend it")
        case "143(1)(A)": DueRule(.days(30), .issue, "answer the adjustment")
        case "156": demand
        // No reply to an intimation or a processed statement; its demand is to be paid.
        case "143(1)", "200A", "206CB": owes(facts) ? demand : nil
        case let section where isSetOff(section): setOff
        default: nil
        }
    }

    /// Numbers of the 2025 Act whose meaning nothing in the 1961 Act shares.
    private static func newNumbers(_ section: String, _ facts: NoticeFacts) -> DueRule? {
        switch section {
        case "289": demand
        case "399": owes(facts) ? demand : nil
        default: nil
        }
    }

    /// One section of the 2025 Act holds what were several, so the words of the notice decide.
    private static func of2025(_ section: String, _ facts: NoticeFacts) -> DueRule? {
        let words = facts.summary.lowercased()
        let number = section.prefix { $0.isNumber }
        switch number {
        case "263" where words.contains("defective"):
            return DueRule(.days(15), .issue, "mend the return", doubt: "the officer may extend it")
        case "270" where words.contains("adjustment"): return DueRule(.days(30), .issue, "answer the adjustment")
        case "270" where words.contains("intimation"): return owes(facts) ? demand : nil
        case "438":
            return DueRule(
                .days(21), .service, "answer the set-off", doubt: "the section's number in the 2025 Act is not verified"
            )
        default: return newNumbers(String(number), facts)
        }
    }

    /// The inbox of TRACES names no amount, but says in words whether there is one to pay.
    private static func owes(_ facts: NoticeFacts) -> Bool {
        if let demand = facts.demand { return demand.paise > 0 }
        let words = facts.summary.lowercased()
        return facts.place == .communications && words.contains("with demand")
    }
}
