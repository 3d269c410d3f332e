import Domain
import Testing

@Suite struct EWayBillRuleTests {
    static let document: [BillCase] = [
        BillCase("supplyType", "201") { $0.supplyType = "X" },
        BillCase("subSupplyType", "202") { $0.subSupplyType = "13" },
        BillCase("subSupplyType", "202") { $0.subSupplyType = "2" },
        BillCase("docType", "204") { $0.documentType = nil },
        BillCase("docType", "205") { $0.documentType = "CHL" },
        BillCase("docType", "205", on: EWayBillSamples.jobWork) { $0.documentType = "INV" },
        BillCase("docType", "720", settings: BillCase.settings { $0.registersInvoices = true }) { _ in },
        BillCase("subSupplyDesc", "377", on: EWayBillSamples.jobWork) { $0.subSupplyType = "8" },
        BillCase("toGstin", "611", on: EWayBillSamples.jobWork) { $0.subSupplyType = "10" },
        BillCase("docNo", "206") { $0.documentNumber = "12345678901234567" },
        BillCase("docDate", "207") { $0.documentDate = "22-11-2026" },
        BillCase("docDate", "207") { $0.documentDate = "23/11/2026" },
        BillCase("docDate", "820") { $0.documentDate = "25/05/2026" },
        BillCase("docDate", "819") { $0.documentDate = "30/06/2017" },
        BillCase("userGstin", "358", settings: BillCase.settings { $0.loginGstin = InvoiceSamples.karnataka }) {
            $0.userGstin = InvoiceSamples.tamilNadu
        },
        BillCase("fromGstin", "359") { $0.userGstin = InvoiceSamples.maharashtra },
        BillCase("toGstin", "360") {
            $0.supplyType = "I"
            $0.userGstin = InvoiceSamples.karnataka
        },
    ]

    static let parties: [BillCase] = [
        BillCase("fromGstin", "208") { $0.from.gstin = "29AAKCP1234L1Z5" },
        BillCase("toGstin", "212") { $0.to.gstin = nil },
        BillCase("fromStateCode", "211") { $0.from.stateCode = 27 },
        BillCase("toStateCode", "215") { $0.to.stateCode = 60 },
        BillCase("fromPincode", "210") { $0.from.pin = nil },
        BillCase("fromPincode", "421", .warning) { $0.from.pin = 411_014 },
        BillCase("fromPincode", "421", settings: BillCase.settings { $0.pinPrefixes = .error }) {
            $0.from.pin = 411_014
        },
        BillCase("toPincode", "372") { $0.to.pin = 999_999 },
        BillCase("toStateCode", "371") { $0.subSupplyType = "3" },
        BillCase("fromStateCode", "373") {
            $0.supplyType = "I"
            $0.subSupplyType = "2"
            $0.documentType = "BOE"
        },
        BillCase("actFromStateCode", "643") { $0.from.actualStateCode = 33 },
        BillCase("actToStateCode", "644") { $0.to.actualStateCode = 33 },
        BillCase("dispatchFromGSTIN", "607") { $0.dispatchFrom.gstin = InvoiceSamples.tamilNadu },
        BillCase("shipToGSTIN", "607") { $0.shipTo.gstin = InvoiceSamples.tamilNadu },
        BillCase("transactionType", "607") { $0.transactionType = 5 },
    ]

    static let items: [BillCase] = [
        BillCase("itemList", "233") { $0.items = [] },
        BillCase("itemList", "233", settings: BillCase.settings { $0.mostItems = 0 }) { _ in },
        BillCase("itemList", "724") { $0.items[0].hsnCode = "998719" },
        BillCase("itemList[0].hsnCode", "282") { $0.items[0].hsnCode = "741" },
        BillCase("itemList[0].qtyUnit", "217") { $0.items[0].unit = "CRT" },
        BillCase("itemList[0].taxableAmount", "234") { $0.items[0].taxableAmount = nil },
        BillCase("itemList[0].igstRate", "219") { $0.items[0].igstRate = 17 },
        BillCase("itemList[0].cgstRate", "218", on: EWayBillSamples.jobWork) {
            $0.items[0].cgstRate = 8
            $0.items[0].sgstRate = 8
        },
        BillCase("itemList[0].sgstRate", "218", on: EWayBillSamples.jobWork) { $0.items[0].sgstRate = 6 },
        BillCase("itemList[0].cgstRate", "624") { $0.items[0].cgstRate = 9 },
        BillCase("itemList[0].igstRate", "623", .warning, on: EWayBillSamples.jobWork) { $0.items[0].igstRate = 18 },
        BillCase("totInvValue", "620") { $0.totals.invoice = InvoiceSamples.amount("14747.99") },
        BillCase("totInvValue", "620", .warning) { $0.totals.invoice = 14_748 },
        BillCase("totInvValue", "620", .warning) { $0.totals.invoice = 15_000 },
        BillCase("totalValue", nil, .warning) { $0.totals.taxable = 12_499 },
    ]

    static let transport: [BillCase] = [
        BillCase("transMode", "220") { $0.transport.mode = "5" },
        BillCase("transMode", "621") { $0.transport.mode = "" },
        BillCase("transporterId", "619") { $0.transport = TransportDetails() },
        BillCase("transDistance", "221") { $0.transport.distance = 4_001 },
        BillCase("transDistance", "721") { $0.to.pin = $0.from.pin },
        BillCase("vehicleNo", "226") { $0.transport.vehicleNumber = "" },
        BillCase("vehicleNo", "225") { $0.transport.vehicleNumber = "KA5MH2211" },
        BillCase("vehicleType", "361") { $0.transport.vehicleType = nil },
        BillCase("transDocNo", "394") { $0.transport.mode = "3" },
        BillCase("transDocDate", "362") { $0.transport.documentDate = "21/11/2026" },
        BillCase("transDocDate", "224") { $0.transport.documentDate = "23/11/2026" },
    ]

    @Test(arguments: document) func documentRulesAreHeld(rule: BillCase) { rule.check(EWayBillRules.check) }
    @Test(arguments: parties) func partyRulesAreHeld(rule: BillCase) { rule.check(EWayBillRules.check) }
    @Test(arguments: items) func itemRulesAreHeld(rule: BillCase) { rule.check(EWayBillRules.check) }
    @Test(arguments: transport) func transportRulesAreHeld(rule: BillCase) { rule.check(EWayBillRules.check) }

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
