import Domain
import FoundationEssentials

/// An e-way bill as `GetEwayBill` shows it (facts: nic-einvoice-ewb 3.3, 3.5).
public struct EwbDetail: Sendable, Hashable {
    public struct Vehicle: Sendable, Hashable {
        public var number: String?
        public var fromPlace: String?
        public var fromState: Int?
        public var enteredAt: Instant?
        /// `1` road to `5` in transit.
        public var mode: String?
        public var documentNumber: String?
        public var documentDate: LegalDate?
        /// The consolidated bill by which it was entered; the wire's 0 is none.
        public var consolidated: String?
    }

    public var number: String
    public var madeAt: Instant?
    /// `ACT`, `CNL`.
    public var status: String?
    public var generatedBy: String?
    public var supplyType: String?
    public var subSupplyType: String?
    public var documentType: String?
    public var documentNumber: String?
    public var documentDate: LegalDate?
    public var fromGstin: String?
    public var toGstin: String?
    public var total: Decimal?
    public var transporterId: String?
    /// Kilometres.
    public var distance: Int?
    public var validDays: Int?
    public var validUntil: Instant?
    public var extensions: Int
    public var isRejected: Bool
    public var vehicleType: String?
    /// The newest first.
    public var vehicles: [Vehicle]
    public var itemCount: Int

    /// - Throws: `Problem` when there is no number.
    public init(_ json: [UInt8]) throws(WireJSON.Problem) {
        guard let detail = EwbDetail(try NicFields(json)) else { throw WireJSON.Problem("field ewbNo is missing") }
        self = detail
    }

    private init?(_ fields: NicFields) {
        guard let number = fields.text("ewbNo", "ewayBillNo") else { return nil }
        self.number = number
        madeAt = fields.instant("ewayBillDate", "ewbDate")
        status = fields.text("status")
        generatedBy = fields.text("userGstin", "genGstin")
        supplyType = fields.text("supplyType")
        subSupplyType = fields.text("subSupplyType")
        documentType = fields.text("docType")
        documentNumber = fields.text("docNo")
        documentDate = fields.date("docDate")
        fromGstin = fields.text("fromGstin")
        toGstin = fields.text("toGstin")
        total = fields.amount("totInvValue")
        transporterId = fields.text("transporterId")
        distance = fields.number("actualDist", "transDistance")
        validDays = fields.number("noValidDays")
        validUntil = fields.instant("validUpto")
        extensions = fields.number("extendedTimes") ?? 0
        isRejected = fields.text("rejectStatus")?.uppercased() == "Y"
        vehicleType = fields.text("vehicleType")
        vehicles = fields.list("VehiclListDetails", "VehicleListDetails").map { vehicle in
            Vehicle(
                number: vehicle.text("vehicleNo"), fromPlace: vehicle.text("fromPlace"),
                fromState: vehicle.number("fromState"), enteredAt: vehicle.instant("enteredDate"),
                mode: vehicle.text("transMode"), documentNumber: vehicle.text("transDocNo"),
                documentDate: vehicle.date("transDocDate"),
                consolidated: vehicle.text("tripshtNo").flatMap { $0 == "0" ? nil : $0 })
        }
        itemCount = fields.list("itemList").count
    }
}
