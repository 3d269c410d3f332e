import Domain
import Testing

@Suite struct InvoiceRuleTests {
    private static let export = InvoiceSamples.integrated(.exportWithPayment, buyer: InvoiceSamples.abroad)
    private static let sez = InvoiceSamples.integrated(
        .sezWithPayment, buyer: InvoiceSamples.buyer(InvoiceSamples.tamilNadu, 602_117))
    private static let deemed = InvoiceSamples.integrated(
        .deemedExport, buyer: InvoiceSamples.buyer(InvoiceSamples.tamilNadu, 602_117))

    static let shapes: [InvoiceCase] = [
        InvoiceCase("Version", "5002") { $0.version = "1.03" },
        InvoiceCase("TranDtls.TaxSch", "5002") { $0.transaction.taxScheme = "VAT" },
        InvoiceCase("TranDtls.SupTyp", "5002") { $0.transaction.supplyType = "B2C" },
        InvoiceCase("TranDtls.RegRev", "2159") { $0.transaction.reverseCharge = "X" },
        InvoiceCase("DocDtls.Typ", "2161") { $0.document.type = "BIL" },
        InvoiceCase("DocDtls.No", "5002") { $0.document.number = "/41" },
        InvoiceCase("DocDtls.No", "5002") { $0.document.number = "041" },
        InvoiceCase("DocDtls.No", "5002") { $0.document.number = "ABCDEFGHIJKLMNOPQ" },
        InvoiceCase("DocDtls.Dt", "2144") { $0.document.date = "2026-11-22" },
        InvoiceCase("DocDtls.Dt", "2144") { $0.document.date = "31/11/2026" },
        InvoiceCase("SellerDtls.Gstin", "2155") { $0.seller.gstin = nil },
        InvoiceCase("SellerDtls.LglNm", "5002") { $0.seller.legalName = "AB" },
        InvoiceCase("SellerDtls.LglNm", "5002") { $0.seller.legalName = "The \"Best\" Metals" },
        InvoiceCase("SellerDtls.Ph", "5002") { $0.seller.phone = "080-2200" },
        InvoiceCase("SellerDtls.Em", "5002") { $0.seller.mail = "nobody" },
        InvoiceCase("SellerDtls.Pin", "2215") { $0.seller.pin = nil },
        InvoiceCase("SellerDtls.Pin", "5002") { $0.seller.pin = 99_999 },
        InvoiceCase("BuyerDtls.Pos", "5002") { $0.buyer.placeOfSupply = "00" },
        InvoiceCase("BuyerDtls.LglNm", "2216") { $0.buyer.legalName = nil },
        InvoiceCase("BuyerDtls", "2214") { $0.buyer = Party() },
        InvoiceCase("ItemList", "2228") { $0.items = [] },
        InvoiceCase("ItemList[0].HsnCd", "2176") { $0.items[0].hsnCode = "0000" },
        InvoiceCase("ItemList[1].IsServc", "5002") { $0.items[1].serviceFlag = nil },
        InvoiceCase("ItemList[0].Qty", "5002") { $0.items[0].quantity = ExactDecimal(thousandths: 10_000_000_000_000) },
        InvoiceCase("ItemList[0].AssAmt", "5002") { $0.items[0].assessableAmount = ExactDecimal("12500.005") },
        InvoiceCase("ItemList[0].IgstAmt", "5002") { $0.items[0].igst = -1 },
        InvoiceCase("ItemList[0].BchDtls.Nm", "5002") { $0.items[0].batch = BatchDetails() },
        InvoiceCase("ValDtls.RndOffAmt", "5002") { $0.totals.roundOff = 100 },
        InvoiceCase("ValDtls", "5002") { $0.totals = InvoiceTotals() },
        InvoiceCase("EwbDtls.Distance", "4013", on: InvoiceSamples.withTransport) { $0.eWayBill?.distance = 4_001 },
    ]

    static let header: [InvoiceCase] = [
        InvoiceCase("TranDtls.RegRev", "2162", on: export) { $0.transaction.reverseCharge = "Y" },
        InvoiceCase("TranDtls.RegRev", "2162", .warning, on: sez) { $0.transaction.reverseCharge = "Y" },
        InvoiceCase(
            "TranDtls.RegRev", "2162", on: sez, settings: InvoiceCase.settings { $0.allowsReverseChargeToSez = false }
        ) {
            $0.transaction.reverseCharge = "Y"
        },
        InvoiceCase("TranDtls.IgstOnIntra", "2262", on: InvoiceSamples.inter) { $0.transaction.igstOnIntra = "Y" },
        InvoiceCase("TranDtls.EcmGstin", "2169") { $0.transaction.ecommerceGstin = "29AAKCP1234L1Z5" },
        InvoiceCase("DocDtls.No", nil, .warning) { $0.document.number = "pn/41" },
        InvoiceCase("DocDtls.Dt", "2163") { $0.document.date = "23/11/2026" },
        InvoiceCase("DocDtls.Dt", "2163") { $0.document.date = "30/09/2020" },
        InvoiceCase("DocDtls.Dt", "2305") { $0.document.date = "22/10/2026" },
        InvoiceCase("RefDtls.DocPerdDtls.InvEndDt", "2219") {
            $0.references = References()
            $0.references?.period = DocumentPeriod()
            $0.references?.period?.start = "02/11/2026"
            $0.references?.period?.end = "01/11/2026"
        },
        InvoiceCase("RefDtls.PrecDocDtls[0].InvDt", "2218") {
            var preceding = PrecedingDocument()
            preceding.number = "PN/1"
            preceding.date = "01/12/2026"
            $0.references = References()
            $0.references?.precedingDocuments = [preceding]
        },
        InvoiceCase(
            "RefDtls.PrecDocDtls", "2191", on: InvoiceSamples.creditNote,
            settings: InvoiceCase.settings {
                $0.needsPrecedingDocument = true
            }
        ) { _ in },
    ]

    static let parties: [InvoiceCase] = [
        InvoiceCase("BuyerDtls.Gstin", "2211") { $0.buyer.gstin = $0.seller.gstin },
        InvoiceCase("SellerDtls.Gstin", "3030") { $0.seller.gstin = "29AAKCP1234L1Z5" },
        InvoiceCase("BuyerDtls.Gstin", "3030") { $0.buyer.gstin = "29AAKCP1243L1Z4" },
        InvoiceCase("BuyerDtls.Gstin", nil, .warning) { $0.buyer.gstin = "2917UNO00157UNO" },
        InvoiceCase("SellerDtls.Stcd", "2258") { $0.seller.stateCode = "27" },
        InvoiceCase("BuyerDtls.Stcd", "2265") { $0.buyer.stateCode = "33" },
        InvoiceCase("SellerDtls.Stcd", "2258") { $0.seller.stateCode = "55" },
        InvoiceCase("SellerDtls.Pin", "3039", .warning) { $0.seller.pin = 400_001 },
        InvoiceCase("SellerDtls.Pin", "3039", settings: InvoiceCase.settings { $0.pinPrefixes = .error }) {
            $0.seller.pin = 400_001
        },
        InvoiceCase("BuyerDtls.Pin", "3039") { $0.buyer.pin = 999_999 },
        InvoiceCase("BuyerDtls.Pin", "2244") { $0.buyer.pin = nil },
        InvoiceCase("BuyerDtls.Gstin", "2212") { $0.buyer.gstin = "URP" },
        InvoiceCase("BuyerDtls.Gstin", "2171", on: deemed) { $0.buyer.gstin = "URP" },
        InvoiceCase("BuyerDtls.Gstin", "2247", on: sez) { $0.buyer.gstin = "URP" },
        InvoiceCase("BuyerDtls.Gstin", "2248", on: export) { $0.buyer.gstin = InvoiceSamples.tamilNadu },
        InvoiceCase("BuyerDtls.Stcd", "2265", on: export) { $0.buyer.stateCode = "33" },
        InvoiceCase("BuyerDtls.Pos", "2229", on: export) { $0.buyer.placeOfSupply = "29" },
        InvoiceCase("BuyerDtls.Pos", "2232") { $0.buyer.placeOfSupply = "96" },
        InvoiceCase("BuyerDtls.Pos", "2242") { $0.buyer.placeOfSupply = "77" },
        InvoiceCase("ShipDtls.Stcd", "2236", on: export) {
            $0.shipTo = InvoiceSamples.party("URP", 999_999, "Harbour Store")
            $0.shipTo?.stateCode = "96"
        },
        InvoiceCase("ShipDtls.Stcd", "2245", .warning) {
            $0.shipTo = InvoiceSamples.party(InvoiceSamples.maharashtra, 411_001, "Deodar Works")
        },
        InvoiceCase("DispDtls.Stcd", "2200") {
            $0.dispatch = DispatchDetails()
            $0.dispatch?.stateCode = "61"
        },
        InvoiceCase(
            "ShipDtls.TrdNm", "2324", on: InvoiceSamples.withTransport,
            settings: InvoiceCase.settings {
                $0.needsShipToGstin = true
            }
        ) { $0.shipTo = InvoiceSamples.party(InvoiceSamples.maharashtra, 411_001, "Deodar Works") },
    ]

    static let items: [InvoiceCase] = [
        InvoiceCase("ItemList", "2173", settings: InvoiceCase.settings { $0.mostItems = 1 }) { _ in },
        InvoiceCase("ItemList[1].SlNo", "2233") { $0.items[1].serialNumber = "01" },
        InvoiceCase("ItemList[0].HsnCd", "2176") { $0.items[0].hsnCode = "74122" },
        InvoiceCase("ItemList[0].HsnCd", "2176") { $0.items[0].hsnCode = "7412" },
        InvoiceCase("ItemList[0].HsnCd", "2199") { $0.items[0].hsnCode = "998719" },
        InvoiceCase("ItemList[1].HsnCd", "2199") { $0.items[1].hsnCode = "741220" },
        InvoiceCase("ItemList[0].Unit", "2177") { $0.items[0].unit = "CRT" },
        InvoiceCase("ItemList[0].Unit", "2239") { $0.items[0].unit = nil },
        InvoiceCase("ItemList[0].Qty", "2238") { $0.items[0].quantity = nil },
        InvoiceCase("ItemList[0].GstRt", "2240") { $0.items[0].gstRate = 19 },
        InvoiceCase("ItemList[0].GstRt", "2240", .warning) { $0.items[0].gstRate = 40 },
        InvoiceCase("ItemList[0].GstRt", "2240") {
            $0.document.date = "21/09/2025"
            $0.items[0].gstRate = 40
        },
        InvoiceCase("ItemList[0].AssAmt", "2193") { $0.items[0].discount = 25 },
        InvoiceCase("ItemList[0].IgstAmt", "2172") { $0.items[0].igst = 2_250 },
        InvoiceCase("ItemList[0].CgstAmt", "2241") {
            $0.items[0].cgst = nil
            $0.items[0].sgst = nil
        },
        InvoiceCase("ItemList[0].SgstAmt", "2227") { $0.items[0].sgst = InvoiceSamples.amount("1125.01") },
        InvoiceCase("ItemList[0].CgstAmt", "2234", .warning) {
            $0.items[0].cgst = InvoiceSamples.amount("1125.02")
            $0.items[0].sgst = InvoiceSamples.amount("1125.02")
        },
        InvoiceCase("ItemList[0].CgstAmt", "2234") {
            $0.items[0].cgst = InvoiceSamples.amount("1126.01")
            $0.items[0].sgst = InvoiceSamples.amount("1126.01")
        },
        InvoiceCase("ItemList[0].CgstAmt", "2174", on: InvoiceSamples.inter) { $0.items[0].cgst = 1_125 },
        InvoiceCase("ItemList[0].CgstAmt", "2237", on: sez) { $0.items[0].cgst = 1_125 },
        InvoiceCase("ItemList[0].CgstAmt", "2180", on: export) { $0.items[0].cgst = 1_125 },
        InvoiceCase("ItemList[0].CgstAmt", "2263") { $0.transaction.igstOnIntra = "Y" },
        InvoiceCase("ItemList[0].IgstAmt", "2235", on: InvoiceSamples.inter) { $0.items[0].igst = 2_200 },
        InvoiceCase("ItemList[0].IgstAmt", "2235", on: sez) { $0.items[0].igst = nil },
        InvoiceCase("ItemList[0].CesAmt", "2266", on: InvoiceSamples.cesses) { $0.items[0].cess = 600 },
        InvoiceCase("ItemList[0].StateCesAmt", "2267", on: InvoiceSamples.cesses) { $0.items[0].stateCess = 100 },
        InvoiceCase("ItemList[0].TotItemVal", "2194") { $0 = InvoiceSamples.taxLeftOut($0, keepsTax: true) },
    ]

    static let totals: [InvoiceCase] = [
        InvoiceCase("ValDtls.AssVal", "2182") { $0.totals.assessable = 13_000 },
        InvoiceCase("ValDtls.SgstVal", "2183") { $0.totals.sgst = nil },
        InvoiceCase("ValDtls.CgstVal", "2184") { $0.totals.cgst = 1_125 },
        InvoiceCase("ValDtls.IgstVal", "2185", on: InvoiceSamples.inter) { $0.totals.igst = 2_250 },
        InvoiceCase("ValDtls.CesVal", "2186", on: InvoiceSamples.cesses) { $0.totals.cess = 625 },
        InvoiceCase("ValDtls.StCesVal", "2187", on: InvoiceSamples.cesses) { $0.totals.stateCess = 125 },
        InvoiceCase("ValDtls.TotInvVal", "2189") { $0.totals.roundOff = 5 },
        InvoiceCase("ValDtls.TotInvVal", "2189", .warning) { $0.totals.roundOff = InvoiceSamples.amount("0.5") },
        InvoiceCase("ValDtls.Discount", "2220") { $0.totals.discount = 15_930 },
    ]

    static let transport: [InvoiceCase] = [
        InvoiceCase("EwbDtls", "2252", on: InvoiceSamples.creditNote) { $0.eWayBill = TransportDetails() },
        InvoiceCase("EwbDtls", "2251", on: InvoiceSamples.withTransport) { $0.items.removeFirst() },
        InvoiceCase("ShipDtls", "4031", on: export) { $0.eWayBill = InvoiceSamples.withTransport.eWayBill },
        InvoiceCase("EwbDtls.TransMode", "4028", on: InvoiceSamples.withTransport) { $0.eWayBill?.mode = nil },
        InvoiceCase("EwbDtls.VehNo", "4011", on: InvoiceSamples.withTransport) { $0.eWayBill?.vehicleNumber = nil },
        InvoiceCase("EwbDtls.VehNo", "4014", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.vehicleNumber = "KA-05-1"
        },
        InvoiceCase("EwbDtls.VehType", "4022", on: InvoiceSamples.withTransport) { $0.eWayBill?.vehicleType = nil },
        InvoiceCase("EwbDtls.TransDocNo", "4012", on: InvoiceSamples.withTransport) { $0.eWayBill?.mode = "2" },
        InvoiceCase("EwbDtls.TransDocDt", "4023", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.mode = "3"
            $0.eWayBill?.documentNumber = "AWB-7"
        },
        InvoiceCase("EwbDtls.TransDocNo", "4040", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.mode = "4"
            $0.eWayBill?.vehicleNumber = nil
        },
        InvoiceCase("EwbDtls.VehType", "4024", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.mode = "2"
            $0.eWayBill?.vehicleType = "O"
        },
        InvoiceCase("EwbDtls.TransDocDt", "4016", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.documentDate = "23/11/2026"
        },
        InvoiceCase("EwbDtls.TransDocDt", "4021", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.documentDate = "21/11/2026"
        },
        InvoiceCase("EwbDtls.Distance", "4029", on: InvoiceSamples.withTransport) { $0.buyer.pin = $0.seller.pin },
        InvoiceCase("EwbDtls.TransId", "4018", on: InvoiceSamples.withTransport) {
            $0.eWayBill?.transporterId = "29AAACB1234A1Z0"
        },
        InvoiceCase("EwbDtls.TransId", nil, .warning, on: InvoiceSamples.withTransport) {
            $0.eWayBill?.transporterId = "88AAACB1234A1Z0"
        },
        InvoiceCase("EwbDtls.TransId", "4019", on: InvoiceSamples.withTransport) {
            $0.eWayBill = TransportDetails()
            $0.eWayBill?.distance = 10
            $0.eWayBill?.transporterName = "Swift Carriers"
        },
    ]

    @Test(arguments: shapes) func aFieldOfAnotherShapeIsNamed(rule: InvoiceCase) { rule.check(InvoiceRules.check) }
    @Test(arguments: header) func headerRulesAreHeld(rule: InvoiceCase) { rule.check(InvoiceRules.check) }
    @Test(arguments: parties) func partyRulesAreHeld(rule: InvoiceCase) { rule.check(InvoiceRules.check) }
    @Test(arguments: items) func itemRulesAreHeld(rule: InvoiceCase) { rule.check(InvoiceRules.check) }
    @Test(arguments: totals) func sumsAreHeld(rule: InvoiceCase) { rule.check(InvoiceRules.check) }
    @Test(arguments: transport) func transportRulesAreHeld(rule: InvoiceCase) { rule.check(InvoiceRules.check) }

    @Test func aDayOfAnotherFormIsToldAsItShouldBeWritten() {
        var invoice = InvoiceSamples.intra
        for (text, wanted) in [("20-11-2026", "20/11/2026"), ("2026-11-20", "20/11/2026"), ("5-1-2026", "05/01/2026")] {
            invoice.document.date = text
            let finding = InvoiceRules.check(invoice, on: InvoiceSamples.day).first { $0.path == "DocDtls.Dt" }
            #expect(finding?.remedy == "Write \(wanted)" && finding?.code == "2144", "\(text)")
        }
        for text in ["31/02/2026", "31-02-2026", "2026-02-30", "0/0/2026"] {
            invoice.document.date = text
            let finding = InvoiceRules.check(invoice, on: InvoiceSamples.day).first { $0.path == "DocDtls.Dt" }
            #expect(finding?.problem == "is \(text), and there is no such day" && finding?.code == "2144")
            #expect(finding?.remedy == "Write a day that exists")
        }
        invoice.document.date = "20th Nov"
        let finding = InvoiceRules.check(invoice, on: InvoiceSamples.day).first { $0.path == "DocDtls.Dt" }
        #expect(finding?.remedy == "Write a day written dd/MM/yyyy")
    }

    @Test func whatATerminalWouldObeyIsNamedWithItsField() {
        var invoice = InvoiceSamples.intra
        invoice.buyer.legalName = "Bela\u{1B}[2J Stores"
        let findings = InvoiceRules.check(invoice, on: InvoiceSamples.day)
        #expect(findings.map(\.path) == ["BuyerDtls.LglNm"] && findings.first?.severity == .warning)
        #expect(findings.first?.problem == "has a character that is no text, U+001B: Bela\\u{1b}[2J Stores")
        invoice.buyer.legalName = "बेला स्टोर्स ‌& Co"
        #expect(InvoiceRules.check(invoice, on: InvoiceSamples.day).isEmpty)
    }
}
