import Testing

@testable import TerminalKit

@Suite("Pictures") struct PixelPictureTests {
    /// Black where the drawing has `#`, white elsewhere.
    private static func picture(_ rows: String...) -> PixelPicture? {
        let bytes = rows.joined().flatMap { [UInt8](repeating: $0 == "#" ? 0 : 255, count: 3) }
        return PixelPicture(columns: rows[0].count, rows: rows.count, rgb: bytes)
    }

    private static func drawn(_ picture: PixelPicture?, columns: Int, rows: Int, growth: Int = 1) throws -> Canvas {
        var canvas = Canvas(size: Size(columns: columns, rows: rows))
        canvas.put(try #require(picture), in: canvas.bounds, growth: growth)
        return canvas
    }

    @Test func `two pixels share a cell`() throws {
        let picture = Self.picture("##..", "#..#", "..##")
        let canvas = try Self.drawn(picture, columns: 8, rows: 2)
        #expect(canvas.textRows == ["  █▀ ▄  ", "    ▀▀  "])
        #expect(canvas.surfaceRows == ["WWWWWWWW", "WWWWWWWW"])
    }

    @Test func `a large one is made smaller in its proportions, a small one larger by whole numbers`() throws {
        let half = try #require(Self.picture("####....", "####....", "####....", "####...."))
        let small = half.fitted(columns: 4, rows: 20)
        #expect(small.columns == 4 && small.rows == 2)
        #expect(small[0, 0] == Rgb(0, 0, 0) && small[3, 1] == Rgb(255, 255, 255))
        let large = half.fitted(columns: 30, rows: 9, growth: 4)
        #expect(large.columns == 16 && large.rows == 8)
        #expect(half.fitted(columns: 8, rows: 2).columns == 4)
    }

    @Test func `grey on grey becomes black on white`() throws {
        let pale = try #require(PixelPicture(columns: 2, rows: 1, rgb: [180, 180, 180, 220, 220, 220]))
        #expect(pale.inFullContrast[0, 0] == Rgb(0, 0, 0) && pale.inFullContrast[1, 0] == Rgb(255, 255, 255))
        // One that is all of one colour says nothing, and noise is not blown up.
        let plain = try #require(PixelPicture(columns: 2, rows: 1, rgb: [200, 200, 200, 205, 205, 205]))
        #expect(plain.inFullContrast == plain)
    }

    @Test func `bytes that are no such picture are refused`() {
        #expect(PixelPicture(columns: 2, rows: 2, rgb: [1, 2, 3]) == nil)
        #expect(PixelPicture(columns: 0, rows: 2, rgb: []) == nil)
    }
}
