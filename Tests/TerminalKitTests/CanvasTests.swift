import Testing

@testable import TerminalKit

@Suite("Canvas") struct CanvasTests {
    @Test func `drawing outside changes nothing and does not fail`() {
        var canvas = Canvas(size: Size(columns: 4, rows: 2))
        canvas.put("xx", x: 9, y: 0, style: Style())
        canvas.put("xx", x: 0, y: -1, style: Style())
        canvas.fill(Rect(x: -5, y: -5, width: 3, height: 3), style: Style(.danger))
        canvas.box(Rect(x: 3, y: 1, width: 1, height: 1), style: Style())
        #expect(canvas == Canvas(size: Size(columns: 4, rows: 2)))
        canvas.put("abcd", x: -2, y: 0, style: Style())
        #expect(canvas.textRows[0] == "cd  ")
    }

    @Test func `overwriting half of a wide character leaves a blank for the other half`() {
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        canvas.put("日本", x: 0, y: 0, style: Style())
        canvas.put("x", x: 1, y: 0, style: Style())
        #expect(canvas.textRows == [" x本"])
        canvas.put("y", x: 2, y: 0, style: Style())
        #expect(canvas.textRows == [" xy "])
    }

    @Test func `a wide character that does not fit at the edge is cut whole`() {
        var canvas = Canvas(size: Size(columns: 3, rows: 1))
        canvas.put("日本", x: 0, y: 0, style: Style())
        #expect(canvas.textRows == ["日…"])
    }

    @Test func `equality looks at what is shown, not at how it is stored`() {
        var first = Canvas(size: Size(columns: 6, rows: 1))
        var second = first
        first.put("श्री", x: 0, y: 0, style: Style())
        second.put("दि", x: 0, y: 0, style: Style())
        second.put("श्री", x: 0, y: 0, style: Style())
        #expect(first == second)
        second.restyle(Rect(x: 0, y: 0, width: 1, height: 1)) { $0.surface = .selection }
        #expect(first != second)
    }

    @Test func `an overlay keeps its marks and cuts wide characters at its edge`() {
        var base = Canvas(size: Size(columns: 4, rows: 1))
        base.put("हि", x: 0, y: 0, style: Style())
        var top = Canvas(size: Size(columns: 4, rows: 1))
        top.put("न्日", x: 0, y: 0, style: Style())
        base.overlay(top, x: 2, y: 0)
        #expect(base.text(x: 2, y: 0) == "न्")
        #expect(base.text(x: 3, y: 0) == " ")
    }

    @Test func `a line cut between two spans still shows that it was cut`() {
        var canvas = Canvas(size: Size(columns: 8, rows: 1))
        canvas.put([Span("abcd"), Span("efgh", .danger)], x: 0, y: 0, width: 4)
        #expect(canvas.textRows == ["abc…    "])
    }
}
