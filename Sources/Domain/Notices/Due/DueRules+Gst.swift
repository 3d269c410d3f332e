extension DueRules {
    /// By the form's name, however it is written: `DRC-01`, `drc01`, `FORM GST DRC-01`.
    static func gst(_ form: String) -> DueRule? { gstRules[gstKey(form)] }

    static func gstKey(_ form: String) -> String {
        let words = form.uppercased().split { !$0.isLetter && !$0.isNumber }.filter { $0 != "FORM" && $0 != "GST" }
        return words.joined()
    }

    private static let own = "the notice may fix another period"
    private static let thin = "known from one unofficial list"

    /// Reply periods of the GST forms (facts: gstn-taxpayer 7.4, from the CGST Rules and the portal's help; `thin` marks
    /// rows with a single unofficial source). Absent on purpose: PCT-03 and DRC-01A (as the notice states), ADT-01 (an
    /// appointment), summons, and forms that ask for nothing (DRC-02, DRC-04, DRC-05, MOV-02, MOV-04, MOV-06).
    private static let gstRules: [String: DueRule] = [
        "GSTR3A": DueRule(.days(15), .service, "file the return"),
        "CMP05": DueRule(.workingDays(15), .service, "reply in CMP-06"),
        "REG03": DueRule(.workingDays(7), .service, "reply in REG-04"),
        "REG17": DueRule(.workingDays(7), .service, "reply in REG-18"),
        "REG23": DueRule(.workingDays(7), .service, "reply in REG-24"),
        "REG31": DueRule(.days(30), .service, "reply", doubt: thin),
        "RFD08": DueRule(.days(15), .service, "reply in RFD-09"),
        "ASMT02": DueRule(.days(15), .service, "reply in ASMT-03", doubt: thin),
        "ASMT06": DueRule(.days(15), .service, "reply", doubt: thin),
        "ASMT10": DueRule(.days(30), .service, "reply in ASMT-11", doubt: own),
        "ASMT14": DueRule(.days(15), .service, "reply", doubt: thin),
        "ADT02": DueRule(.days(30), .service, "reply", doubt: thin),
        "DRC01": DueRule(.days(30), .service, "reply in DRC-06", doubt: own),
        "DRC01B": DueRule(.days(7), .service, "reply in Part B"),
        "DRC01C": DueRule(.days(7), .service, "reply in Part B"),
        "DRC01D": DueRule(.days(7), .service, "pay", doubt: thin),
        "DRC07": DueRule(.months(3), .service, "pay or appeal"),
        "MOV07": DueRule(.days(7), .issue, "reply", doubt: thin),
        "MOV10": DueRule(.days(7), .issue, "reply", doubt: thin),
        "SPL03": DueRule(.months(1), .service, "reply in SPL-04", doubt: thin),
    ]
}
