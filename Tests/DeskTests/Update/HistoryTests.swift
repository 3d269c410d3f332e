import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The history of a login") struct HistoryTests {
    static let happenings: [Happening] = (0..<40).map { number in
        let what = ["saw the password", "user name old.name → user.1001, password changed", "verified"][number % 3]
        return .init(
            at: Sample.now - .seconds(Int64(number) * 3_700), who: number % 3 == 2 ? "worker" : "asha", what: what)
    }

    static func open(size: Size = Sample.wide, _ happenings: [Happening] = happenings) throws -> Bench {
        var bench = try Bench.configure(size: size)
        bench.press(.down, "h")
        try bench.answerLast(.history(happenings))
        return bench
    }

    @Test func `it opens from Configure, newest first, and scrolls`() throws {
        var bench = try Self.open()
        #expect(bench.shows("History · Prime Traders") && bench.shows("1–33 of 40, newest first"))
        #expect(bench.shows("saw the password"))
        bench.press(.end)
        #expect(bench.shows("8–40 of 40"))
        bench.press(.home, .down)
        #expect(bench.shows("2–34 of 40"))
        bench.press(.escape)
        #expect(bench.shows("View/Edit Business Credentials"))
        let none = try Self.open([])
        #expect(none.shows("Nothing has happened to this login yet."))
    }

    @Test func `the user name of the last change is put back after a question, by who may edit`() throws {
        var bench = try Self.open()
        bench.press("U")
        #expect(bench.shows("Put the last user name back?"))
        bench.press("y")
        #expect(
            bench.effects.contains { if case .undoUsername(Sample.identity(1), _) = $0 { true } else { false } })
        try bench.answerLast(.done("The user name is old.name again; verify it"))
        #expect(bench.toasts == ["The user name is old.name again; verify it"])
        var plain = Bench(user: Person(name: "olu", email: "o@firm.example", role: .operator_))
        plain.press("1")
        try plain.answer(.accounts(Sample.accountPage()))
        plain.press("h", "U")
        #expect(plain.toasts == ["Not permitted: an admin has not granted olu to edit credentials"])
    }
}
