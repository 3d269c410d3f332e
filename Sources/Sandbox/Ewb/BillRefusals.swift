import Domain
import FoundationEssentials
import Wire

/// What the EWB system refuses in GENEWAYBILL (facts: nic-einvoice-ewb 3.4, 6, 7.4). Where the facts name a range of
/// numbers only, which number stands for which field is our choice.
struct BillRefusals {
    private(set) var reasons: [NicRefusal.Reason] = []
    /// Kilometres, worked out where 0 was sent.
    let distance: Int
    let wasComputed: Bool
    private let bill: JsonTree

    init(_ bill: JsonTree, caller: String, today: LegalDate) {
        self.bill = bill
        let sent = bill.integer("transDistance") ?? 0
        let worked = PinPrefixes.distance(bill.integer("fromPincode") ?? 0, bill.integer("toPincode") ?? 0)
        wasComputed = sent == 0
        distance = sent == 0 ? worked : sent
        checkKind()
        checkDocument(today)
        checkParties(caller)
        checkDistance(sent, worked)
        checkTransport(today)
        checkItems()
        checkTotals()
    }

    private mutating func refuse(_ code: String, _ message: String) {
        if !reasons.contains(where: { $0.code == code }) {
            reasons.append(NicRefusal.Reason(code: code, message: message))
        }
    }

    private var supply: String { bill.text("supplyType")?.uppercased() ?? "" }
    private var subSupply: Int { bill.integer("subSupplyType") ?? 0 }
    private var type: String { bill.text("docType")?.uppercased() ?? "" }
    private var isWithinState: Bool { bill.integer("actFromStateCode") == bill.integer("actToStateCode") }

    private mutating func checkKind() {
        if supply != "O", supply != "I" { refuse("201", "Supply type") }
        if !(1...12).contains(subSupply) { refuse("202", "Sub-supply type") }
        if subSupply == 8, bill.text("subSupplyDesc") == nil { refuse("377", "Sub-supply description") }
        if !["INV", "BIL", "BOE", "CHL", "OTH"].contains(type) { refuse("204", "Document type") }
        let isFit =
            switch (supply, subSupply) {
            case ("O", 1), ("O", 3), ("I", 1): ["INV", "BIL"].contains(type)
            case ("O", 4), ("I", 6), ("I", 7), ("O", 5), ("O", 10), ("O", 12): type == "CHL"
            case ("O", 9): ["INV", "BIL", "CHL"].contains(type)
            case ("I", 2): type == "BOE"
            case ("O", 8), ("O", 11): ["CHL", "OTH"].contains(type)
            default: true
            }
        if !isFit { refuse("611", "Document type does not go with the sub-supply") }
    }

    private mutating func checkDocument(_ today: LegalDate) {
        let number = bill.text("docNo") ?? ""
        if !(1...16).contains(number.utf8.count) { refuse("206", "Document number") }
        guard let date = bill.text("docDate").flatMap({ NicTime.date($0) }) else {
            refuse("207", "Document date")
            return
        }
        if date > today { refuse("207", "Document date is in the future") }
        if let first = LegalDate(year: 2017, month: 7, day: 1), date < first { refuse("819", "Before 01/07/2017") }
        if today.dayNumber - date.dayNumber > 180 { refuse("820", "Document is older than 180 days") }
    }

    private mutating func checkParties(_ caller: String) {
        let (from, to) = (bill.text("fromGstin")?.uppercased() ?? "", bill.text("toGstin")?.uppercased() ?? "")
        if let user = bill.text("userGstin"), user != caller { refuse("358", "GSTIN of header and payload differ") }
        if supply == "O", from != caller { refuse("359", "Outward supply is from the user") }
        if supply == "I", to != caller { refuse("360", "Inward supply is to the user") }
        if from != "URP", (try? Gstin(from)) == nil { refuse("208", "From GSTIN") }
        if to != "URP", (try? Gstin(to)) == nil { refuse("209", "To GSTIN") }
        for (pin, state, code) in [
            ("fromPincode", "actFromStateCode", "210"), ("toPincode", "actToStateCode", "211"),
        ] {
            guard let pin = bill.integer(pin), (100_000...999_999).contains(pin) else {
                refuse(code, "PIN")
                continue
            }
            guard let number = bill.integer(state), StateCode.names[Digits.padded(number, 2)] != nil else {
                refuse(code == "210" ? "212" : "213", "State")
                continue
            }
            if !PinPrefixes.fits(pin, state: Digits.padded(number, 2)) { refuse("710", "PIN is not in the state") }
        }
        guard bill.integer("transactionType") == 1 else {
            if !(1...4).contains(bill.integer("transactionType") ?? 0) { refuse("607", "Transaction type") }
            return
        }
        if bill.integer("fromStateCode") != bill.integer("actFromStateCode") { refuse("643", "From state") }
        if bill.integer("toStateCode") != bill.integer("actToStateCode") { refuse("644", "To state") }
    }

    private mutating func checkDistance(_ sent: Int, _ worked: Int) {
        if sent < 0 || sent > 4_000 { refuse("221", "Distance") }
        if bill.integer("fromPincode") == bill.integer("toPincode") {
            if !(1...(subSupply == 10 ? 300 : 100)).contains(sent) { refuse("721", "Distance within one PIN") }
        } else if sent * 10 > worked * 11 {
            refuse("702", "Distance is more than a tenth above the computed \(worked) km")
        }
    }

    private mutating func checkTransport(_ today: LegalDate) {
        if let id = bill.text("transporterId"), (try? Gstin(id)) == nil { refuse("223", "Transporter id") }
        let (vehicle, document) = (bill.text("vehicleNo"), bill.text("transDocNo"))
        let mode = bill.text("transMode")
        if vehicle == nil, document == nil {
            if bill.text("transporterId") == nil { refuse("619", "Transporter id is needed for Part A") }
            return
        }
        guard let mode, ["1", "2", "3", "4"].contains(mode) else {
            refuse(mode == nil ? "621" : "220", "Transport mode")
            return
        }
        if mode == "1", vehicle.map(VehicleNumber.fits) != true { refuse("225", "Vehicle number") }
        if mode == "2" || mode == "3", document == nil { refuse("394", "Transport document") }
        if bill.text("vehicleType")?.uppercased() == "O", mode == "2" || mode == "3" { refuse("361", "Vehicle type") }
        if bill.text("vehicleType")?.uppercased() == "R", mode == "4" { refuse("634", "Ship is no regular vehicle") }
        if let date = bill.text("transDocDate").flatMap({ NicTime.date($0) }),
            let documentDate = bill.text("docDate").flatMap({ NicTime.date($0) }), date < documentDate
        {
            refuse("362", "Transport date is before the document")
        }
    }

    private mutating func checkItems() {
        let items = bill.items("itemList")
        if items.isEmpty { refuse("233", "No items") }
        if items.count > 250 { refuse("233", "More than 250 items") }
        var hasGoods = false
        for item in items {
            let hsn = item.text("hsnCode") ?? ""
            if ![4, 6, 8].contains(hsn.utf8.count) || Int(hsn) == nil { refuse("216", "HSN") }
            if !hsn.hasPrefix("99") { hasGoods = true }
            if item["taxableAmount"]?.decimal == nil { refuse("234", "Amount is missing") }
            if let unit = item.text("qtyUnit"), !InvoiceRefusals.units.contains(unit.uppercased()) {
                refuse("217", "Unit")
            }
        }
        if !items.isEmpty, !hasGoods { refuse("724", "No goods") }
    }

    private mutating func checkTotals() {
        let parts = [
            "totalValue", "cgstValue", "sgstValue", "igstValue", "cessValue", "cessNonAdvolValue", "otherValue",
        ]
        let sum = parts.reduce(Decimal(0)) { $0 + bill.decimal($1) }
        if bill.at("totInvValue") == nil { refuse("234", "Amount is missing") }
        if bill.decimal("totInvValue") < sum - 2 { refuse("620", "Total is below the sum of its parts") }
        if isWithinState, bill.decimal("igstValue") > 0, supply == "O", subSupply == 1 { refuse("623", "IGST") }
        if !isWithinState, bill.decimal("cgstValue") > 0 { refuse("624", "CGST between states") }
    }
}
