import Domain
import Testing
import Transport
import Wire

@testable import Portals

/// What becomes of pages with strange, missing or moved parts.
@Suite struct TracesRowsTests {
    private let head = "<tr><th>Financial Year</th><th>Manual Demand (Rs.)</th><th>Processed Demand (Rs.)</th></tr>"

    private func demand(_ rows: String, prior: String? = nil, head: String? = nil) throws -> TracesDemand {
        let older = prior.map { "<table id='priorList'>\(self.head)\($0)</table>" } ?? ""
        let page = "<html><body><table id='fyAmtList'>\(head ?? self.head)\(rows)</table>\(older)</body></html>"
        return try TracesDemand(try XhtmlTables(Array(page.utf8)))
    }

    private func row(_ cells: String...) -> String { "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>" }

    @Test func eachYearWithADemandIsANotice() throws {
        let rows = row("2025-26", "0.00", "1,23,450.00") + row("2024-25", "0.00", "0.00") + row("2023-24", "10", "20.5")
        let finding = try demand(rows).finding
        #expect(finding.notices.map(\.period) == ["FY 2025-26", "FY 2023-24"])
        #expect(finding.notices.map { $0.demand?.paise } == [12_345_000, 3_050])
        #expect(finding.reading(of: .outstandingDemand).outcome == .read)
    }

    @Test func aColumnThatMovedIsFoundByItsHeading() throws {
        let head = "<tr><th>Sr.</th><th>Processed Demand</th><th>Financial Year</th><th>Manual Demand</th></tr>"
        let notice = try #require(try demand(row("1", "500.00", "2025-26", "7.00"), head: head).finding.notices.first)
        #expect(notice.summary == "Outstanding demand: processed 500.00, manual 7.00")
    }

    @Test func aPageThatSaysThatThereIsNothingIsEmpty() throws {
        let finding = try demand(row("No records found")).finding
        #expect(finding.reading(of: .outstandingDemand).outcome == .empty)
        #expect(finding.strays.isEmpty)
    }

    @Test func aRowThatIsNotUnderstoodIsSetAsideAndTheOthersAreRead() throws {
        let rows = row("2025-26", "0", "10") + row("2024-25", "0", "many") + row("next year", "0", "5") + row("2023-24")
        let finding = try demand(rows).finding
        #expect(finding.notices.count == 1 && finding.strays.count == 3)
        #expect(finding.strays.map(\.key) == ["2024-25", "next year", "2023-24"])
        #expect(String(decoding: finding.strays[0].raw, as: UTF8.self) == "2024-25 | 0 | many")
        #expect(finding.reading(of: .outstandingDemand).outcome == .read)
    }

    @Test func aListOfWhichNothingIsUnderstoodIsFailedAndNotEmpty() throws {
        let reading = try demand(row("2024-25", "0", "many")).finding.reading(of: .outstandingDemand)
        #expect(reading.outcome == .failed && reading.cause == .portalChanged)
    }

    @Test func olderYearsAreReadBehindTheirRow() throws {
        let rows = row("2025-26", "0", "10") + row("Prior Years", "0", "300.00")
        let prior = row("2019-20", "0", "100.00") + row("2017-18", "0", "200.00")
        let finding = try demand(rows, prior: prior).finding
        #expect(finding.notices.map(\.period) == ["FY 2025-26", "FY 2019-20", "FY 2017-18"])
        #expect(finding.problems.isEmpty)
    }

    @Test func olderYearsThatDoNotAddUpFailThePlace() throws {
        let rows = row("2025-26", "0", "10") + row("Prior Years", "0", "300.00")
        let reading = try demand(rows, prior: row("2019-20", "0", "100.00")).finding.reading(of: .outstandingDemand)
        #expect(reading.outcome == .failed && reading.message.contains("prior years"))
        #expect(throws: PortalFailure.self) { try demand(rows) }
    }

    @Test func sumsBeyondAnyAmountAreNoCrash() throws {
        let finding = try demand(row("2025-26", "90000000000000000", "90000000000000000")).finding
        #expect(finding.notices.isEmpty && finding.strays.count == 1)
    }

    @Test(
        arguments: [
            (410, "", "", Cause.sessionExpired), (401, "", "", .sessionExpired),
            (302, "/app/login.xhtml", "", .sessionExpired), (302, "https://elsewhere.example/", "", .portalChanged),
            (200, "", "<form action='j_security_check'>", .sessionExpired), (503, "", "", .portalDown),
            (504, "", "", .portalTimeout), (429, "", "", .rateLimited), (404, "", "", .portalChanged),
        ])
    func anAnswerThatIsNoPageSaysWhy(status: Int, location: String, body: String, cause: Cause) {
        let response = HTTPResponse(status: status, headers: ["Location": location], body: Array(body.utf8))
        #expect(TracesFailure.from(response)?.cause == cause)
    }

    @Test(arguments: [("Justification Report", true), ("Bulk Form 16A File", true), ("NSDL Conso File", false)])
    func aRecipeIsNamedWhereOneIsKnown(kind: String, isKnown: Bool) {
        #expect(TracesRecipe.note(kind).contains("opens with") == isKnown)
    }

    @Test func aNoticeWithAnOddDateIsThereAndItsRecordIsKept() {
        var facts = NoticeFacts(externalKey: "request 9", place: .requests, reference: "9")
        facts.unread = [.issuedOn]
        let row = TracesRequestRow(
            requestedOn: "soon", number: "9", financialYear: "2024-25", quarter: "Q3", form: "26Q", kind: "Conso",
            status: "Submitted")
        var finding = TracesFinding()
        finding.setAside(facts, ["reqDate of request 9 is no date: soon"], row)
        finding.notices = [facts]
        // It stands for no missing row.
        #expect(finding.notRead == 0 && finding.halfRead.map(\.key) == ["request 9"])
        #expect(finding.halfRead.first.map { String(decoding: $0.raw, as: UTF8.self).contains("soon") } == true)
        #expect(finding.reading(of: .requests).outcome == .read)
    }
}
