import Domain
import Testing

@Suite struct DocumentNumberTests {
    private func source(_ number: String, _ date: String, registered: String? = nil) throws -> IrnSource {
        IrnSource(
            sellerGstin: InvoiceSamples.karnataka, documentType: "INV", documentNumber: number,
            date: try #require(LegalDate(date)), registered: try registered.map { try #require(LegalDate($0)) })
    }

    @Test(arguments: [
        ("2021-06-02", "2021-22"), ("2022-03-31", "2021-22"), ("2022-04-01", "2022-23"), ("2000-01-01", "1999-00"),
    ])
    func theYearRunsFromAprilToMarch(date: String, year: String) throws {
        #expect(try source("A1", date).text == "29AAKCP1234L1Z4\(year)INVA1")
    }

    @Test func numbersCountInCapitalsSinceJune2025() throws {
        #expect(try source("abc/1", "2026-11-22") == source("ABC/1", "2026-11-22"))
        #expect(try source("g2qxhY", "2022-06-01", registered: "2025-05-31").documentNumber == "g2qxhY")
        #expect(try source("g2qxhY", "2025-05-30", registered: "2025-06-01").documentNumber == "G2QXHY")
    }

    @Test func anInvoiceWithoutItsPartsHasNoSource() {
        var invoice = InvoiceSamples.intra
        #expect(IrnSource(invoice)?.text == "29AAKCP1234L1Z42026-27INVPN/26-27/0041")
        invoice.document.date = "soon"
        #expect(IrnSource(invoice) == nil)
    }
}
