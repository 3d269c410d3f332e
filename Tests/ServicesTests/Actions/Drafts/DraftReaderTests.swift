import Domain
import Foundation
import Testing

@testable import Services

/// Sheets of invoices as firms keep them; all names and numbers are made up.
@Suite struct DraftReaderTests {
    private static let day = LegalDate(dayNumber: 20_779)

    private static let header =
        "Supply Type,doc_type,Invoice Number,DocDtls.Dt,Seller GSTIN,Seller Name,Seller Address,Seller City,"
        + "Seller Pincode,Seller State,Customer GSTIN,Buyer Legal Name,Buyer Address 1,Buyer Place,Buyer PIN,Buyer State,"
        + "POS,Description,Goods/Service,HSN/SAC,Qty,UOM,Unit Price,Amount,Taxable Value,GST %,IgstAmt,Line Total\n"

    private static let parties =
        "29AAKCP1234L1Z4,Peepal Metals Private Limited,14 Neem Street,Bengaluru,560034,Karnataka,"
        + "27AABCT7788N1ZE,Banyan Traders LLP,3rd Floor,Pune,411014,27-Maharashtra,27"

    private static func row(_ number: String, date: String = "22-11-2026", _ rest: String) -> String {
        "B2B,Invoice,\(number),\(date),\(parties),\(rest)\n"
    }

    private static let goods = "Brass fittings,Goods,741220,10,NOS,1250,\"12,500.00\",12500,18%,2250.00,14750.00"
    private static let service = "Polishing,Yes,998719,,,1000,1000.00,1000,18,180,1180"

    private func read(_ text: String, defaults: Invoice = Invoice()) throws -> DraftSheet {
        try DraftReader(on: Self.day, defaults: defaults).read(Data(text.utf8), file: "drafts.csv")
    }

    @Test func rowsOfOneDocumentAreJoined() throws {
        let sheet = try read(
            Self.header + Self.row("PN/41", Self.goods) + Self.row("PN/42", date: "2026-11-22", Self.goods)
                + Self.row("pn/41", Self.service))
        #expect(sheet.findings.map(\.line) == [])
        #expect(sheet.drafts.map(\.invoice.document.number) == ["PN/41", "PN/42"])
        #expect(sheet.drafts.map(\.lines) == [[2, 4], [3]])
        let invoice = try #require(sheet.drafts.first?.invoice)
        #expect(invoice.items.map(\.serialNumber) == ["1", "2"])
        #expect(invoice.totals.invoiceTotal == ExactDecimal("15930.00"))
        #expect(invoice.document.date == "22/11/2026")
        #expect(invoice.seller.stateCode == "29")
        #expect(invoice.items.first?.gstRate?.text == "18")
        #expect(sheet.drafts[1].findings.map(\.line) == [])
        // The number is written in two ways, which is told.
        #expect(sheet.drafts[0].findings.map(\.rule) == ["row.differs"])
    }

    @Test func anAmountThatCannotBeReadBringsNoAdviceAboutOthers() throws {
        let typed = Self.service.replacing(",180,1180", with: ",18O,1180")
        let sheet = try read(Self.header + Self.row("PN/41", typed))
        let findings = try #require(sheet.drafts.first).findings
        #expect(findings.map(\.path) == ["ItemList[0].IgstAmt"], "\(findings.map(\.line))")
        #expect(findings.first?.problem.contains("18O, which is no number") == true)
        // Of another line it is still told.
        let wrong = Self.service.replacing(",180,1180", with: ",180,1181")
        let both = try read(Self.header + Self.row("PN/41", typed) + Self.row("PN/41", wrong))
        #expect(both.drafts.first?.findings.contains { $0.path == "ItemList[1].TotItemVal" } == true)
    }

    @Test func aQuantityThatCannotBeReadIsNotMissingToo() throws {
        let sheet = try read(Self.header + Self.row("PN/41", Self.goods.replacing(",10,NOS", with: ",1e1,NOS")))
        let findings = try #require(sheet.drafts.first).findings
        #expect(findings.map(\.path) == ["ItemList[0].Qty"], "\(findings.map(\.line))")
        #expect(findings.first?.problem == "is 1e1, which is no number")
        let without = try read(Self.header + Self.row("PN/41", Self.goods.replacing(",10,NOS", with: ",,NOS")))
        #expect(without.drafts.first?.findings.map(\.rule) == ["item.quantity"])
    }

    @Test func aRowWithoutANumberGoesOnWithTheOneAbove() throws {
        let sheet = try read(
            Self.header + Self.row("PN/41", Self.goods) + String(repeating: ",", count: 17) + Self.service + "\n")
        #expect(sheet.drafts.count == 1)
        #expect(sheet.allowSending, "\(sheet.drafts.flatMap(\.findings).map(\.line))")
        #expect(sheet.drafts.first?.invoice.items.count == 2)
    }

    @Test func aRowWithoutANumberGoesOnWithTheRowAboveAndNotWithTheNewestDocument() throws {
        let goesOn = String(repeating: ",", count: 17) + Self.service + "\n"
        let sheet = try read(
            Self.header + Self.row("PN/41", Self.goods) + Self.row("PN/42", Self.goods)
                + Self.row("PN/41", Self.goods) + goesOn)
        #expect(sheet.drafts.map(\.lines) == [[2, 4, 5], [3]])
        #expect(sheet.drafts.first?.invoice.items.last?.description == "Polishing")
    }

    @Test func aSumThatTheSheetGivesLeavesTheOthersToBeWorkedOut() throws {
        let header = Self.header.trimmingCharacters(in: .newlines) + ",Round Off\n"
        let sheet = try read(header + Self.row("PN/41", Self.goods + ",-0.40") + Self.row("PN/42", Self.goods + ","))
        #expect(sheet.allowSending, "\(sheet.drafts.flatMap(\.findings).map(\.line))")
        let totals = try #require(sheet.drafts.first?.invoice.totals)
        #expect(totals.roundOff == ExactDecimal("-0.40") && totals.assessable == ExactDecimal("12500.00"))
        #expect(totals.igst == ExactDecimal("2250.00") && totals.cgst == nil)
        #expect(totals.invoiceTotal == ExactDecimal("14749.60"))
        #expect(sheet.drafts.last?.invoice.totals.invoiceTotal == ExactDecimal("14750.00"))
    }

    @Test func unknownAndMissingColumnsAreNamedWithTheirLine() throws {
        let header = Self.header.replacing("HSN/SAC", with: "Colour").replacing("UOM", with: "qty.")
        let sheet = try read("\n" + header + Self.row("PN/41", Self.goods))
        #expect(
            sheet.findings.map { "\($0.origin?.line ?? 0) \($0.rule) \($0.path)" } == [
                "2 column.unknown ", "2 column.twice ItemList.Qty", "2 column.missing ItemList.HsnCd",
            ])
        #expect(sheet.findings.first?.problem.contains("\"Colour\"") == true)
        #expect(!sheet.allowSending)
    }

    @Test func aFirstRowThatNamesNoColumnsIsToldOnce() throws {
        let wide = (1...5_000).map { "x\($0)" }.joined(separator: ",")
        do throws(Complaint) {
            _ = try DraftReader(on: Self.day).read(Data((wide + "\n1,2\n").utf8), file: "drafts.csv")
            Issue.record("a sheet without titles was read")
        } catch {
            #expect(error.status == .badData)
            let said = error.description
            #expect(said.contains("the first row of drafts.csv names no columns that are known"), "\(said)")
            #expect(said.contains("\"x1\", \"x2\", \"x3\" and 4997 more"), "\(said)")
            #expect(said.contains("portaldesk einvoice template"), "\(said)")
        }
        // Beside columns that are known: some of them by name, the others by their number.
        let header = wide + "," + Self.header
        let sheet = try read(header + String(repeating: ",", count: 5_000) + Self.row("PN/41", Self.goods))
        #expect(sheet.drafts.count == 1 && sheet.allowSending)
        #expect(sheet.findings.count == 21, "\(sheet.findings.count)")
        #expect(sheet.findings.last?.problem.contains("4,980 more columns: not known") == true)
    }

    @Test func mistakesCarryFileAndLine() throws {
        let sheet = try read(
            Self.header + Self.row("PN/41", Self.goods)
                + Self.row(
                    "PN/41", Self.service.replacing("1000.00", with: "a thousand").replacing("998719", with: "9987")))
        let findings = try #require(sheet.drafts.first?.findings)
        #expect(
            findings.map { "\($0.origin?.file ?? ""):\($0.origin?.line ?? 0) \($0.path) \($0.code ?? "")" } == [
                "drafts.csv:3 ItemList[1].TotAmt ", "drafts.csv:3 ItemList[1].HsnCd 2176",
            ])
    }

    @Test func rowsThatBelongNowhereAreTold() throws {
        let sheet = try read(Self.header + Self.row("PN/41", Self.goods + ",surplus") + "B2B,INV\n\"a\"b,c\n")
        #expect(sheet.drafts.isEmpty)
        #expect(
            sheet.findings.map { "\($0.origin?.line ?? 0) \($0.rule)" } == [
                "2 row.width", "3 row.number", "4 row.malformed",
            ])
    }

    @Test func theSellerMayComeFromElsewhere() throws {
        var defaults = Invoice()
        defaults.transaction.supplyType = "B2B"
        defaults.document.type = "INV"
        defaults.seller.gstin = "29AAKCP1234L1Z4"
        defaults.seller.legalName = "Peepal Metals Private Limited"
        defaults.seller.address1 = "14 Neem Street"
        defaults.seller.location = "Bengaluru"
        defaults.seller.pin = 560_034
        defaults.seller.stateCode = "29"
        let header =
            "Document No,Document Date,Buyer GSTIN,Buyer Name,Buyer Address,Buyer Place,Buyer PIN,Buyer State,"
            + "Place of Supply,IsServc,HsnCd,UnitPrice,TotAmt,AssAmt,GstRt,IGST,TotItemVal\n"
        let row =
            "PN/43,22/11/2026,27AABCT7788N1ZE,Banyan Traders LLP,3rd Floor,Pune,411014,27,27,Y,998719,"
            + "1000,1000,1000,18,180,1180\n"
        let sheet = try read(header + row, defaults: defaults)
        #expect(sheet.findings.map(\.line) == [])
        #expect(sheet.drafts.flatMap(\.findings).map(\.line) == [])
    }

    @Test func aRowOfEmptyCellsIsNoItem() throws {
        let blank = String(repeating: ",", count: 26) + "\n , ,\n"
        let sheet = try read(Self.header + blank + Self.row("PN/41", Self.goods) + blank)
        #expect(sheet.findings.map(\.line) == [])
        #expect(sheet.drafts.map(\.lines) == [[4]], "\(sheet.drafts.map(\.lines))")
        #expect(sheet.allowSending, "\(sheet.drafts.flatMap(\.findings).map(\.line))")
    }

    @Test func theTemplateIsUnderstoodByItsReader() throws {
        let sheet = try read(DraftReader.template)
        #expect(sheet.findings.map(\.line) == [])
        #expect(sheet.drafts.isEmpty)
    }

    @Test func whatIsNoSheetIsRefused() {
        #expect(throws: Complaint.self) { try read("") }
        #expect(throws: Complaint.self) { try read("a,\"b") }
    }

    @Test func noNameStandsForTwoColumns() {
        var paths: [String: String] = [:]
        for title in DraftTitles.all {
            for name in [title.title] + title.others {
                let other = paths.updateValue(title.path, forKey: DraftTitles.plain(name))
                #expect(other == nil || other == title.path, "\(name)")
            }
        }
        #expect(Set(paths.values).isSubset(of: DraftColumn.all.map(\.path)))
    }
}
