/// The text whose SHA-256 is the invoice reference number: GSTIN of the seller, financial year, document type and number,
/// with nothing between (facts: nic-einvoice-ewb 4.8). Known before anything is sent, it is what a lost answer is found by.
public struct IrnSource: Sendable, Hashable {
    public let sellerGstin: String
    public let year: YearPeriod
    public let documentType: String
    /// As it is hashed.
    public let documentNumber: String

    /// - Parameter registered: the day of registration; before `DocumentNumber.upperCaseFrom` the number counted as sent.
    public init(
        sellerGstin: String, documentType: String, documentNumber: String, date: LegalDate,
        registered: LegalDate? = nil
    ) {
        self.sellerGstin = sellerGstin
        self.documentType = documentType
        let isOld = registered.map { $0 < DocumentNumber.upperCaseFrom } ?? false
        self.documentNumber = isOld ? documentNumber : DocumentNumber.normalised(documentNumber)
        year = YearPeriod.financialYear(of: date)
    }

    /// nil as long as the invoice lacks one of the four, or has a date that is none.
    public init?(_ invoice: Invoice) {
        guard let gstin = invoice.seller.gstin, let type = invoice.document.kind, let number = invoice.document.number,
            let day = invoice.document.day
        else { return nil }
        self.init(sellerGstin: gstin, documentType: type.rawValue, documentNumber: number, date: day)
    }

    public var text: String { "\(sellerGstin)\(year.yearText)\(documentType)\(documentNumber)" }
}

extension YearPeriod {
    /// April to March.
    public static func financialYear(of date: LegalDate) -> YearPeriod {
        YearPeriod(.financialYear, startYear: date.month >= 4 ? date.year : date.year - 1)
    }

    /// `2021-22`.
    public var yearText: String { "\(startYear)-\(Digits.padded((startYear + 1) % 100, 2))" }
}
