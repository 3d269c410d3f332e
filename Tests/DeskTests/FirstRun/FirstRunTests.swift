import Foundation
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

/// The first start without a terminal: keys go in, effects and pictures come out.
struct FirstRunBench {
    var state: FirstRunState
    private(set) var effect: FirstRunState.Effect?

    init(size: Size = Sample.wide) { state = FirstRunState(place: "/home/asha/.local/share/portaldesk", size: size) }

    /// On the form.
    static func form(size: Size = Sample.wide) -> FirstRunBench {
        var bench = FirstRunBench(size: size)
        bench.press(.enter)
        return bench
    }

    mutating func press(_ keys: Key...) { for key in keys { effect = state.handle(.key(key)) } }
    mutating func type(_ text: String) { for letter in text { press(.character(letter)) } }

    /// Fills the fields one after the other; the focus is in the last one.
    mutating func fill(_ texts: String...) {
        for (index, text) in texts.enumerated() {
            if index > 0 { press(.tab) }
            type(text)
        }
    }

    var screen: String { state.frame().canvas.textRows.joined(separator: "\n") }
    func shows(_ text: String) -> Bool { screen.contains(text) }
}

@Suite("The first start") struct FirstRunTests {
    private static let password = "lotus under glass"

    @Test func `what was typed makes a workspace, and its code is shown until it is written down`() throws {
        var bench = FirstRunBench.form()
        bench.fill("asha", "asha@firm.example", Self.password, Self.password, "~/bridge.toml")
        bench.press(.enter)
        guard case .create(let draft)? = bench.effect else {
            Issue.record("nothing is made:\n\(bench.screen)")
            return
        }
        #expect(draft.name == "asha" && draft.email == "asha@firm.example" && draft.provider == "~/bridge.toml")
        #expect(draft.password.withBytes { Array($0) } == Array(Self.password.utf8))
        #expect(bench.shows("Making the workspace"))
        bench.press(.escape, .control("c"), .enter)
        #expect(bench.effect == nil && bench.shows("Making the workspace"))
        bench.state.made(SecretBytes(utf8: "ABCD-EFGH-JKMN"))
        #expect(bench.shows("ABCD-EFGH-JKMN") && bench.shows("not shown again"))
        #expect(bench.state.secret("password") == nil, "the password is gone from the form")
        bench.press(.space, .escape)
        #expect(bench.effect == nil && bench.shows("ABCD-EFGH-JKMN"))
        bench.press("w")
        #expect(bench.effect == .open)
    }

    @Test func `what is wrong stands at its field, goes when it is mended, and nothing is made before`() {
        var bench = FirstRunBench.form()
        bench.fill("a sha!", "asha", "short", "other")
        bench.press(.tab, .enter)
        #expect(bench.effect == nil)
        #expect(bench.shows("✗ the user name must have") && bench.shows("✗ asha is no e-mail address"))
        #expect(bench.shows("✗ the password is too short"))
        #expect(bench.state.state.focus == 0, "the first of them has the focus")
        bench.press(.control("u"))
        #expect(!bench.shows("the user name must have") && bench.shows("asha is no e-mail address"))
    }

    @Test func `two passwords that differ are told apart, an empty form names what is needed`() {
        var bench = FirstRunBench.form()
        bench.fill("asha", "asha@firm.example", Self.password, Self.password + "!")
        bench.press(.tab, .enter)
        #expect(bench.effect == nil && bench.shows("✗ the two passwords differ") && bench.state.state.focus == 3)
        var empty = FirstRunBench.form()
        empty.press(.backtab, .backtab, .enter)
        #expect(empty.shows("the e-mail address is needed") && empty.shows("a password is needed"))
    }

    @Test func `a refusal comes back to the form with what was typed, at the field that it is about`() {
        var bench = FirstRunBench.form()
        bench.fill("asha", "asha@firm.example", Self.password, Self.password, "nowhere.toml")
        bench.press(.enter)
        bench.state.refused(
            .init(Complaint("nowhere.toml: cannot be read", status: .badConfiguration), field: FirstRunRefusal.provider)
        )
        #expect(bench.shows("✗ nowhere.toml: cannot be read") && bench.shows("asha@firm.example"))
        #expect(bench.state.state.focus == 4)
        bench.press(.control("u"), .enter)
        #expect(bench.effect != nil, "both passwords are still there")
        bench.state.refused(.init(Complaint("the disk is full", status: .inputOutput)))
        #expect(bench.shows("✗ The disk is full."))
    }

    @Test func `passwords never show, and do not wait behind Esc`() {
        var bench = FirstRunBench.form()
        bench.fill("asha", "asha@firm.example", Self.password)
        #expect(!bench.shows(Self.password) && !"\(bench.state)".contains(Self.password))
        bench.press(.escape)
        #expect(bench.shows("Set up my own workspace") && bench.state.secret("password") == nil)
        bench.press("s")
        #expect(bench.shows("asha@firm.example"))
    }

    @Test func `the demo tells how far it is, and why when it cannot be made`() {
        var bench = FirstRunBench()
        bench.press(.down, .enter)
        #expect(bench.effect == .makeDemo && bench.shows("Making the demo") && bench.shows("0 %"))
        bench.state.progressed(2_442, of: 4_884)
        #expect(bench.shows("50 %"))
        bench.state.refused(.init(Complaint("/x is not a demo", why: "it holds other files", status: .badData)))
        #expect(bench.shows("✗ /x is not a demo: it holds other files.") && bench.shows("Try the demo"))
        bench.press("d")
        #expect(bench.effect == .makeDemo && !bench.shows("✗"))
    }

    @Test(arguments: [Key.escape, "q", .control("c")]) func `it can be left`(key: Key) {
        var bench = FirstRunBench()
        bench.press(key)
        #expect(bench.effect == .quit)
    }

    @Test func `a click chooses, fills and goes on`() throws {
        var bench = FirstRunBench()
        func target(_ text: String, _ bench: FirstRunBench) throws -> HitTarget? {
            let rows = bench.state.frame().canvas.textRows
            let y = try #require(rows.firstIndex { $0.contains(text) })
            let range = try #require(rows[y].range(of: text))
            let x = rows[y].distance(from: rows[y].startIndex, to: range.lowerBound)
            return bench.state.frame().hits.target(x: x, y: y)
        }
        func click(_ text: String) throws {
            let target = try target(text, bench)
            _ = bench.state.handle(.mouse(MouseEvent(x: 0, y: 0, action: .press)), target: target)
        }
        try click("Set up my own")
        try click("E-mail")
        #expect(bench.state.state.focus == 1)
        try click("Create")
        #expect(bench.shows("the e-mail address is needed"))
        try click("[ Back ]")
        #expect(bench.shows("Welcome to PortalDesk"))
    }

    @Test func `a window that is too small says so and does nothing but quit`() {
        var bench = FirstRunBench(size: Sample.tiny)
        #expect(bench.shows("PortalDesk needs 80x24"))
        bench.press("d")
        #expect(bench.effect == nil)
        bench.press("q")
        #expect(bench.effect == .quit)
    }

    @Test(arguments: PictureSize.fitting) func `it looks as drawn`(size: PictureSize) throws {
        func check(_ bench: FirstRunBench, _ name: String) throws {
            try Golden.check(bench.state.frame().canvas, "first-\(name)-\(size.rawValue)")
        }
        var bench = FirstRunBench(size: size.size)
        try check(bench, "choice")
        bench.press("d")
        bench.state.progressed(2_000, of: 4_884)
        try check(bench, "demo")
        bench.state.refused(.init(Complaint("the disk is full", remedy: "Free space", status: .inputOutput)))
        try check(bench, "failed")
        var form = FirstRunBench.form(size: size.size)
        form.fill("asha", "asha@firm.example", Self.password)
        try check(form, "form")
        form.press(.tab)
        form.type("other")
        form.press(.tab, .enter)
        try check(form, "error")
        form.state.made(SecretBytes(utf8: "ABCDE-FGHJK-MNPQR-STVWX-YZ234-56789"))
        try check(form, "code")
    }
}
