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
        #expect(try Self.open([]).shows("TRACES was asked for no file yet. J on the default summary"))
    }

    @Test func `the filter knows the words of the list`() throws {
        var bench = try Self.open()
        bench.press("/")
        bench.type("refused conso")
        try bench.answerLast(.tdsRequests(Self.requests))
        #expect(bench.shows("DELA12342B") && !bench.shows("DELA12343B"))
    }
}
