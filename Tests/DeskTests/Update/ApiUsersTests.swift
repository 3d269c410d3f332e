import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

/// API users at authorities: the refused ones first, set by a form, forgotten after a question.
@Suite("API users") struct ApiUsersTests {
    static let users = [
        ApiUserService.Entry(gstin: Sample.gstin(0), provider: "sandbox-irp", name: "API_one", changedAt: Sample.now),
        ApiUserService.Entry(
            gstin: Sample.gstin(1), provider: "sandbox-irp", name: "API_two", changedAt: Sample.now - .seconds(90_000),
            refusal: "1008: the password is wrong"),
    ]

    static func open(
        size: Size = Sample.wide, _ users: [ApiUserService.Entry] = users, user: Person = Sample.asha
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("u"))
        try bench.answerLast(.apiUsers(users, providers: ["sandbox-irp", "sandbox-ewb"]))
        return bench
    }

    private static func wishes(_ bench: Bench) -> [ApiUserWish] {
        bench.history.compactMap { if case .apiUsers(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `a refused user comes first, with what the authority said and what sets it right`() throws {
        let bench = try Self.open()
        #expect(bench.shows("✗ 1 refused") && bench.shows("1008: the password is wrong"))
        #expect(bench.selectedRow.contains(Sample.gstins[1]))
        #expect(try Self.open([]).shows("No API user is kept yet."))
    }

    @Test func `the palette finds the screen by its name`() throws {
        var bench = Bench()
        bench.press(":")
        bench.type("api user")
        #expect(!bench.shows("no command fits"))
        bench.press(.enter)
        #expect(Self.wishes(bench) == [.list])
    }

    @Test func `a refused one is set anew, and its password never shows`() throws {
        var bench = try Self.open()
        bench.press(.enter)
        #expect(bench.shows("Set an API user anew") && bench.shows("API_two") && bench.shows("Refused: 1008"))
        bench.type("N3w-Secret")
        #expect(!bench.shows("N3w-Secret"))
        bench.press(.enter, .enter)
        guard
            case .set(Sample.gstin(1), provider: "sandbox-irp", name: "API_two", let password)? = Self.wishes(bench)
                .last
        else {
            Issue.record("\(bench.effects)\n\(bench.screen)")
            return
        }
        #expect(password.withBytes { Array($0) } == Array("N3w-Secret".utf8))
        try bench.answerLast(.done("kept"))
        #expect(bench.shows("API users"))
    }

    @Test func `a new one needs a GSTIN, a name and a password`() throws {
        var bench = try Self.open()
        bench.press("a", .backtab, .backtab, .enter)
        #expect(bench.shows("this is no GSTIN") && bench.shows("the password is needed"))
        #expect(Self.wishes(bench) == [.list])
    }

    @Test func `one is forgotten after a question whose answer is No`() throws {
        var bench = try Self.open()
        bench.press("D")
        #expect(bench.shows("Forget this API user?") && bench.shows("API_two"))
        bench.press(.enter)
        #expect(Self.wishes(bench) == [.list])
        bench.press("D", "y")
        #expect(Self.wishes(bench).last == .remove(Sample.gstin(1), provider: "sandbox-irp"))
    }

    @Test func `the filter finds a client, and who may not edit logins is told`() throws {
        var bench = try Self.open()
        bench.press("/")
        bench.type(String(Sample.gstins[0].prefix(12)))
        bench.press(.enter)
        try bench.answerLast(.apiUsers(Self.users, providers: ["sandbox-irp"]))
        #expect(bench.shows("API_one") && !bench.shows("API_two"))
        let mira = Person(name: "mira", email: "mira@firm.example", role: .support)
        var other = try Self.open(user: mira)
        other.press("a")
        #expect(other.toasts.last?.hasPrefix("Not permitted") == true)
    }
}
