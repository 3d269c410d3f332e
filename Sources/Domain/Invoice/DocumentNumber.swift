/// The number of an invoice or note as the registration portals keep it.
public enum DocumentNumber {
    /// From this day on the portals turn a number to upper case before anything else, so `abc/1` and `ABC/1` are one
    /// (GSTN advisory of 04-04-2025, facts: nic-einvoice-ewb 4.8).
    public static let upperCaseFrom = LegalDate(dayNumber: 20_240)

    /// Upper case, without outer blanks. Nothing else is changed: zeros in front are refused, not stripped.
    public static func normalised(_ text: String) -> String {
        String(decoding: text.trimmed.utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }

    /// Up to 16 letters, digits, `/` and `-`, not beginning with 0, `/` or `-`.
    public static func isValid(_ text: String) -> Bool {
        (1...16).contains(text.utf8.count) && TextForm.documentNumber.fits(text)
    }
}
