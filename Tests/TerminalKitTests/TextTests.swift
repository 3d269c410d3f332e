import Testing

@testable import TerminalKit

@Suite("Text in columns") struct TextTests {
    @Test(arguments: [
        ("का", 2), ("कि", 2), ("क्षि", 3), ("श्री", 3), ("हिन्दी", 5), ("தமிழ்", 4), ("తెలుగు", 5), ("ಕನ್ನಡ", 4),
        ("मूल्य₹", 4), ("日本", 4), ("🔑", 2), ("✓ ok…", 5), ("", 0),
    ]) func `Indian scripts take as many columns as curses gives them`(text: String, columns: Int) {
        #expect(Text.width(text) == columns)
        var canvas = Canvas(size: Size(columns: 20, rows: 1))
        let used = canvas.put(text, x: 0, y: 0, style: Style())
        #expect(used == columns)
    }

    @Test func `clipping never cuts a grapheme and ends in an ellipsis`() {
        #expect(Text.clip("क्षि क्षि", to: 4) == "क्षि…")
        #expect(Text.clip("क्षिक्षि", to: 5) == "क्षि…")
        #expect(Text.clip("abcdef", to: 6) == "abcdef")
        #expect(Text.clip("abcdef", to: 3) == "ab…")
        #expect(Text.clip("日本語", to: 4) == "日…")
        #expect(Text.clip("a", to: 0) == "")
    }

    @Test func `a number that is cut inside keeps its end`() {
        #expect(Text.clipInside("ITBA/AST/S/61/2026-27/1071234567(1)", to: 15) == "ITBA…1234567(1)")
        #expect(Text.clipInside("short", to: 5) == "short")
        for columns in 0...12 { #expect(Text.width(Text.clipInside("日a本b語日本語", to: columns)) <= columns) }
    }

    @Test(arguments: ["abc def", "हिन्दी तमिल शब्द", "日本語です", "a\u{301}b\u{301}c", "क्षि", "\u{1B}[31mred"])
    func `what a canvas draws is what clipping predicts, at every width`(text: String) {
        for width in 1...12 {
            var canvas = Canvas(size: Size(columns: 12, rows: 1))
            let used = canvas.put(text, x: 0, y: 0, style: Style(), width: width)
            #expect(used <= width)
            #expect(used == Text.width(Text.clip(text, to: width)))
        }
    }

    @Test func `wrapping breaks at blanks, else between graphemes, and keeps line breaks`() {
        #expect(Text.wrap("one two three", to: 7) == ["one two", "three"])
        #expect(Text.wrap("abcdefgh", to: 3) == ["abc", "def", "gh"])
        #expect(Text.wrap("a\n\nb", to: 3) == ["a", "", "b"])
        #expect(Text.wrap("日本", to: 1) == ["日", "本"])
        #expect(Text.wrap("one two three four", to: 7, lines: 2) == ["one two", "three …"])
    }

    @Test func `no control, bidi or line-break character reaches a cell`() {
        var canvas = Canvas(size: Size(columns: 60, rows: 1))
        let hostile = "a\u{1B}[31mb\u{9B}2Jc\u{202E}d\u{2066}e\u{2028}f\r\ng\th\u{7F}\u{0}\u{85}\u{FEFF}"
        canvas.put(hostile, x: 0, y: 0, style: Style())
        let row = canvas.textRows[0]
        #expect(row.hasPrefix("a\u{FFFD}[31mb\u{FFFD}2Jcde f"))
        for scalar in row.unicodeScalars {
            #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
            #expect(scalar.value != 0x2028)
        }
    }

    @Test func `a line of a megabyte is drawn without being walked to its end`() {
        let line = String(repeating: "क", count: 350_000) + String(repeating: "x", count: 1_000_000)
        var canvas = Canvas(size: Size(columns: 10, rows: 1))
        let used = canvas.put(line, x: 0, y: 0, style: Style())
        #expect(used == 10)
        #expect(canvas.textRows == ["ककककककककक…"])
    }

    @Test func `at most four marks stay on one cell`() {
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        let used = canvas.put("a" + String(repeating: "\u{301}", count: 50), x: 0, y: 0, style: Style())
        #expect(used == 1)
        #expect(canvas.text(x: 0, y: 0).unicodeScalars.count == 5)
    }
}
