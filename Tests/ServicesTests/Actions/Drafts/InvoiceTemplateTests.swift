import Domain
import Foundation
import Testing

@testable import Services

@Suite("The template of a sheet of drafts") struct InvoiceTemplateTests {
    @Test func `has every column that an invoice needs, and is read without a word about its header`() throws {
        // What is the same for every invoice is filled in.
        let needed = Set(DraftColumn.all.filter(\.isMandatory).map(\.path)).subtracting(["Version", "TranDtls.TaxSch"])
        let missing = needed.subtracting(InvoiceTemplate.columns.map(\.path))
        #expect(missing.isEmpty, "\(missing)")
        let sheet = try DraftReader(on: LegalDate.inIndia(Instant(seconds: 1_795_000_000)))
            .read(Data((InvoiceTemplate.header + "\n").utf8), file: "sheet.csv")
        #expect(sheet.findings.allSatisfy { $0.rule != "column.unknown" }, "\(sheet.findings)")
    }
}
