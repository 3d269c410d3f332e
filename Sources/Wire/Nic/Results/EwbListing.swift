import Domain

/// A row of a day's list of e-way bills (facts: nic-einvoice-ewb 3.3).
public struct EwbListing: Sendable, Hashable {
    public var number: String
    public var madeAt: Instant?
    public var generatedBy: String?
    public var documentNumber: String?
    public var documentDate: LegalDate?

    /// Rows without a number are left out.
    ///
    /// - Throws: `Problem` when it is neither a list nor one row.
    public static func all(_ json: [UInt8]) throws(WireJSON.Problem) -> [EwbListing] {
        let value = try JSONValue(json)
        if case .list(let rows) = value { return rows.compactMap { NicFields($0).flatMap { EwbListing($0) } } }
        guard let only = NicFields(value) else { throw WireJSON.Problem("it is no list") }
        return EwbListing(only).map { [$0] } ?? []
    }

    private init?(_ fields: NicFields) {
        guard let number = fields.text("ewbNo", "ewayBillNo") else { return nil }
        self.number = number
        madeAt = fields.instant("ewbDate", "ewayBillDate")
        generatedBy = fields.text("genGstin", "userGstin")
        documentNumber = fields.text("docNo")
        documentDate = fields.date("docDate")
    }
}
