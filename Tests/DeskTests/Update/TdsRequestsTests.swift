import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

/// Files that TRACES was asked to make: where each stands, and what the portal said.
@Suite("Files asked of TRACES") struct TdsRequestsTests {
    private static func request(
        _ id: Int64, _ state: TdsRequest.State, kind: TdsRequest.Kind = .justificationReport, number: String = "",
        said: String = ""
    ) -> TdsRequest {
        TdsRequest(
            id: id, identity: PortalIdentity(stored: .traces, "DELA1234\(id)B"),
            wish: TdsWish(
                kind: kind, year: 2025, quarter: 2, form: "26Q", kyc: TdsKyc(token: String(repeating: "1", count: 15))),
            state: state, number: number, said: said, person: "asha", createdAt: Sample.now - .seconds(7_200),
            settledAt: state == .wanted ? nil : Sample.now)
    }

    static let requests = [
        request(3, .wanted), request(2, .refused, kind: .consoFile, said: "The token is not of a regular statement"),
        request(1, .asked, number: "108732119"),
    ]

    static func open(size: Size = Sample.wide, _ requests: [TdsRequest] = requests) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(":")
        bench.type("files asked of")
        bench.press(.enter)
        try bench.answerLast(.tdsRequests(requests))
        return bench
    }

    @Test func `each request tells where it stands and what the portal said`() throws {
        var bench = try Self.open()
        #expect(bench.shows("· Next fetch") && bench.shows("✗ Refused") && bench.shows("108732119"))
        #expect(bench.shows("· 1 for the next fetch") && bench.shows("The next fetch of the TAN asks the portal"))
        bench.press(.down)
        #expect(bench.shows("The token is not of a regular statement") && bench.shows("Conso file, 26Q FY 2025-26 Q2"))
        bench.press(.down, "y")
        #expect(bench.effects.contains(.copy("108732119")))
        #expect(try Self.open([]).shows("TRACES was asked for no file yet. a asks for one; J"))
    }

    @Test func `the filter knows the words of the list`() throws {
        var bench = try Self.open()
        bench.press("/")
        bench.type("refused conso")
        try bench.answerLast(.tdsRequests(Self.requests))
        #expect(bench.shows("DELA12342B") && !bench.shows("DELA12343B"))
    }

    static let draft: TdsRequestService.Draft = {
        var draft = TdsRequestService.Draft()
        (draft.tan, draft.year, draft.quarter) = ("BLRA12345B", "2024-25", 3)
        (draft.form, draft.token) = ("26Q", "012345678901234")
        return draft
    }()

    static func wants(_ bench: Bench) -> [TdsWant] {
        bench.effects.compactMap { if case .tds(let want, _) = $0 { want } else { nil } }
    }

    @Test func `a request that has not left is withdrawn after a question, another one is not`() throws {
        var bench = try Self.open()
        #expect(bench.shows("D withdraw"))
        bench.press("D")
        #expect(bench.shows("Withdraw this request?") && bench.shows("DELA12343B"))
        bench.press("y")
        #expect(Self.wants(bench) == [.withdraw(3)])
        try bench.answerLast(.done("Withdrawn: nobody asks TRACES for it"))
        #expect(Self.wants(bench) == [.list] && bench.shows("Withdrawn"))
        try bench.answerLast(.tdsRequests(Self.requests))
        bench.press(.down, "D")
        #expect(bench.toasts.last == "The portal was asked for it already, or it is over")
        #expect(!bench.shows("D withdraw"))
    }

    @Test func `a conso file is asked for in a form, which names what is wrong`() throws {
        var bench = try Self.open([])
        bench.press("a")
        #expect(bench.shows("Ask TRACES for a file"))
        // The first field is the TAN; the kind stands above it.
        bench.type("BLRA12345B")
        bench.press(.up, .right, .down, .down)
        bench.type("2024")
        bench.press(.down, .right, .right, .down)
        bench.type("26q")
        bench.press(.down)
        bench.type("012345678901234")
        bench.press(.down, .enter)
        #expect(bench.shows("write the year as 2024-25") && Self.wants(bench).isEmpty)
        bench.type("-25")
        for _ in 0..<4 { bench.press(.down) }
        bench.press(.enter)
        var wanted = Self.draft
        wanted.kind = .consoFile
        #expect(Self.wants(bench) == [.ask(wanted)])
        try bench.answerLast(.done("Noted: the fetch of this TAN asks TRACES for it"))
        #expect(bench.shows("Files asked of TRACES") && !bench.shows("Ask TRACES for a file"))
    }

    @Test func `who may not fetch finds neither in the hints, and the reason in the help`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = Bench(user: sam)
        bench.press(.alt("r"))
        try bench.answerLast(.tdsRequests(Self.requests))
        let hints = bench.canvas.textRows.last ?? ""
        #expect(!hints.contains("withdraw") && !hints.contains("ask for a file") && hints.contains("Esc back"))
        bench.press("a")
        #expect(bench.toasts == ["Not permitted: support may look and retry jobs, no more"])
        bench.press("?")
        #expect(bench.shows("support may look and retry jobs"))
    }
}
