import FoundationEssentials

/// The sums of an invoice as an IRP checks them: what is sent may lie between the floor of what is worked out less one
/// and its ceiling plus one (facts: nic-einvoice-ewb 4.6).
struct InvoiceArithmetic {
    let invoice: JsonTree
    private(set) var reasons: [NicRefusal.Reason] = []

    private var type: String { invoice.text("DocDtls.Typ")?.uppercased() ?? "" }
    private var supply: String { invoice.text("TranDtls.SupTyp")?.uppercased() ?? "" }
    private var isReverse: Bool { invoice.text("TranDtls.RegRev")?.uppercased() == "Y" }
    /// Whether tax may stand in or out of totals.
    private var mayLeaveTaxOut: Bool { isReverse || supply == "EXPWP" }

    init(_ invoice: JsonTree) {
        self.invoice = invoice
        let items = invoice.items("ItemList")
        for item in items { check(item) }
        checkTotals(items)
    }

    /// Whether the supply stays in one state and carries CGST and SGST.
    static func isIntra(_ invoice: JsonTree) -> Bool {
        let supply = invoice.text("TranDtls.SupTyp")?.uppercased() ?? ""
        guard supply == "B2B" || supply == "DEXP", invoice.text("TranDtls.IgstOnIntra")?.uppercased() != "Y" else {
            return false
        }
        return number(invoice.text("SellerDtls.Stcd")) == number(invoice.text("BuyerDtls.Pos"))
    }

    private static func number(_ text: String?) -> Int? { text.flatMap { Int($0) } }

    private mutating func refuse(_ code: String, _ message: String) {
        if !reasons.contains(where: { $0.code == code }) {
            reasons.append(NicRefusal.Reason(code: code, message: message))
        }
    }

    private static func isNear(_ sent: Decimal, _ worked: Decimal) -> Bool {
        // The whole part; below zero the floor is one less.
        let whole = worked.description.split(separator: ".").first.flatMap { Decimal(string: String($0)) } ?? worked
        let floor = whole > worked ? whole - 1 : whole
        let ceiling = floor == worked ? floor : floor + 1
        return sent >= floor - 1 && sent <= ceiling + 1
    }

    private mutating func check(_ item: JsonTree) {
        let taxable = item.decimal("AssAmt")
        if !Self.isNear(taxable, item.decimal("TotAmt") - item.decimal("Discount")) {
            refuse("2193", "Assessable value is not the amount less the discount")
        }
        let (cgst, sgst, igst) = (item.decimal("CgstAmt"), item.decimal("SgstAmt"), item.decimal("IgstAmt"))
        let rate = item.decimal("GstRt")
        let isFree = supply.hasSuffix("WOP") && igst == 0
        if type == "INV", !isFree {
            if Self.isIntra(invoice) {
                if cgst != sgst { refuse("2227", "SGST and CGST differ") }
                if igst != 0 { refuse("2172", "IGST in a supply within one state") }
                if !Self.isNear(cgst, taxable * rate / 200) { refuse("2234", "CGST or SGST does not fit the rate") }
            } else {
                if cgst != 0 || sgst != 0 { refuse("2174", "CGST or SGST in a supply between states") }
                if !Self.isNear(igst, taxable * rate / 100) { refuse("2235", "IGST does not fit the rate") }
            }
            if !Self.isNear(item.decimal("CesAmt"), taxable * item.decimal("CesRt") / 100) {
                refuse("2266", "Cess does not fit its rate")
            }
            if !Self.isNear(item.decimal("StateCesAmt"), taxable * item.decimal("StateCesRt") / 100) {
                refuse("2267", "State cess does not fit its rate")
            }
        }
        let cess = ["CesAmt", "CesNonAdvlAmt", "StateCesAmt", "StateCesNonAdvlAmt"].reduce(0) { $0 + item.decimal($1) }
        let whole = taxable + cgst + sgst + igst + cess + item.decimal("OthChrg")
        let sent = item.decimal("TotItemVal")
        if !Self.isNear(sent, whole), !(mayLeaveTaxOut && Self.isNear(sent, whole - cgst - sgst - igst - cess)) {
            refuse("2194", "Item total is not the sum of its parts")
        }
    }

    private mutating func checkTotals(_ items: [JsonTree]) {
        let values = invoice["ValDtls"] ?? .null
        func sum(_ names: String...) -> Decimal {
            items.reduce(0) { total, item in names.reduce(total) { $0 + item.decimal($1) } }
        }
        for (name, worked, code) in [
            ("AssVal", sum("AssAmt"), "2182"), ("SgstVal", sum("SgstAmt"), "2183"),
            ("CgstVal", sum("CgstAmt"), "2184"), ("IgstVal", sum("IgstAmt"), "2185"),
            ("CesVal", sum("CesAmt", "CesNonAdvlAmt"), "2186"),
            ("StCesVal", sum("StateCesAmt", "StateCesNonAdvlAmt"), "2187"),
        ] where !Self.isNear(values.decimal(name), worked) {
            refuse(code, "\(name) is not the sum of the items")
        }
        let extras = values.decimal("OthChrg") + values.decimal("RndOffAmt") - values.decimal("Discount")
        if !Self.isNear(values.decimal("TotInvVal"), sum("TotItemVal") + extras) {
            refuse("2189", "Total invoice value is not the sum of its parts")
        }
        let total = values.decimal("TotInvVal")
        if values.decimal("Discount") > 0, values.decimal("Discount") >= total {
            refuse("2220", "Discount is not below the total")
        }
    }
}
