import Foundation
import Testing

@testable import TerminalKit

@Suite("Pictures in pixels") struct GraphicsTests {
    /// Colours that run into each other, so that no two pixels are alike.
    private static func colourful(_ columns: Int, _ rows: Int) -> PixelPicture? {
        var bytes: [UInt8] = []
        for row in 0..<rows {
            for column in 0..<columns {
                bytes.append(UInt8(column * 255 / columns))
                bytes.append(UInt8(row * 255 / rows))
                bytes.append(UInt8((row * 7 + column * 13) % 256))
            }
        }
        return PixelPicture(columns: columns, rows: rows, rgb: bytes)
    }

    private static let twelve: [Rgb] = (0..<12).map { number -> Rgb in
        let level = UInt8(number * 20)
        return Rgb(level, 255 - level, UInt8(number % 3 * 120))
    }

    // MARK: Sixels

    @Test(arguments: [(60, 36), (59, 40), (13, 7), (5, 4)])
    func `a picture of few colours is told pixel by pixel in its own`(width: Int, height: Int) throws {
        let bytes = (0..<13 * 7).flatMap { index -> [UInt8] in
            let colour = Self.twelve[(index * 5 + index / 13) % 12]
            return [colour.red, colour.green, colour.blue]
        }
        let picture = try #require(PixelPicture(columns: 13, rows: 7, rgb: bytes))
        let read = SixelReading(SixelGraphics.show(picture, width: width, height: height))
        #expect(read.mistakes == [] && read.width == width && read.height == height)
        let source = picture.fitted(columns: width, rows: height)
        for y in 0..<height {
            for x in 0..<width {
                let wanted = source[x * source.columns / width, y * source.rows / height]
                let found = try #require(read.pixels[y][x], "nothing at \(x), \(y)")
                // Channels are told in hundredths. A picture that was made smaller has more colours.
                let tolerance = source == picture ? 2 : 60
                #expect(Self.distance(wanted, found) <= tolerance)
            }
        }
    }

    @Test func `one of many colours comes in sixteen that are near`() throws {
        let picture = try #require(Self.colourful(40, 30))
        let read = SixelReading(SixelGraphics.show(picture, width: 80, height: 60))
        #expect(read.mistakes == [] && read.colours.count == 16)
        let distances = (0..<60 * 80).map { place -> Int in
            let (x, y) = (place % 80, place / 80)
            return read.pixels[y][x].map { Self.distance($0, picture[x / 2, y / 2]) } ?? 255
        }
        #expect(distances.reduce(0, +) / distances.count < 48)
    }

    @Test func `a line of white costs a few bytes`() throws {
        let white = try #require(PixelPicture(columns: 2, rows: 2, rgb: [UInt8](repeating: 255, count: 12)))
        #expect(SixelGraphics.show(white, width: 900, height: 60).count < 150)
    }

    private static func distance(_ one: Rgb, _ other: Rgb) -> Int {
        max(
            abs(Int(one.red) - Int(other.red)), abs(Int(one.green) - Int(other.green)),
            abs(Int(one.blue) - Int(other.blue)))
    }

    // MARK: kitty

    /// The sequences, each as its keys and what it carries.
    private static func commands(_ bytes: [UInt8]) -> [(keys: Set<String>, data: String)] {
        String(decoding: bytes, as: UTF8.self).components(separatedBy: "\u{1B}_G").dropFirst().map { part in
            let inside = part.components(separatedBy: "\u{1B}\\")[0].split(separator: ";", maxSplits: 1)
            let keys = Set((inside.first ?? "").split(separator: ",").map(String.init))
            return (keys, inside.count > 1 ? String(inside[1]) : "")
        }
    }

    @Test(arguments: [(2, 1), (32, 32), (124, 40)])
    func `the chunks put together are the picture's own bytes`(columns: Int, rows: Int) throws {
        let picture = try #require(Self.colourful(columns, rows))
        let commands = Self.commands(KittyGraphics.show(picture, number: 3, over: Size(columns: 60, rows: 9)))
        #expect(
            commands.first?.keys.isSuperset(of: ["a=T", "f=24", "s=\(columns)", "v=\(rows)", "c=60", "r=9"]) == true)
        // Every answer would come in as keys.
        #expect(commands.allSatisfy { $0.keys.contains("q=2") && $0.data.utf8.count <= 4_096 })
        #expect(commands.dropLast().allSatisfy { $0.keys.contains("m=1") && $0.data.utf8.count == 4_096 })
        #expect(commands.last?.keys.contains("m=0") == true)
        let data = try #require(Data(base64Encoded: commands.map(\.data).joined()))
        #expect(Array(data) == picture.rgb)
    }

    @Test func `a picture is removed by its own number, with its data`() throws {
        let picture = try #require(Self.colourful(2, 2))
        let shown = Self.commands(KittyGraphics.show(picture, number: 3, over: Size(columns: 2, rows: 1)))
        let removed = Self.commands(KittyGraphics.remove(number: 3))
        let number = try #require(shown.first?.keys.first { $0.hasPrefix("i=") })
        #expect(removed.map(\.keys) == [["a=d", "d=I", number, "q=2"]])
        #expect(!KittyGraphics.question.contains(number + ","))
    }

    // MARK: Whether

    private static func terms(
        _ choice: PictureChoice, _ environment: [String: String], tier: ColourTier = .many, isUnicode: Bool = true
    ) -> GraphicsTerms {
        GraphicsTerms(
            choice: choice, type: environment["TERM"] ?? "", multiplexer: Multiplexer(environment: environment),
            tier: tier, isUnicode: isUnicode)
    }

    @Test func `a terminal is asked only where it prints nothing of the question`() {
        for type in ["xterm-256color", "xterm-kitty", "foot", "wezterm", "xterm-ghostty", "vte-256color"] {
            #expect(Self.terms(.auto, ["TERM": type]) == .ask)
            #expect(Self.terms(.blocks, ["TERM": type]) == .never)
            #expect(Self.terms(.kitty, ["TERM": type]) == .use(.kitty))
            #expect(Self.terms(.sixel, ["TERM": type]) == .use(.sixel))
        }
        for choice in PictureChoice.allCases {
            for type in ["linux", "linux-16color", "vt100", "vt220", "dumb", "screen-256color"] {
                #expect(Self.terms(choice, ["TERM": type]) == .never)
            }
            for tier in [ColourTier.sixteen, .eight, .none] {
                #expect(Self.terms(choice, ["TERM": "xterm-kitty"], tier: tier) == .never)
            }
            #expect(Self.terms(choice, ["TERM": "xterm-kitty"], isUnicode: false) == .never)
            #expect(Self.terms(choice, ["TERM": "xterm-256color", "STY": "1.pts"]) == .never)
        }
        for inside in [["TMUX": "/tmp/s,1,0"], ["ZELLIJ": "0"]] {
            let environment = inside.merging(["TERM": "xterm-256color"]) { old, _ in old }
            #expect(Self.terms(.auto, environment) == .never && Self.terms(.kitty, environment) == .never)
            #expect(Self.terms(.sixel, environment) == .use(.sixel))
        }
        #expect(Self.terms(.auto, ["TERM": "tmux-256color"]) == .never)
    }

    @Test func `a cell's size is what the terminal says, or unknown`() {
        let screen = Size(columns: 80, rows: 24)
        let cell = CellPixels(pixelsAcross: 805, pixelsDown: 480, screen: screen)
        #expect(cell?.width == 10 && cell?.height == 20)
        #expect(CellPixels(pixelsAcross: 0, pixelsDown: 0, screen: screen) == nil)
        #expect(CellPixels(pixelsAcross: 65_535, pixelsDown: 480, screen: screen) == nil)
        #expect(CellPixels(pixelsAcross: 800, pixelsDown: 480, screen: Size(columns: 0, rows: 0)) == nil)
    }
}
