import Foundation
import Testing

@testable import TerminalKit

@Suite("Curses without a terminal", .serialized) @MainActor struct HeadlessScreenTests {
    /// Opens a screen that nobody sees, paints the canvases one after the other, and reads cells back.
    private func painted(
        _ canvases: [Canvas], isUnicode: Bool = true, tier: ColourTier = .many,
        check: (_ hasChanged: [Bool]) throws -> Void
    ) throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        let screen = try #require(Curses.openHeadless(type: "xterm-256color"))
        defer { Curses.end(screen) }
        Curses.forgetPairs()
        _ = Curses.startColours()
        let size = try #require(canvases.first?.size)
        Curses.resize(to: size)
        var painter = CanvasPainter(theme: .dark, tier: tier, isUnicode: isUnicode)
        try check(canvases.map { painter.paint($0, screen: size) })
    }

    @Test func `curses holds the same letters as the canvas, marks and wide characters included`() throws {
        var canvas = Canvas(size: Size(columns: 30, rows: 2))
        canvas.put("हिन्दी 日本 ok", x: 0, y: 0, style: Style(.success))
        canvas.put("plain", x: 0, y: 1, style: Style())
        try painted([canvas]) { _ in
            for x in 0..<30 where !canvas.text(x: x, y: 0).isEmpty {
                #expect(Curses.read(x: x, y: 0).text == canvas.text(x: x, y: 0))
            }
            #expect(Curses.read(x: 0, y: 0).pair != Curses.read(x: 0, y: 1).pair)
        }
    }

    @Test func `an equal canvas writes nothing, a changed wide character is replaced whole`() throws {
        var first = Canvas(size: Size(columns: 10, rows: 1))
        first.put("日本日本", x: 0, y: 0, style: Style())
        var second = first
        second.put("x本", x: 2, y: 0, style: Style())
        try painted([first, first, second]) { hasChanged in
            #expect(hasChanged == [true, false, true])
            for x in 0..<10 where !second.text(x: x, y: 0).isEmpty {
                #expect(Curses.read(x: x, y: 0).text == second.text(x: x, y: 0))
            }
        }
    }

    @Test func `in an ASCII locale every column is ASCII and none moves`() throws {
        var canvas = Canvas(size: Size(columns: 20, rows: 3))
        canvas.box(canvas.bounds, title: "₹ 日本", style: Style(.border))
        canvas.put("✓ ok", x: 2, y: 1, style: Style())
        try painted([canvas], isUnicode: false, tier: .none) { _ in
            let rows = (0..<3).map { y in (0..<20).map { Curses.read(x: $0, y: y).text }.joined() }
            #expect(rows == ["+ R ???? ----------+", "| + ok             |", "+------------------+"])
        }
    }

    @Test func `a picture is half blocks in colours, shades where there are few, plain signs in ASCII`() throws {
        // Black over white, dark grey over dark grey, red over blue.
        let pixels: [[UInt8]] = [
            [0, 0, 0], [90, 90, 90], [255, 0, 0], [255, 255, 255], [90, 90, 90], [0, 0, 255],
        ]
        let picture = try #require(PixelPicture(columns: 3, rows: 2, rgb: pixels.flatMap { $0 }))
        var canvas = Canvas(size: Size(columns: 7, rows: 1))
        canvas.put(picture, in: canvas.bounds)
        func texts() -> String { (2..<5).map { Curses.read(x: $0, y: 0).text }.joined() }
        try painted([canvas]) { _ in
            #expect(texts() == "▀▀▀")
            #expect(Set((2..<5).map { Curses.read(x: $0, y: 0).pair }).count == 3)
        }
        for tier in [ColourTier.sixteen, .none] {
            try painted([canvas], tier: tier) { _ in
                #expect(texts() == "▀▒▓")
                #expect(Set((2..<5).map { Curses.read(x: $0, y: 0).pair }).count == 1)
            }
        }
        try painted([canvas], isUnicode: false, tier: .none) { _ in #expect(texts() == "::%") }
        var dimmed = canvas
        dimmed.dimBackdrop()
        try painted([dimmed]) { _ in #expect(texts() == "▀▒▓") }
    }

    @Test func `a table of many roles and surfaces keeps its colours apart`() throws {
        var canvas = Canvas(size: Size(columns: Role.allCases.count, rows: Surface.allCases.count))
        for role in Role.allCases {
            for surface in Surface.allCases {
                canvas.put(
                    "x", x: Int(role.rawValue), y: Int(surface.rawValue), style: Style(role: role, surface: surface))
            }
        }
        try painted([canvas]) { _ in
            #expect(Curses.read(x: 0, y: 0).pair > 0)
            let last = Curses.read(x: Role.allCases.count - 1, y: Surface.allCases.count - 1)
            #expect(last.pair > 100 && last.text == "x")
        }
    }
}
