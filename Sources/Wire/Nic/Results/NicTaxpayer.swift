import Domain

/// A taxpayer as NIC's master knows him (facts: nic-einvoice-ewb 3.1, GSTIN details).
public struct NicTaxpayer: Sendable, Hashable {
    public var gstin: String
    public var legalName: String?
    public var tradeName: String?
    /// Building, floor, street and place, those that are there.
    public var address: [String]
    public var stateCode: Int?
    public var pin: Int?
    /// `REG`, `SEZ` and others.
    public var kind: String?
    /// `ACT`, `CNL` and others.
    public var status: String?
    /// Whether bills are refused because returns were not filed.
    public var isBlocked: Bool
    public var registeredOn: LegalDate?
    public var deregisteredOn: LegalDate?

    /// - Throws: `Problem` when the GSTIN is missing.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(json)
        guard let gstin = fields.text("Gstin") else { throw WireJSON.Problem("field Gstin is missing") }
        self.gstin = gstin
        legalName = fields.text("LegalName")
        tradeName = fields.text("TradeName")
        address = ["AddrBnm", "AddrBno", "AddrFlno", "AddrSt", "AddrLoc"].compactMap { fields.text($0) }
        stateCode = fields.number("StateCode")
        pin = fields.number("AddrPncd")
        kind = fields.text("TxpType")
        status = fields.text("Status")?.uppercased()
        isBlocked = fields.text("BlkStatus")?.uppercased() == "B"
        registeredOn = fields.date("DtReg")
        deregisteredOn = fields.date("DtDReg")
    }
}
