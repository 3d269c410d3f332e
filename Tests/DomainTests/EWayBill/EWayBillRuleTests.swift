import Domain
import Testing

@Suite struct EWayBillRuleTests {
    /// One change to a good bill, and what must be said of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var code: String?
        var severity: Finding.Severity
        var good: EWayBill
        var settings: EWayBillSettings
        var change: @Sendable (inout EWayBill) -> Void

        init(
            _ path: String, _ code: String?, _ severity: Finding.Severity = .error,
            on good: EWayBill = EWayBillSamples.sale,
            settings: EWayBillSettings = EWayBillSettings(), _ change: @escaping @Sendable (inout EWayBill) -> Void
        ) {
            self.path = path
            self.code = code
            self.severity = severity
            self.good = good
            self.settings = settings
            self.change = change
        }

        var testDescription: String { "\(code ?? "no code") at \(path)" }
    }

    private static func settings(_ change: (inout EWayBillSettings) -> Void) -> EWayBillSettings {
        var settings = EWayBillSettings()
        change(&settings)
        return settings
    }

    static let document: [Case] = [
        Case("supplyType", "201") { $0.supplyType = "X" },
        Case("subSupplyType", "202") { $0.subSupplyType = "13" },
        Case("subSupplyType", "202") { $0.subSupplyType = "2" },
        Case("docType", "204") { $0.documentType = nil },
        Case("docType", "205") { $0.documentType = "CHL" },
        Case("docType", "205", on: EWayBillSamples.jobWork) { $0.documentType = "INV" },
        Case("docType", "720", settings: settings { $0.registersInvoices = true }) { _ in },
        Case("subSupplyDesc", "377", on: EWayBillSamples.jobWork) { $0.subSupplyType = "8" },
        Case("toGstin", "611", on: EWayBillSamples.jobWork) { $0.subSupplyType = "10" },
        Case("docNo", "206") { $0.documentNumber = "12345678901234567" },
        Case("docDate", "207") { $0.documentDate = "22-11-2026" },
        Case("docDate", "207") { $0.documentDate = "23/11/2026" },
        Case("docDate", "820") { $0.documentDate = "25/05/2026" },
        Case("docDate", "819") { $0.documentDate = "30/06/2017" },
        Case("userGstin", "358", settings: settings { $0.loginGstin = InvoiceSamples.karnataka }) {
            $0.userGstin = InvoiceSamples.tamilNadu
        },
        Case("fromGstin", "359") { $0.userGstin = InvoiceSamples.maharashtra },
        Case("toGstin", "360") {
            $0.supplyType = "I"
            $0.userGstin = InvoiceSamples.karnataka
        },
    ]

    static let parties: [Case] = [
        Case("fromGstin", "208") { $0.from.gstin = "29AAKCP1234L1Z5" },
        Case("toGstin", "212") { $0.to.gstin = nil },
        Case("fromStateCode", "211") { $0.from.stateCode = 27 },
        Case("toStateCode", "215") { $0.to.stateCode = 60 },
        Case("fromPincode", "210") { $0.from.pin = nil },
        Case("fromPincode", "421", .warning) { $0.from.pin = 411_014 },
        Case("fromPincode", "421", settings: settings { $0.pinPrefixes = .error }) { $0.from.pin = 411_014 },
        Case("toPincode", "372") { $0.to.pin = 999_999 },
        Case("toStateCode", "371") { $0.subSupplyType = "3" },
        Case("fromStateCode", "373") {
            $0.supplyType = "I"
            $0.subSupplyType = "2"
            $0.documentType = "BOE"
        },
        Case("actFromStateCode", "643") { $0.from.actualStateCode = 33 },
        Case("actToStateCode", "644") { $0.to.actualStateCode = 33 },
        Case("dispatchFromGSTIN", "607") { $0.dispatchFrom.gstin = InvoiceSamples.tamilNadu },
        Case("shipToGSTIN", "607") { $0.shipTo.gstin = InvoiceSamples.tamilNadu },
        Case("transactionType", "607") { $0.transactionType = 5 },
    ]

    static let items: [Case] = [
        Case("itemList", "233") { $0.items = [] },
        Case("itemList", "233", settings: settings { $0.mostItems = 0 }) { _ in },
        Case("itemList", "724") { $0.items[0].hsnCode = "998719" },
        Case("itemList[0].hsnCode", "282") { $0.items[0].hsnCode = "741" },
        Case("itemList[0].qtyUnit", "217") { $0.items[0].unit = "CRT" },
        Case("itemList[0].taxableAmount", "234") { $0.items[0].taxableAmount = nil },
        Case("itemList[0].igstRate", "219") { $0.items[0].igstRate = 17 },
        Case("itemList[0].cgstRate", "218", on: EWayBillSamples.jobWork) {
            $0.items[0].cgstRate = 8
            $0.items[0].sgstRate = 8
        },
        Case("itemList[0].sgstRate", "218", on: EWayBillSamples.jobWork) { $0.items[0].sgstRate = 6 },
        Case("itemList[0].cgstRate", "624") { $0.items[0].cgstRate = 9 },
        Case("itemList[0].igstRate", "623", .warning, on: EWayBillSamples.jobWork) { $0.items[0].igstRate = 18 },
        Case("totInvValue", "620") { $0.totals.invoice = InvoiceSamples.amount("14747.99") },
        Case("totInvValue", "620", .warning) { $0.totals.invoice = 14_748 },
        Case("totInvValue", "620", .warning) { $0.totals.invoice = 15_000 },
        Case("totalValue", nil, .warning) { $0.totals.taxable = 12_499 },
    ]

    static let transport: [Case] = [
        Case("transMode", "220") { $0.transport.mode = "5" },
        Case("transMode", "621") { $0.transport.mode = "" },
        Case("transporterId", "619") { $0.transport = TransportDetails() },
        Case("transDistance", "221") { $0.transport.distance = 4_001 },
        Case("transDistance", "721") { $0.to.pin = $0.from.pin },
        Case("vehicleNo", "226") { $0.transport.vehicleNumber = "" },
        Case("vehicleNo", "225") { $0.transport.vehicleNumber = "KA5MH2211" },
        Case("vehicleType", "361") { $0.transport.vehicleType = nil },
        Case("transDocNo", "394") { $0.transport.mode = "3" },
        Case("transDocDate", "362") { $0.transport.documentDate = "21/11/2026" },
        Case("transDocDate", "224") { $0.transport.documentDate = "23/11/2026" },
    ]

    private func check(_ rule: Case) {
        var bill = rule.good
        rule.change(&bill)
        let findings = EWayBillRules.check(bill, on: EWayBillSamples.day, rule.settings)
        #expect(
            findings.contains { $0.path == rule.path && $0.code == rule.code && $0.severity == rule.severity },
            "found instead: \(findings.map(\.line))")
    }

    @Test(arguments: document) func documentRulesAreHeld(rule: Case) { check(rule) }
    @Test(arguments: parties) func partyRulesAreHeld(rule: Case) { check(rule) }
    @Test(arguments: items) func itemRulesAreHeld(rule: Case) { check(rule) }
    @Test(arguments: transport) func transportRulesAreHeld(rule: Case) { check(rule) }

    @Test func goodBillsAreLeftAlone() {
        for bill in [EWayBillSamples.sale, EWayBillSamples.jobWork] {
            #expect(EWayBillRules.check(bill, on: EWayBillSamples.day).map(\.line) == [])
        }
        var export = EWayBillSamples.sale
        export.subSupplyType = "3"
        export.to.gstin = "URP"
        export.to.stateCode = 96
        export.transport.distance = 350
        export.to.pin = 600_001
        export.to.actualStateCode = 33
        #expect(EWayBillRules.check(export, on: EWayBillSamples.day).map(\.line) == [])
    }

    @Test func lineSalesMayGoFartherWithinOnePin() {
        var bill = EWayBillSamples.jobWork
        bill.subSupplyType = "10"
        bill.to = bill.from
        bill.transport.distance = 300
        #expect(EWayBillRules.check(bill, on: EWayBillSamples.day) == [])
        bill.transport.distance = 301
        #expect(EWayBillRules.check(bill, on: EWayBillSamples.day).map(\.code) == ["721"])
    }
}
