import Crypto
import Domain
import Foundation
import Synchronization
import Testing
import Transport

@testable import Portals

/// What is told of calls to a GSP that went wrong, and what is not.
@Suite struct GspFailureTests {
    private func response(_ status: Int, _ body: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: HTTPHeaders(), body: Array(body.utf8))
    }

    @Test(arguments: [200, 404, 502])
    func nothingOfAnAnswerToALoginIsQuoted(status: Int) {
        let body = "Cannot GET /authentication/authtoken?otp=575757, token tk-made-up"
        let failure = GspCaller.gateway(response(status, body), "AUTHTOKEN", isLogin: true)
        let told = "\(failure.message) \(failure.rawAnswer)"
        #expect(!told.contains("575757") && !told.contains("tk-made-up"))
        let read = GspCaller.gateway(response(status, body), "NOTICES", isLogin: false)
        #expect("\(read.message) \(read.rawAnswer)".contains("Cannot GET"))
    }

    @Test func aCodeThatNobodyPublishedMeansWhatItsStatusSays() {
        func cause(_ status: Int, _ code: String = "OURS-17") -> Cause {
            GstnCode.cause(code, action: "NOTICES", in: response(status, "{}"))
        }
        #expect(cause(429) == .rateLimited && cause(503) == .portalDown && cause(401) == .providerAuth)
        #expect(cause(200) == .portalChanged)
        #expect(cause(503, "AUTH4036") == .sessionExpired)
    }

    @Test(arguments: [(1, 60), (5, 150), (60, 3_240), (360, 19_440), (43_200, 2_588_400)])
    func aSessionIsRefreshedBeforeItsEndButNeverAtOnce(minutes: Int, after seconds: Int) {
        let start = Instant(milliseconds: 1_795_180_000_000)
        let session = GspSession(
            open: "made-up", appKey: .init(size: .bits256), sessionKey: nil, at: start,
            until: start + .seconds(minutes * 60))
        #expect(session.refreshAt == start + .seconds(seconds))
    }

    @Test func aCallWaitsForItsTurnAsLongAsItsAttemptLasts() async throws {
        let until = Instant(milliseconds: 1_795_180_120_000)
        func ask(within limit: Duration) async -> (PortalFailure?, CallNotes) {
            let client = PortalClient(
                http: HTTPClient(), gate: OneWait(until: until), pause: { _ in }, random: RandomSource { 7 })
            let request = HTTPRequest(
                .get, url: "http://127.0.0.1:9/", deadline: .now + .seconds(30), connectTimeout: .seconds(5),
                maxResponseBytes: 10)
            let notes = CallNotes()
            let failure = await CallContext.$notes.withValue(notes) {
                await CallContext.$deadline.withValue(.now + limit) { () -> PortalFailure? in
                    do throws(PortalFailure) {
                        _ = try await client.send(request, changes: false)
                        return nil
                    } catch { return error }
                }
            }
            return (failure, notes)
        }
        // Two minutes of waiting within ten are no failure; the call leaves, and meets a closed port.
        let (patient, called) = await ask(within: .seconds(600))
        #expect(patient?.cause == .portalDown && patient?.notBefore == nil && called.hasFailed)
        // Where the attempt ends before, it is held back and costs nothing.
        let (hurried, spared) = await ask(within: .seconds(60))
        #expect(hurried?.notBefore == until && !spared.hasFailed && spared.heldBackUntil == until)
    }
}

/// Lets one call wait two minutes, then go.
private final class OneWait: CallGate {
    private let until: Instant
    private let hasWaited = Atomic<Bool>(false)

    init(until: Instant) { self.until = until }

    func admit(_ family: CallFamily, key: String) -> CallAdmission {
        hasWaited.exchange(true, ordering: .relaxed) ? .go : .wait(.seconds(120), until: until)
    }
    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {}
    func mayRetry(after cause: Cause) -> Bool { false }
}
