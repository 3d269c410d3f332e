import Domain
import Testing

@Suite struct InvoiceSettingsTests {
    private func codes(_ invoice: Invoice, _ settings: InvoiceSettings) -> [String] {
        InvoiceRules.check(invoice, on: InvoiceSamples.day, settings).map { "\($0.severity.rawValue) \($0.code ?? "")" }
    }

    @Test(arguments: [
        (Tolerance.floorAndCeiling, "1216.40", "error 2184"), (.floorAndCeiling, "1216.00", "warning 2184"),
        (.one, "1216.00", "warning 2184"), (.one, "1216.01", "error 2184"), (.oneAndTwo, "1217.00", "warning 2184"),
        (.oneAndTwo, "1217.01", "error 2184"),
    ])
    func theToleranceOfTotalsIsASetting(tolerance: Tolerance, sent: String, said: String) {
        var settings = InvoiceSettings()
        settings.tolerance = tolerance
        var invoice = InvoiceSamples.intra
        invoice.totals.cgst = InvoiceSamples.amount(sent)
        #expect(codes(invoice, settings) == [said])
    }

    @Test func floorAndCeilingReachFartherThanOneRupee() {
        // 12499.00 at 18 percent is 2249.82: floor - 1 is 2248, and 1.82 away.
        var invoice = InvoiceSamples.inter
        invoice.items[0].discount = 6
        invoice.items[0].assessableAmount = 12_499
        invoice.items[0].igst = 2_248
        invoice.items[0].itemTotal = 14_747
        invoice.totals.assessable = 13_499
        invoice.totals.igst = 2_428
        invoice.totals.invoiceTotal = 15_927
        var settings = InvoiceSettings()
        #expect(codes(invoice, settings) == ["warning 2235"])
        settings.tolerance = .one
        #expect(codes(invoice, settings) == ["error 2235"])
    }

    @Test func aFirmWithoutALimitMayReportLate() {
        var settings = InvoiceSettings()
        settings.reportingDays = nil
        var invoice = InvoiceSamples.intra
        invoice.document.date = "01/06/2026"
        #expect(codes(invoice, settings) == [])
        settings.reportingDays = 30
        #expect(codes(invoice, settings) == ["error 2305"])
        settings.unlimitedSellers = [invoice.seller.gstin.map { String($0.dropFirst(2).prefix(10)) } ?? ""]
        #expect(codes(invoice, settings) == [])
        settings.unlimitedSellers = ["AABCT7788N"]
        #expect(codes(invoice, settings) == ["error 2305"])
        invoice.document.date = "23/10/2026"
        #expect(codes(invoice, settings) == [])
    }

    @Test func fourDigitsDoForASmallFirm() {
        var settings = InvoiceSettings()
        settings.leastHsnDigits = 4
        var invoice = InvoiceSamples.intra
        invoice.items[0].hsnCode = "7412"
        #expect(codes(invoice, settings) == [])
    }

    @Test func turnoverDecidesWhoIsBoundAndHowSoon() throws {
        let before = try #require(LegalDate("2023-07-31"))
        let after = try #require(LegalDate("2023-08-01"))
        #expect(!EInvoiceScope.isBound(turnoverCrore: 6, on: before))
        #expect(EInvoiceScope.isBound(turnoverCrore: 6, on: after))
        #expect(!EInvoiceScope.isBound(turnoverCrore: 5, on: after))
        #expect(!EInvoiceScope.isBound(turnoverCrore: 900, exemption: .bank, on: after))
        #expect(EInvoiceScope.reportingDays(turnoverCrore: 10, on: after) == nil)
        #expect(EInvoiceScope.reportingDays(turnoverCrore: 10, on: try #require(LegalDate("2025-04-01"))) == 30)
        #expect(EInvoiceScope.reportingDays(turnoverCrore: 100, on: try #require(LegalDate("2023-11-01"))) == 30)
    }

    @Test func anInvoiceWithNothingInItIsToldWhatItNeeds() {
        let findings = InvoiceRules.check(Invoice(), on: InvoiceSamples.day)
        #expect(
            findings.filter(\.isMissing).map(\.path) == [
                "Version", "TranDtls", "DocDtls", "SellerDtls", "BuyerDtls", "ItemList", "ValDtls",
            ])
    }
}
