import Foundation
import Testing

@testable import TerminalKit

@Suite("Themes") struct ThemeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("themes").path

    @Test(arguments: ["dark", "light", "mono"]) func `the themes that ship are in order and readable`(name: String)
        throws
    {
        #expect(Theme.check(Self.folder + "/\(name).toml") == [])
        let theme = try Theme.load(named: name, searchPaths: [Self.folder]).theme
        #expect(theme.name == name)
        #expect(theme.lowContrasts() == [])
    }

    @Test func `the theme compiled in is the dark one of the file`() throws {
        #expect(try Theme.load(named: "dark", searchPaths: [Self.folder]).theme == Theme.dark)
        #expect(try Theme.load(named: "dark", searchPaths: []).theme == Theme.dark)
    }

    @Test(arguments: ["light", "mono"]) func `a program without its folders carries them`(name: String) throws {
        let theme = try Theme.load(named: name, searchPaths: []).theme
        #expect(try theme == Theme.load(named: name, searchPaths: [Self.folder]).theme)
        #expect(Theme.names(searchPaths: []) == ["dark", "light", "mono"])
    }

    @Test func `a header without a name is a problem and no end of the program`() {
        let problems = ThemeFile(text: "name = \"x\"\n[[[roles]\n", file: "x.toml").problems
        #expect(problems.map(\.line) == [2])
        #expect(problems.first?.message == "is no valid TOML: a section without a name")
    }

    @Test func `each problem names its line and key`() {
        let text = """
            name = "x"
            [roles]
            text = { rgb = "#12345", ansi = "default" }
            muted = { rgb = "default", ansi = "grey" }
            colour = { rgb = "default", ansi = "red" }
            [surfaces]
            base = { rgb = "default", ansi = "default", mono = ["blink"] }
            panel = "red"
            """
        let (theme, problems) = Theme.parse(text, file: "x.toml")
        let errors = problems.filter { $0.severity == .error }.map { "\($0.line) \($0.key)" }
        #expect(theme == nil)
        #expect(
            Set(errors) == [
                "3 roles.text.rgb", "4 roles.muted.ansi", "5 roles.colour", "7 surfaces.base.mono", "8 surfaces.panel",
            ])
    }

    @Test func `a syntax error has its line; an unreadable pair is a warning`() {
        #expect(Theme.parse("name = \"x\"\n[roles\n", file: "x").problems.first?.line == 2)
        let text = """
            name = "x"
            [roles]
            text = { rgb = "#1c1c1c", ansi = "default" }
            [surfaces]
            base = { rgb = "#121212", ansi = "default" }
            """
        let (theme, problems) = Theme.parse(text, file: "x")
        #expect(theme != nil)
        #expect(
            problems.contains { $0.line == 3 && $0.message.hasPrefix("contrast on base") && $0.severity == .warning })
    }

    @Test func `a name cannot lead out of the folders`() {
        #expect(throws: ThemeFailure.self) { try Theme.load(named: "../dark", searchPaths: [Self.folder + "/x"]) }
        #expect(throws: ThemeFailure.self) { try Theme.load(named: "nowhere", searchPaths: [Self.folder]) }
    }

    @Test func `every colour of xterm's fixed palette is its own nearest`() throws {
        for index in 16...255 {
            let colour = try #require(Palette256.rgb(UInt8(index)))
            #expect(Palette256.rgb(Palette256.nearest(to: colour)) == colour)
        }
    }

    @Test func `NO_COLOR wins, and few colours are never asked for more`() {
        #expect(ColourTier(colours: 256, noColour: "1") == .none)
        #expect(ColourTier(colours: 256, noColour: "") == .many)
        #expect(ColourTier(colours: 8, noColour: nil) == .eight)
        for role in Role.allCases {
            for surface in Surface.allCases {
                let style = Style(role, on: surface)
                let eight = Theme.dark.look(of: style, tier: .eight)
                #expect(eight.foreground < 8 && eight.background < 8)
                let bold = Theme.dark.look(of: style.adding(.bold), tier: .eight)
                #expect(bold.foreground != 0 || !bold.traits.contains(.bold))
                #expect(Theme.dark.look(of: style, tier: .sixteen).foreground != 8)
                let none = Theme.dark.look(of: style, tier: .none)
                #expect(none.foreground == -1 && none.background == -1)
            }
        }
    }

    @Test(arguments: ["dark", "light", "mono"]) func `what machines read is dark on light in every theme`(name: String)
        throws
    {
        let theme = try Theme.load(named: name, searchPaths: [Self.folder]).theme
        for role in Role.allCases {
            let style = Style(role, on: .paper, .bold)
            #expect(theme.look(of: style, tier: .many) == .init(foreground: 16, background: 231, traits: []))
            #expect(theme.look(of: style, tier: .sixteen) == .init(foreground: 0, background: 15, traits: []))
            #expect(theme.look(of: style, tier: .eight) == .init(foreground: 0, background: 7, traits: []))
            #expect(theme.look(of: style, tier: .none).traits == .reverse)
        }
    }

    @Test func `every glyph that our widgets draw has an ASCII twin`() {
        for scalar in "│─╭╮╰╯✓✗●○◌◉▲▼▸•…‹›–⟳⚙₹§⊟↑↓←→⏎░█▌⠋×—".unicodeScalars {
            let twin = AsciiTwin.of(scalar.value)
            #expect(twin >= 0x20 && twin < 0x7F && twin != 0x3F)
        }
    }
}
