import Foundation
import TerminalKit
import Testing

@testable import Desk

@Suite("Keys") struct KeyMapTests {
    @Test func `every command stands in the table, and no default key means two things on one screen`() {
        let ids = Set(CommandTable.all.map(\.id))
        #expect(CommandId.allCases.filter { !ids.contains($0) }.isEmpty)
        for scope in CommandScope.allCases {
            let own = CommandTable.all.filter { $0.scope == scope }
            let keys = own.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(scope.title) has a key twice")
            #expect(Set(own.map(\.id)).count == own.count, "\(scope.title) has a command twice")
        }
        #expect(KeyMap().problems.isEmpty)
    }

    @Test func `no plain letter removes or cancels without asking`() {
        var bench = Bench()
        bench.press("X")
        #expect(bench.effects.isEmpty && bench.shows("Cancel this job?"))
    }

    @Test func `a terminal without more than ASCII names keys in words`() {
        var bench = Bench()
        #expect(bench.shows("⏎ open"))
        bench.model.keys.isAscii = true
        #expect(bench.shows("Enter open") && !bench.shows("⏎"))
    }

    @Test func `a key of the user's comes before every default, and who lost it is named`() {
        let map = KeyMap(custom: ["refresh": "f", "quit": "ctrl-q"])
        #expect(map.command(for: "f", in: .portals) == .refresh)
        #expect(map.command(for: .control("q"), in: .portals) == .quit)
        #expect(map.command(for: "q", in: .portals) == nil)
        #expect(map.keys(for: .fetch, in: .portals).isEmpty)
        #expect(map.problems.isEmpty && map.losses == ["keys.refresh: f was fetch, which has lost it"])
        var bench = Bench(keys: map)
        bench.press("f")
        #expect(bench.effects.first == .loadSummary)
        #expect(bench.shows("f refresh"))
    }

    @Test func `wrong names, wrong keys and two wishes for one key are named`() {
        let map = KeyMap(custom: ["reload": "x", "fetch": "ctrl-alt-hyper", "retry": "x", "cancel": "x"])
        #expect(map.problems.contains("keys.reload: no such command; docs/keys.md lists them"))
        #expect(map.problems.contains { $0.hasPrefix("keys.fetch: \"ctrl-alt-hyper\" names no key") })
        #expect(map.problems.contains { $0.contains("x is retry already") })
        #expect(map.command(for: "f", in: .portals) == .fetch)
        #expect(map.keys(for: .cancel, in: .portals) == ["X"], "the loser keeps its default")
    }

    @Test func `docs/keys.md is what the table says`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        try Golden.check(text: KeysDocument.markdown, against: root.appendingPathComponent("docs/keys.md"))
    }
}
