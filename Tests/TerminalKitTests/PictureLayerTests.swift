import Testing

@testable import TerminalKit

@Suite("Pictures above the cells") struct PictureLayerTests {
    private static let screen = Size(columns: 20, rows: 8)
    private static let cell = CellPixels(pixelsAcross: 200, pixelsDown: 160, screen: screen)

    private static func terms(_ graphics: Graphics?, cell: CellPixels? = cell) -> PictureLayer.Terms {
        PictureLayer.Terms(graphics: graphics, screen: screen, cell: cell)
    }

    /// A picture of eight by eight pixels, drawn over four rows from `y` on.
    private static func drawn(y: Int = 1, shade: UInt8 = 0) throws -> Canvas {
        let picture = try #require(PixelPicture(columns: 8, rows: 8, rgb: [UInt8](repeating: shade, count: 192)))
        var canvas = Canvas(size: screen)
        canvas.put(picture, in: Rect(x: 2, y: y, width: 16, height: 4), growth: 1)
        return canvas
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a canvas tells its picture and where it lies, above the half blocks`() throws {
        let canvas = try Self.drawn()
        #expect(canvas.pictures.map(\.rect) == [Rect(x: 6, y: 1, width: 8, height: 4)])
        #expect(canvas.textRows[1].contains("████████"))
        var other = canvas
        other.placed = []
        #expect(other != canvas)
    }

    @Test func `whatever covers or dims a cell takes the whole picture away`() throws {
        let canvas = try Self.drawn()
        var covered = canvas
        covered.put("x", x: 13, y: 4, style: Style())
        #expect(covered.pictures.isEmpty)
        var beside = canvas
        beside.put("xx", x: 0, y: 2, style: Style())
        beside.put("xxx", x: 15, y: 2, style: Style())
        #expect(beside.pictures == canvas.pictures)
        var dimmed = canvas
        dimmed.dimBackdrop()
        #expect(dimmed.pictures.isEmpty)
        var boxed = canvas
        boxed.fill(Rect(x: 0, y: 3, width: 20, height: 3), style: Style(on: .dialog))
        #expect(boxed.pictures.isEmpty)
    }

    @Test func `nothing is sent twice, and what leaves is removed`() throws {
        var layer = PictureLayer()
        let canvas = try Self.drawn()
        let first = layer.show(canvas.pictures, Self.terms(.kitty))
        let shown = Self.text(first.after)
        #expect(
            shown.hasPrefix("\u{1B}7\u{1B}[2;7H\u{1B}_G") && shown.contains("c=8,r=4") && shown.hasSuffix("\u{1B}8"))
        #expect(first.before.isEmpty && first.rows.isEmpty)
        #expect(layer.show(canvas.pictures, Self.terms(.kitty)).isEmpty)
        let gone = layer.show([], Self.terms(.kitty))
        #expect(Self.text(gone.before).contains("a=d,d=I") && gone.after.isEmpty && layer.isEmpty)
        #expect(layer.show([], Self.terms(.kitty)).isEmpty)
    }

    @Test func `another picture replaces the one before, under a number of its own`() throws {
        var layer = PictureLayer()
        let first = Self.text(layer.show(try Self.drawn().pictures, Self.terms(.kitty)).after)
        let change = layer.show(try Self.drawn(shade: 90).pictures, Self.terms(.kitty))
        let number = try #require(first.firstRange(of: /i=\d+/).map { String(first[$0]) })
        #expect(Self.text(change.before).contains(number) && !Self.text(change.after).contains(number))
    }

    @Test func `a sixel fills its cells and goes by painting their rows`() throws {
        var layer = PictureLayer()
        let canvas = try Self.drawn()
        let first = layer.show(canvas.pictures, Self.terms(.sixel))
        let sixels = Self.text(first.after).dropFirst("\u{1B}7\u{1B}[2;7H".count).dropLast("\u{1B}8".count)
        let read = SixelReading(Array(sixels.utf8))
        #expect(read.mistakes == [] && read.width == 80 && read.height == 80)
        #expect(layer.show([], Self.terms(.sixel)).rows == [1..<5])
    }

    @Test func `no sixel without the size of a cell, nor on the last row, where it would scroll`() throws {
        var layer = PictureLayer()
        #expect(layer.show(try Self.drawn().pictures, Self.terms(.sixel, cell: nil)).isEmpty)
        #expect(layer.show(try Self.drawn(y: 4).pictures, Self.terms(.sixel)).isEmpty)
        #expect(!layer.show(try Self.drawn(y: 4).pictures, Self.terms(.kitty)).isEmpty)
        #expect(!layer.show(try Self.drawn(y: 3).pictures, Self.terms(.sixel)).isEmpty)
    }

    @Test func `without graphics nothing is sent; when they are known, or cells change, it is drawn anew`() throws {
        var layer = PictureLayer()
        let pictures = try Self.drawn().pictures
        #expect(layer.show(pictures, Self.terms(nil)).isEmpty)
        #expect(!layer.show(pictures, Self.terms(.sixel)).after.isEmpty)
        let larger = CellPixels(pixelsAcross: 400, pixelsDown: 320, screen: Self.screen)
        let zoomed = layer.show(pictures, Self.terms(.sixel, cell: larger))
        #expect(zoomed.rows == [1..<5] && !zoomed.after.isEmpty)
        let better = layer.show(pictures, Self.terms(.kitty))
        #expect(better.rows == [1..<5] && Self.text(better.after).contains("a=T"))
    }

    @Test func `after the screen was cleared it is removed and sent again`() throws {
        var layer = PictureLayer()
        let pictures = try Self.drawn().pictures
        _ = layer.show(pictures, Self.terms(.kitty))
        layer.forget()
        #expect(!layer.isEmpty)
        let again = layer.show(pictures, Self.terms(.kitty))
        #expect(Self.text(again.before).contains("a=d") && Self.text(again.after).contains("a=T"))
    }
}
