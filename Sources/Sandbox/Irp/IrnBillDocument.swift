import Domain
import FoundationEssentials
import Wire

/// The e-way bill that an invoice and some words about its transport add up to (facts: nic-einvoice-ewb 3.2).
struct IrnBillDocument {
    let tree: JsonTree
    /// Kilometres between the PINs of the simulated country.
    let computed: Int
    let wasComputed: Bool
    private let invoice: IrpInvoice
    private let asked: JsonTree
    private let fromPin: Int
    private let toPin: Int

    init(_ invoice: IrpInvoice, _ asked: JsonTree) {
        self.invoice = invoice
        self.asked = asked
        let request = invoice.request
        let dispatch = asked["DispDtls"] ?? request["DispDtls"]
        let ship = asked["ExpShipDtls"] ?? request["ShipDtls"]
        let seller = request["SellerDtls"] ?? .null
        let buyer = request["BuyerDtls"] ?? .null
        let (from, to) = (dispatch ?? seller, ship ?? buyer)
        fromPin = from.integer("Pin") ?? 0
        toPin = to.integer("Pin") ?? 0
        computed = PinPrefixes.distance(fromPin, toPin)
        let sent = asked.integer("Distance") ?? 0
        wasComputed = sent == 0
        let isExport = request.text("TranDtls.SupTyp")?.uppercased().hasPrefix("EXP") ?? false
        let kind = dispatch == nil ? (ship == nil ? 1 : 2) : (ship == nil ? 3 : 4)
        let values = request["ValDtls"] ?? .null
        let other =
            values.decimal("OthChrg") + values.decimal("StCesVal") - values.decimal("Discount")
            + values.decimal("RndOffAmt")
        tree = .made([
            "supplyType": .text("O"), "subSupplyType": .text(isExport ? "3" : "1"),
            "docType": .optional(request.text("DocDtls.Typ")), "docNo": .optional(request.text("DocDtls.No")),
            "docDate": .optional(request.text("DocDtls.Dt")), "transactionType": .number(kind),
            "fromGstin": .text(invoice.gstin), "fromTrdName": .optional(seller.text("LglNm")),
            "fromAddr1": .optional(from.text("Addr1")), "fromAddr2": .optional(from.text("Addr2")),
            "fromPlace": .optional(from.text("Loc")), "fromPincode": .number(fromPin),
            "fromStateCode": .number(seller.integer("Stcd") ?? 0),
            "actFromStateCode": .number(from.integer("Stcd") ?? 0), "toGstin": .optional(buyer.text("Gstin")),
            "toTrdName": .optional(buyer.text("LglNm")), "toAddr1": .optional(to.text("Addr1")),
            "toAddr2": .optional(to.text("Addr2")), "toPlace": .optional(to.text("Loc")), "toPincode": .number(toPin),
            "toStateCode": .number(buyer.integer("Stcd") ?? 0), "actToStateCode": .number(to.integer("Stcd") ?? 0),
            "totalValue": values["AssVal"] ?? .number(0), "cgstValue": values["CgstVal"] ?? .number(0),
            "sgstValue": values["SgstVal"] ?? .number(0), "igstValue": values["IgstVal"] ?? .number(0),
            "cessValue": values["CesVal"] ?? .number(0), "cessNonAdvolValue": .number(0),
            "otherValue": .number(other.description), "totInvValue": values["TotInvVal"] ?? .number(0),
            "transporterId": .optional(asked.text("TransId")), "transporterName": .optional(asked.text("TransName")),
            "transDocNo": .optional(asked.text("TransDocNo")), "transDocDate": .optional(asked.text("TransDocDt")),
            "transMode": .optional(asked.text("TransMode")), "vehicleNo": .optional(asked.text("VehNo")),
            "vehicleType": .optional(asked.text("VehType")), "transDistance": .number(sent == 0 ? computed : sent),
            "itemList": .list(request.items("ItemList").prefix(250).enumerated().map(Self.item)),
        ])
    }

    private static func item(_ index: Int, _ item: JsonTree) -> JsonTree {
        .made([
            "itemNo": .number(index + 1), "productName": .optional(item.text("PrdDesc")),
            "hsnCode": .optional(item.text("HsnCd")), "quantity": item["Qty"], "qtyUnit": item["Unit"],
            "taxableAmount": item["AssAmt"],
        ])
    }

    /// - Throws: the first thing that keeps the bill from being made.
    func check(today: LegalDate) throws(NicRefusal) {
        let request = invoice.request
        guard request.text("DocDtls.Typ")?.uppercased() == "INV" else { throw NicRefusal("4010", "No bill for notes") }
        guard request.items("ItemList").contains(where: { $0.text("HsnCd")?.hasPrefix("99") == false }) else {
            throw NicRefusal("4009", "No goods in the invoice")
        }
        if toPin == 999_999 { throw NicRefusal("4032", "Ship-to in India is needed for an export") }
        try checkTransport(today, documentDate: request.text("DocDtls.Dt").flatMap { NicTime.date($0) })
        try checkDistance()
    }

    private func checkTransport(_ today: LegalDate, documentDate: LegalDate?) throws(NicRefusal) {
        if let id = asked.text("TransId"), (try? Gstin(id)) == nil {
            throw NicRefusal("4018", "Transporter id is not valid")
        }
        let (vehicle, document) = (asked.text("VehNo"), asked.text("TransDocNo"))
        guard let mode = asked.text("TransMode") else {
            if vehicle != nil || document != nil { throw NicRefusal("4028", "Transport mode is missing") }
            if asked.text("TransId") == nil { throw NicRefusal("4019", "Transporter id is needed for Part A") }
            return
        }
        switch mode {
        case "1":
            guard let vehicle else { throw NicRefusal("4011", "Vehicle is missing") }
            if !VehicleNumber.fits(vehicle) { throw NicRefusal("4014", "Vehicle number is not valid") }
            guard let type = asked.text("VehType")?.uppercased() else {
                throw NicRefusal("4022", "Vehicle type is missing")
            }
            if type != "R", type != "O" { throw NicRefusal("4020", "Vehicle type is not valid") }
        case "2", "3":
            guard document != nil else { throw NicRefusal("4012", "Transport document is missing") }
            guard asked.text("TransDocDt") != nil else { throw NicRefusal("4023", "Transport document has no date") }
            if asked.text("VehType")?.uppercased() == "O" {
                throw NicRefusal("4024", "Over-dimensional by road or ship only")
            }
        case "4":
            if vehicle == nil, document == nil { throw NicRefusal("4040", "Ship needs a vehicle or a document") }
            if asked.text("VehType")?.uppercased() == "R" { throw NicRefusal("4039", "A ship is no regular vehicle") }
        default: throw NicRefusal("4008", "Transport mode is not valid")
        }
        guard let text = asked.text("TransDocDt") else { return }
        guard let date = NicTime.date(text) else { throw NicRefusal("4017", "Transport date is not valid") }
        if date > today { throw NicRefusal("4016", "Transport date is in the future") }
        if let documentDate, date < documentDate { throw NicRefusal("4021", "Transport date is before the invoice") }
    }

    private func checkDistance() throws(NicRefusal) {
        let sent = asked.integer("Distance") ?? 0
        if fromPin == toPin, !(1...100).contains(sent) {
            throw NicRefusal("4029", "Distance between the same PIN must be 1 to 100")
        }
        if sent > 4_000 || sent < 0 { throw NicRefusal("4013", "Distance is out of range") }
        if fromPin != toPin, sent * 10 > computed * 11 {
            throw NicRefusal("4038", "Distance is more than a tenth above the computed \(computed) km")
        }
    }
}
