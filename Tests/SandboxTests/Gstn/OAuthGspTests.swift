import Domain
import Foundation
import Portals
import Sandbox
import Testing

/// A GSP with a login of its own before GSTN's, headers beside GSTN's, and a list of notices for each day.
@Suite(.timeLimit(.minutes(20))) struct OAuthGspTests {
    /// One who has many notices.
    private static let many = ["page_two:\(playedIdentity)"]
    private static let tokens = "POST /gsp-oauth/gsp/authenticate"

    @Test func aListOfEachDayBringsTheSameNotices() async throws {
        let whole = try await SandboxHouse.with(faults: Self.many) { house in
            try await Self.read(house, house.gsp(MemoryKeeper()))
        }
        let daily = try await SandboxHouse.with(faults: Self.many) { house in
            let read = try await Self.read(house, house.oauthGsp(MemoryKeeper()))
            #expect(await house.server.calls()[Self.tokens] == 1)
            return read
        }
        #expect(daily.report.isComplete && daily.report.readings == whole.report.readings)
        #expect(!daily.keys.isEmpty && daily.keys == whole.keys)
    }

    private static func read(
        _ house: SandboxHouse, _ connector: GspConnector
    ) async throws -> (report: FetchReport, keys: Set<String>) {
        let account = try house.played()
        let reporter = RecordingReporter()
        try await house.connect(connector, account)
        let report = try await connector.fetch(house.gstRequest(account), reporter: reporter)
        return (report, Set(await reporter.notices.map(\.externalKey)))
    }

    @Test func aTokenThatTheGspForgotIsReplacedAtOnce() async throws {
        let path = "/gsp-oauth/taxpayerapi/v1.0/notices"
        try await SandboxHouse.with(faults: ["forget_token:1@\(path)"]) { house in
            let account = try house.account(.gst)
            let connector = house.oauthGsp(MemoryKeeper())
            try await house.connect(connector, account)
            #expect(try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter()).isComplete)
            #expect(await house.server.calls()[Self.tokens] == 2)
        }
    }

    @Test func aTokenThatWasForgottenCostsNoOtp() async throws {
        let path = "/gsp-oauth/taxpayerapi/v1.0/authenticate"
        try await SandboxHouse.with(faults: ["forget_token:1@\(path)"]) { house in
            let account = try house.account(.gst)
            let connector = house.oauthGsp(MemoryKeeper())
            try await house.connect(connector, account)
            // The refused one, the OTP, the session, the call that shows that it is alive.
            #expect(await house.server.calls()["POST \(path)"] == 3)
        }
    }

    @Test func aGspThatAsksForAnOtpEndsTheSession() async throws {
        try await SandboxHouse.with(faults: ["session_expired_midway:\(playedIdentity)"]) { house in
            let (keeper, account) = (MemoryKeeper(), try house.played())
            let connector = house.oauthGsp(keeper)
            try await house.connect(connector, account)
            let asked = await failure {
                _ = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
            }
            #expect(asked?.cause == .otpRequired && asked?.challenge != nil)
            #expect(await keeper.session(of: account.identity)?.state == .pending)
        }
    }

    /// Whoever reads one day as if it were a year would take all notices for gone.
    @Test func nothingIsTakenForGoneThatTheAnswerDoesNotCover() async throws {
        try await SandboxHouse.with(faults: Self.many) { house in
            let account = try house.played()
            func covered(_ connector: GspConnector) async throws -> LegalDate? {
                try await house.connect(connector, account)
                let report = try await connector.fetch(house.gstRequest(account), reporter: RecordingReporter())
                return try #require(report.readings.first).reachesBackTo
            }
            let today = LegalDate.inIndia(SandboxHouse.request(account).asOf)
            let nobodyKnows = house.oauthGsp(MemoryKeeper()) { $0.gsp.dateMeans = nil }
            #expect(try await covered(nobodyKnows) == LegalDate(year: 9_999, month: 12, day: 31))
            // An answer with later days than the one asked for shows what it is.
            let isShown = house.gsp(MemoryKeeper()) { $0.gsp.dateMeans = nil }
            #expect(try await covered(isShown) == today.adding(days: -330))
            let isShort = house.gsp(MemoryKeeper()) { $0.gsp.daysBack = 100 }
            #expect(try await covered(isShort) == today.adding(days: -100))
        }
    }
}
