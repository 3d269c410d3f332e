import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Keys while somebody types") struct TypingTests {
    private func title(_ bench: Bench) -> String { bench.canvas.textRows.first ?? "" }

    @Test(arguments: [
        (Key.function(6), "Portal Integration"), (.function(7), "Notices & Orders"), (.function(8), "Businesses"),
        (.alt("p"), "Portal Integration"), (.alt("n"), "Notices & Orders"), (.alt("b"), "Businesses"),
        (.alt("f"), "Failures by cause"), (.alt("c"), "Coverage"), (.alt("g"), "API sessions"),
        (.alt("t"), "Schedules"), (.alt("o"), "Providers"), (.alt("x"), "GSTN actions"), (.alt("i"), "E-invoices"),
        (.alt("w"), "E-way bills"), (.alt("s"), "Records set aside"),
    ])
    func `from the answer's field of the relay the keys of the modules lead away`(key: Key, module: String) throws {
        var bench = try RelayTests.open()
        bench.type("57")
        bench.press(key)
        #expect(title(bench).contains(module) && !bench.shows("One-time password"), "\(title(bench))")
    }

    @Test func `a filter that is typed gives way to them as well, and help and palette come up`() {
        var bench = Bench()
        bench.press("/")
        bench.type("failed")
        bench.press(.function(1))
        #expect(bench.shows("Keys: Portal Integration"))
        bench.press(.escape, .control("p"))
        bench.type("businesses")
        #expect(bench.shows("Go to Businesses"))
        bench.press(.escape, .function(5))
        #expect(bench.effects.contains(.loadSummary), "F5 reloads")
        bench.press(.function(9))
        #expect(title(bench).contains("Waiting for people"))
        bench.press(.escape)
        #expect(bench.shows("filter: failed"))
        bench.press(.alt("o"))
        #expect(title(bench).contains("Providers"))
    }

    @Test func `what edits a field goes on doing so`() {
        var bench = Bench()
        bench.press("/")
        bench.type("failed gst")
        bench.press(.alt("b"))
        bench.type("x")
        #expect(bench.shows("filter: failed xgst") && title(bench).contains("Portal Integration"))
        bench.press(.alt("f"), .control("u"))
        #expect(!bench.shows("xgst") && title(bench).contains("Portal Integration"))
    }

    @Test func `a form that holds what was typed is left after a question alone`() throws {
        var bench = try Bench.editLogin()
        bench.press(.function(7))
        #expect(title(bench).contains("Notices & Orders"), "nothing was typed")
        bench = try Bench.editLogin()
        bench.press(.tab)
        bench.type("half a pass")
        bench.press(.function(7))
        #expect(bench.shows("Discard what you typed?"))
        bench.press("n")
        #expect(bench.shows("•••••••••••") && bench.shows("Submit"))
        bench.press(.function(7), "y")
        #expect(title(bench).contains("Notices & Orders"))
        bench.press(.escape)
        #expect(title(bench).contains("Portal Integration") && !bench.shows("Submit"))
    }

    @Test func `Esc asks before it throws away what was typed, and only then`() throws {
        var bench = try Bench.editLogin()
        bench.press(.escape)
        #expect(!bench.shows("Submit"), "nothing was typed")
        bench = try Bench.editLogin()
        bench.press(.tab)
        bench.type("half a pass")
        bench.press(.escape)
        #expect(bench.shows("Discard what you typed?"))
        bench.press(.escape)
        #expect(bench.shows("•••••••••••") && bench.shows("Submit"), "a second Esc keeps the form")
        bench.press(.escape, .enter)
        #expect(bench.shows("•••••••••••"), "the default is No")
        bench.press(.escape, "y")
        #expect(!bench.shows("Submit") && bench.shows("GST Portal"))
    }

    @Test func `a note that was begun is not thrown away unasked, a word is`() throws {
        var bench = try Bench.notices()
        bench.press("n")
        bench.type("called the officer")
        bench.press(.escape)
        #expect(bench.shows("Discard what you typed?"))
        bench.press("n")
        #expect(bench.shows("called the officer") && bench.shows("Note about"))
        bench.press(.escape, "y")
        #expect(!bench.shows("Note about") && !bench.shows("Discard"))
        bench.press("p", "7", .escape)
        #expect(!bench.shows("Discard") && !bench.shows("Go to page"))
    }

    @Test func `a form below another screen is asked about too`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab)
        bench.type("half a pass")
        bench.press(.function(9), .function(6))
        #expect(bench.shows("Discard what you typed?"))
        bench.press("y")
        #expect(title(bench).contains("Portal Integration") && !bench.shows("Submit"))
    }

    @Test func `a password that shows is hidden before somebody goes elsewhere`() throws {
        var bench = try RevealTests.shown()
        bench.press(.function(8))
        #expect(bench.effects.contains { if case .hidePassword = $0 { true } else { false } })
        #expect(title(bench).contains("Businesses"))
    }

    @Test func `hints, help and palette name the keys that work from within the field`() throws {
        func hints(_ bench: Bench) -> String { bench.canvas.textRows.last ?? "" }
        let form = try Bench.editLogin()
        #expect(
            hints(form).contains("F1 help") && !hints(form).contains("? help") && !hints(form).contains(": command"))
        var list = Bench()
        list.press("/")
        #expect(hints(list).contains("F5 refresh") && hints(list).contains("F9 answer"))
        for word in ["⏎ open", "l log", "f fetch", "q quit"] { #expect(!hints(list).contains(word), "\(word)") }
        list.press(.function(1))
        list.type("Go to Businesses")
        #expect(list.shows("F8") && !list.shows("Alt-b"), "Alt-b goes back by a word there")
        list.press(.escape, .escape)
        #expect(hints(list).contains("⏎ open") && hints(list).contains("? help"))
    }
}
