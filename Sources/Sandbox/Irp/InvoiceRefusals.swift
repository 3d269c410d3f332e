import Domain
import FoundationEssentials
import Wire

/// What an IRP refuses in an invoice that fits the schema: parties, states, dates, supplies, items
/// (facts: nic-einvoice-ewb 4.2 to 4.7, 7.2). Our own reading of the facts, apart from the desk's rules.
struct InvoiceRefusals {
    private(set) var reasons: [NicRefusal.Reason] = []
    private let invoice: JsonTree
    private let supply: String
    private let seller: String
    private let buyer: String
    /// Taxpayers that the portal has fetched anew.
    private let synced: Set<String>

    static let units = Set(
        ("BAG BAL BDL BKL BOU BOX BTL BUN CAN CBM CCM CMS CTN DOZ DRM GGK GMS GRS GYD KGS KLR KME LTR MLT MTR MTS NOS "
            + "OTH PAC PCS PRS QTL ROL SET SQF SQM SQY TBS TGM THD TON TUB UGS UNT YDS").split(separator: " ")
            .map(String.init))
    static let rates: Set<Decimal> = Set(
        ["0", "0.1", "0.25", "1", "1.5", "3", "5", "6", "7.5", "12", "18", "28", "40"].compactMap {
            Decimal(string: $0)
        })

    init(_ invoice: JsonTree, caller: String, today: LegalDate, play: NicPlay, synced: Set<String> = []) {
        self.invoice = invoice
        self.synced = synced
        supply = invoice.text("TranDtls.SupTyp")?.uppercased() ?? ""
        seller = invoice.text("SellerDtls.Gstin") ?? ""
        buyer = invoice.text("BuyerDtls.Gstin")?.uppercased() ?? ""
        if seller != caller { refuse("2143", "Supplier is not the GSTIN of the request") }
        checkSupply()
        checkParties()
        checkPlaces()
        checkDates(today, play.reportingDays)
        checkItems()
        reasons += InvoiceArithmetic(invoice).reasons
    }

    private mutating func refuse(_ code: String, _ message: String) {
        if !reasons.contains(where: { $0.code == code }) {
            reasons.append(NicRefusal.Reason(code: code, message: message))
        }
    }

    private var isExport: Bool { supply.hasPrefix("EXP") }

    private mutating func checkSupply() {
        if invoice.text("TranDtls.RegRev")?.uppercased() == "Y", supply != "B2B" {
            refuse("2162", "Reverse charge is for B2B only")
        }
        if isExport, buyer != "URP" { refuse("2248", "Buyer of an export must be URP") }
        if !isExport, buyer == "URP" { refuse("2171", "URP is not allowed for this supply") }
        if supply.hasPrefix("SEZ"), buyer != "URP", !NicMaster.isSez(buyer) { refuse("2247", "Buyer is no SEZ unit") }
        if supply == "B2B", NicMaster.isSez(buyer) { refuse("2246", "Buyer is an SEZ unit") }
        if NicMaster.isSez(seller) { refuse("2231", "Supplier is an SEZ unit") }
        let pos = Self.state(invoice.text("BuyerDtls.Pos"))
        if isExport, pos != "96" { refuse("2229", "Place of supply of an export is 96") }
        if !isExport, pos == "96" { refuse("2232", "Place of supply 96 is for exports") }
        if StateCode.names[pos] == nil { refuse("2242", "Place of supply is no state") }
        if invoice.text("TranDtls.IgstOnIntra")?.uppercased() == "Y",
            Self.state(invoice.text("SellerDtls.Stcd")) != pos
        {
            refuse("2262", "IGST on intra is for supplies within one state")
        }
        if let operatorGstin = invoice.text("TranDtls.EcmGstin"),
            NicMaster.standing(operatorGstin, synced: synced) != .active
        {
            refuse("2169", "E-commerce operator is not registered")
        }
    }

    private mutating func checkParties() {
        if seller == buyer { refuse("2211", "Seller and buyer are the same") }
        for gstin in [seller, buyer] where gstin != "URP" {
            switch NicMaster.standing(gstin, synced: synced) {
            case .active: break
            case .unknown: refuse("3028", "GSTIN \(gstin) is not valid")
            case .cancelled: refuse("3029", "GSTIN \(gstin) is cancelled")
            }
        }
        if Self.state(invoice.text("SellerDtls.Stcd")) != String(seller.prefix(2)) {
            refuse("2258", "State of the seller does not fit its GSTIN")
        }
        if buyer != "URP", Self.state(invoice.text("BuyerDtls.Stcd")) != String(buyer.prefix(2)) {
            refuse("2265", "State of the buyer does not fit its GSTIN")
        }
    }

    private mutating func checkPlaces() {
        if !isExport, invoice.at("BuyerDtls.Pin") == nil { refuse("2244", "PIN of the buyer is missing") }
        for section in ["SellerDtls", "BuyerDtls", "DispDtls", "ShipDtls"] {
            guard let pin = invoice.integer("\(section).Pin"), let state = invoice.text("\(section).Stcd") else {
                continue
            }
            if !PinPrefixes.fits(pin, state: state) { refuse("3039", "PIN of \(section) is not in state \(state)") }
        }
    }

    private mutating func checkDates(_ today: LegalDate, _ reportingDays: Int?) {
        guard let text = invoice.text("DocDtls.Dt"), let date = NicTime.date(text) else { return }
        if date > today { refuse("2218", "Document date is in the future") }
        if let first = LegalDate(year: 2020, month: 10, day: 1), date < first {
            refuse("2163", "Document date is before the IRP began")
        }
        if let reportingDays, today.dayNumber - date.dayNumber > reportingDays {
            refuse("2305", "Document is older than \(reportingDays) days")
        }
        let (from, to) = ("RefDtls.DocPerdDtls.InvStDt", "RefDtls.DocPerdDtls.InvEndDt")
        if let from = invoice.text(from).flatMap({ NicTime.date($0) }),
            let to = invoice.text(to).flatMap({ NicTime.date($0) }), from > to
        {
            refuse("2219", "Period is reversed")
        }
    }

    private mutating func checkItems() {
        var numbers: Set<String> = []
        for item in invoice.items("ItemList") {
            if !numbers.insert(item.text("SlNo") ?? "").inserted { refuse("2233", "Serial number is repeated") }
            let hsn = item.text("HsnCd") ?? ""
            let isService = item.text("IsServc")?.uppercased() == "Y"
            if ![4, 6, 8].contains(hsn.utf8.count) || hsn.hasPrefix("99") != isService {
                refuse("2176", "HSN \(hsn) is not valid")
            }
            if !isService, item.at("Qty") == nil { refuse("2238", "Quantity is missing") }
            if !isService, item.at("Unit") == nil { refuse("2239", "Unit is missing") }
            if let unit = item.text("Unit"), !Self.units.contains(unit.uppercased()) {
                refuse("2177", "Unit \(unit) is not valid")
            }
            if !Self.rates.contains(item.decimal("GstRt")) { refuse("2240", "GST rate is not valid") }
        }
    }

    /// Two digits.
    static func state(_ text: String?) -> String { text.map { $0.count == 1 ? "0\($0)" : $0 } ?? "" }
}
