import Domain

/// An e-way bill that was made: by EWB (`ewayBillNo`), by an IRP (`EwbNo`), or read back by its IRN
/// (facts: nic-einvoice-ewb 3.1 to 3.3).
public struct EwbResult: Sendable, Hashable {
    /// 12 digits.
    public var number: String
    public var madeAt: Instant?
    /// nil as long as Part B is not entered.
    public var validUntil: Instant?
    /// `ACT`, `CNL`, where the answer says.
    public var status: String?
    public var remarks: String?

    init?(_ fields: NicFields) {
        guard let number = fields.text("ewayBillNo", "EwbNo"), number != "0" else { return nil }
        self.number = number
        madeAt = fields.instant("ewayBillDate", "EwbDt")
        validUntil = fields.instant("validUpto", "EwbValidTill")
        status = fields.text("Status")
        remarks = fields.text("alert", "Remarks", "EwbRemarks")
    }

    /// - Throws: `Problem` when there is no number.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        guard let result = EwbResult(try NicFields(json)) else { throw WireJSON.Problem("field ewayBillNo is missing") }
        self = result
    }
}

/// What a write on an e-way bill answers: vehicle, transporter, cancellation, rejection, extension
/// (facts: nic-einvoice-ewb 3.3).
public struct EwbChange: Sendable, Hashable {
    /// nil where the answer does not repeat it, as that of a vehicle.
    public var number: String?
    public var at: Instant?
    /// The new end, where the change has one.
    public var validUntil: Instant?
    public var transporterId: String?

    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(json)
        number = fields.text("ewayBillNo", "EwbNo")
        at = fields.instant("vehUpdDate", "updatedDate", "cancelDate", "ewbRejectedDate", "transUpdateDate")
        validUntil = fields.instant("validUpto")
        transporterId = fields.text("transporterId")
    }
}

/// A consolidated bill: `cEwbNo` of ten digits, `cEWBDate`.
public struct EwbConsolidated: Sendable, Hashable {
    public var number: String
    public var madeAt: Instant?

    /// - Throws: `Problem` when there is no number.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        let fields = try NicFields(json)
        guard let number = fields.text("cEwbNo") else { throw WireJSON.Problem("field cEwbNo is missing") }
        self.number = number
        madeAt = fields.instant("cEWBDate")
    }

    /// One that was found in its bills, in the shape in which the system answers for one that it makes, and with its bills.
    ///
    /// - Parameter details: of the bills; a vehicle's row tells when it was made.
    public static func json(_ number: String, of bills: [String], in details: [EwbDetail]) -> [UInt8] {
        let rows = details.lazy.flatMap(\.vehicles)
        let madeAt = rows.first { $0.consolidated == number && $0.enteredAt != nil }?.enteredAt
        var object: [String: JSONValue] = [
            "cEwbNo": .text(number), "tripSheetEwbBills": .list(bills.map { .object(["ewbNo": .text($0)]) }),
        ]
        if let madeAt { object["cEWBDate"] = .text(NicTime.ewbText(madeAt)) }
        return JSONValue.object(object).bytes
    }
}
