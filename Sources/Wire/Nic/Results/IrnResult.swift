import Domain

/// A registered invoice, as generating, getting by IRN and getting by document answer it
/// (facts: nic-einvoice-ewb 3.1).
public struct IrnResult: Sendable, Hashable {
    public enum Status: String, Sendable, CaseIterable {
        case active = "ACT"
        case cancelled = "CNL"
    }

    /// 64 lower-case hexadecimal digits.
    public var irn: String
    /// 15 digits.
    public var ackNumber: String
    public var ackAt: Instant?
    /// Compact JWS; see `SignedDocument`.
    public var signedInvoice: String?
    public var signedQr: String?
    /// nil for a word that is not known.
    public var status: Status?
    /// The bill that was made in the same call or since.
    public var eWayBill: EwbResult?
    public var remarks: String?

    /// - Throws: `Problem` when IRN or acknowledgement number are missing.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(json)
        guard let irn = fields.text("Irn") else { throw WireJSON.Problem("field Irn is missing") }
        guard let number = fields.text("AckNo") else { throw WireJSON.Problem("field AckNo is missing") }
        self.irn = irn.lowercased()
        ackNumber = number
        ackAt = fields.instant("AckDt")
        signedInvoice = fields.text("SignedInvoice")
        signedQr = fields.text("SignedQRCode")
        status = fields.text("Status").flatMap { Status(rawValue: $0.uppercased()) }
        eWayBill = EwbResult(fields)
        remarks = fields.text("Remarks")
    }
}

/// A cancelled invoice: `Irn`, `CancelDate`.
public struct IrnCancellation: Sendable, Hashable {
    public var irn: String
    public var cancelledAt: Instant?

    /// - Throws: `Problem` when the IRN is missing.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(json)
        guard let irn = fields.text("Irn") else { throw WireJSON.Problem("field Irn is missing") }
        self.irn = irn.lowercased()
        cancelledAt = fields.instant("CancelDate")
    }
}
