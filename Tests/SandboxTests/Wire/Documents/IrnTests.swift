import Domain
import Testing
import Wire

/// The two known texts of facts: nic-einvoice-ewb 4.8; the first is an IRN that the portal itself returned and signed.
@Suite struct IrnTests {
    @Test(arguments: [
        (
            "01AMBPG7773M002", "2021-06-02", "SINV-21-B2B-0021",
            "2dcf96dedb78955d5c2cc44a495b9810d2fbd9509fd970b7a7d3a9dd32799547"
        ),
        (
            "01AAAAA9999A19N", "2019-10-01", "ABC01234",
            "353c2677715ae97aa876a37262a38381a75c1d1184f6a803f703bb395971925f"
        ),
    ])
    func knownNumbersAreMet(gstin: String, date: String, number: String, irn: String) throws {
        let source = IrnSource(
            sellerGstin: gstin, documentType: "INV", documentNumber: number, date: try #require(LegalDate(date)))
        #expect(Irn(of: source).text == irn)
    }

    @Test func onlyHexadecimalDigitsMakeOne() {
        let text = String(repeating: "AB", count: 32)
        #expect(Irn(text)?.text == String(repeating: "ab", count: 32))
        #expect(Irn(String(text.dropLast())) == nil)
        #expect(Irn(text.replacing("B", with: "g")) == nil)
    }
}
