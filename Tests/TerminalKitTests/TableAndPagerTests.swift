import Testing

@testable import TerminalKit

@Suite("Tables and logs") struct TableAndPagerTests {
    @Test func `the selection stays in the window, whatever moves it`() {
        var state = TableState()
        state.move(by: 25, rowCount: 100, visibleRows: 10)
        #expect(state == TableState(selectedIndex: 25, offset: 16))
        state.select(3, rowCount: 100, visibleRows: 10)
        #expect(state == TableState(selectedIndex: 3, offset: 3))
        #expect(state.clamped(rowCount: 2, visibleRows: 10) == TableState(selectedIndex: 1, offset: 0))
        #expect(state.clamped(rowCount: 0, visibleRows: 0) == TableState())
        state.scroll(by: 5, rowCount: 100, visibleRows: 10)
        #expect(state == TableState(selectedIndex: 8, offset: 8))
    }

    @Test func `only visible rows are asked for`() {
        var asked: [Int] = []
        let table = Table(
            columns: [.init(id: "a", title: "A", width: .fixed(4))],
            content: .rows(count: 1_000_000) { index in
                asked.append(index)
                return ["x"]
            })
        var canvas = Canvas(size: Size(columns: 10, rows: 5))
        table.draw(TableState(selectedIndex: 500_000, offset: 499_998), on: &canvas, in: canvas.bounds)
        #expect(asked == [499_998, 499_999, 500_000, 500_001])
    }

    @Test(arguments: [("1234567890", "1234567890 ▼"), ("12345", "12345    ▼97"), ("123456789012345", "12…9012345 ▼")])
    func `the note of what lies below covers nothing, and a number keeps its end`(cell: String, expected: String) {
        let table = Table(
            columns: [.init(id: "a", title: "A", width: .fixed(10), keepsEnd: true)],
            content: .rows(count: 100) { _ in [Line(cell)] })
        var canvas = Canvas(size: Size(columns: 13, rows: 4))
        table.draw(TableState(), on: &canvas, in: canvas.bounds)
        #expect((0..<13).map { canvas.text(x: $0, y: 3) }.joined() == " " + expected)
    }

    @Test(arguments: [(0, "1 2 3 … 245"), (1, "1 2 3 … 245"), (120, "1 … 120 121 122 … 245"), (244, "1 … 244 245")])
    func `pages near the current one are offered, and both ends`(page: Int, expected: String) {
        let offered = Paginator(total: 4884, page: page, pageSize: 20).offered()
        #expect(offered.map { $0.map { String($0 + 1) } ?? "…" }.joined(separator: " ") == expected)
    }

    @Test func `a paginator of nothing and of one page is sound`() {
        #expect(Paginator(total: 0, page: 5, pageSize: 20).shownRows == nil)
        #expect(Paginator(total: 7, page: 5, pageSize: 20).shownRows == 1...7)
        #expect(Paginator(total: 7, page: 5, pageSize: 20).offered() == [0])
    }

    @Test func `a search goes from match to match and around, whatever the case`() {
        let size = Size(columns: 20, rows: 5)
        let pager = Pager(lines: (0..<100).map { Line($0 % 40 == 39 ? "line \($0) Failed" : "line \($0)") })
        var state = PagerState()
        pager.search("failed", &state, in: size)
        #expect(pager.searchNote(state) == "1 of 2")
        #expect((state.top.line..<state.top.line + 5).contains(39))
        _ = pager.handle("n", &state, in: size)
        #expect((state.top.line..<state.top.line + 5).contains(79))
        _ = pager.handle("n", &state, in: size)
        #expect(pager.searchNote(state) == "1 of 2")
        pager.search("nowhere", &state, in: size)
        #expect(pager.searchNote(state) == "no match")
    }

    @Test func `a wrapped log scrolls by rows of the screen and stops at its end`() {
        let size = Size(columns: 10, rows: 3)
        let pager = Pager(lines: [Line(String(repeating: "x", count: 25)), "two", "three"])
        var state = PagerState(wraps: true)
        _ = pager.handle(.down, &state, in: size)
        #expect(state.top == .init(line: 0, row: 1))
        _ = pager.handle(.end, &state, in: size)
        #expect(state.top == .init(line: 0, row: 2))
        var canvas = Canvas(size: size)
        pager.draw(state, on: &canvas, in: canvas.bounds)
        #expect(canvas.textRows == ["xxxxx     ", "two       ", "three     "])
    }

    @Test func `lines wrap at words, further rows stand under the text, and a word longer than a row breaks`() {
        let size = Size(columns: 20, rows: 4)
        let pager = Pager(lines: ["10:02 answered 503 Service Unavailable"], indents: [6])
        var canvas = Canvas(size: size)
        pager.draw(PagerState(wraps: true), on: &canvas, in: canvas.bounds)
        let rows = ["10:02 answered 503 ", "      Service", "      Unavailable", ""]
        #expect(canvas.textRows == rows.map { Text.pad($0, to: 20) })
        let long = Pager(lines: ["10:02 abcdefghijklmnopqrstuvwxyz"], indents: [6])
        long.draw(PagerState(wraps: true), on: &canvas, in: canvas.bounds)
        #expect(
            canvas.textRows[0] == "10:02 abcdefghijklmn" && canvas.textRows[1] == Text.pad("      opqrstuvwxyz", to: 20)
        )
    }

    @Test(arguments: [false, true]) func `a line of a megabyte can be read to its far end`(wraps: Bool) {
        let size = Size(columns: 10, rows: 3)
        let pager = Pager(lines: [Line(String(repeating: "x", count: 1_000_000) + "needle")])
        var state = PagerState(wraps: wraps)
        pager.search("needle", &state, in: size)
        var canvas = Canvas(size: size)
        pager.draw(state, on: &canvas, in: canvas.bounds)
        #expect(canvas.textRows.joined().contains("needle"))
        #expect(canvas.surfaceRows.joined().filter { $0 == "Z" }.count == 6)
    }
}
