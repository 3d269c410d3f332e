import Testing

@testable import Portals

@Suite struct XhtmlTablesTests {
    private func tables(_ body: String) throws -> XhtmlTables {
        try XhtmlTables(Array("<html><body>\(body)</body></html>".utf8))
    }

    private func refused(_ page: String) -> XhtmlTables.Problem? {
        do throws(XhtmlTables.Problem) {
            _ = try XhtmlTables(Array(page.utf8))
            return nil
        } catch { return error }
    }

    @Test func headingsAndRowsAreReadById() throws {
        let page = try tables(
            """
            <table id="other"><tr><td>no</td></tr></table>
            <table id="form:fyAmtList" class='a>b'><thead><tr><th>Financial Year</th><th>Manual Demand</th></tr></thead>
            <tbody><tr><td>2024-25</td><td> 1,23,450.00 </td></tr></tbody></table>
            """)
        let table = try #require(page["fyAmtList"])
        #expect(table.head == ["Financial Year", "Manual Demand"])
        #expect(table.rows == [["2024-25", "1,23,450.00"]])
        #expect(page["AmtList"] == nil)
    }

    @Test(
        arguments: [
            ("A &amp; B &lt;c&gt;", "A & B <c>"), ("&#8377;&#x35;&nbsp;5", "₹5 5"), ("a<br/>b <b>c</b>", "a b c"),
            ("&bogus; &#xD800; &#99999999; &", "&bogus; &#xD800; &#99999999; &"), ("<![CDATA[x < y]]>", "x < y"),
            ("1 < 2", "1 < 2"), ("<!-- <td>not</td> -->yes", "yes"), ("\r\n\t a \n b ", "a b"),
            ("<script>if (a<b) { '</td>' }</script>seen", "seen"), ("<IMG SRC=x ALT='>'>", ""),
        ])
    func aCellReadsAsAPersonWouldReadIt(markup: String, text: String) throws {
        let page = try tables("<TABLE ID='t'><TR><TD>\(markup)</TD></TR></TABLE>")
        #expect(page["t"]?.rows == [[text]])
    }

    @Test func rowsAndCellsWithoutEndTagsAreStillApart() throws {
        let page = try tables("<table id=t><tr><th>A<th>B<tr><td>1<td>2<tr><td>3<td>4</table>")
        #expect(page["t"]?.head == ["A", "B"])
        #expect(page["t"]?.rows == [["1", "2"], ["3", "4"]])
    }

    @Test func aTableInsideACellIsATableOfItsOwn() throws {
        let page = try tables(
            "<table id='out'><tr><td>a<table id='in'><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>")
        #expect(page["out"]?.rows == [["ac", "d"]])
        #expect(page["in"]?.rows == [["b"]])
    }

    @Test(
        arguments: [
            "", "<html><body><table id='t'><tr><td>1</td></tr>", "<html><table id='t'></table>",
            "<html><body><table id='t'><tr><td>1</td></tr></body></html>", "<html><!-- <table></table></html>",
            "<html><script>var a = '</html>'", "<html><table id='t", "<html><table id='t></table></html>",
            "<html><![CDATA[ </html>", "plain text",
        ])
    func aPageThatIsCutIsRefusedAndNotTakenForAShortOne(page: String) {
        #expect(refused(page) == .cut)
    }

    @Test func whatIsDeeperWiderOrLongerThanAnyPageIsRefused() {
        let deep = String(repeating: "<table><tr><td>", count: 100_000)
        #expect(refused("<html>\(deep)</html>") == .tooLarge)
        let wide = String(repeating: "<td>1</td>", count: 100)
        #expect(refused("<html><table><tr>\(wide)</tr></table></html>") == .tooLarge)
        let long = String(repeating: "<tr><td>1</td></tr>", count: 20_000)
        #expect(refused("<html><table>\(long)</table></html>") == .tooLarge)
        let many = String(repeating: "<table></table>", count: 1_000)
        #expect(refused("<html>\(many)</html>") == .tooLarge)
    }

    @Test func aCellOfAMegabyteIsShortenedAndTheRestIsRead() throws {
        let page = try tables(
            "<table id='t'><tr><td>\(String(repeating: "x", count: 1 << 20))</td><td>end</td></tr></table>")
        let row = try #require(page["t"]?.rows.first)
        #expect(row.count == 2 && row[0].count == 4_096 && row[1] == "end")
    }

    @Test func bytesThatAreNoTextDoNoHarm() throws {
        let noise = (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ $0 / 7) }
        let page =
            Array("<html><table id='t'><tr><td>".utf8) + noise.filter { $0 != UInt8(ascii: "<") }
            + Array("</td></tr></table></html>".utf8)
        #expect(try XhtmlTables(page)["t"]?.rows.count == 1)
    }

    @Test func aPageWithoutTheTableIsNoEmptyList() throws {
        let page = try tables("<table id='t'><tr><th>A</th></tr></table>")
        #expect(throws: PortalFailure.self) { try TracesGrid("fyAmtList", in: page) }
        let grid = try TracesGrid("t", in: page)
        #expect(grid.rows.isEmpty)
        #expect(throws: PortalFailure.self) { try grid.column("year") }
    }
}
