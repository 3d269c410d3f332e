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

    @Test func whatEndsASessionAndWhatIsNothing() {
        func cause(_ code: String, _ action: String, _ message: String = "") -> Cause {
            GstnCode.cause(code, saying: message, action: action, in: response(200, "{}"))
        }
        // A GSP that wants an OTP says of a session that it is over.
        for code in ["RETOTPREQUEST", "EVCREQUEST"] {
            #expect(cause(code, "NOTICES") == .sessionExpired && cause(code, "AUTHTOKEN") == .otpRequired)
        }
        // One code, two meanings: its words decide, and words that nobody knows are no empty list.
        #expect(GstnCode.isNoRecord("SWEB_9035", saying: "No records found"))
        #expect(!GstnCode.isNoRecord("SWEB_9035", saying: "Your account is locked"))
        #expect(!GstnCode.isNoRecord("SWEB_9035", saying: "GSTN refused the call"))
        #expect(!GstnCode.isNoRecord("SWEB_9035", saying: "Service is not available, try again later"))
        #expect(cause("SWEB_9035", "NOTICES", "Your account is locked") == .locked)
        #expect(GstnCode.isNoRecord("RET13510", saying: "") && !GstnCode.isNoRecord("RET13509", saying: "no record"))
    }

    @Test(arguments: [(Cause.rateLimited, 1_000, 2_000), (.portalDown, 500, 1_000)])
    func whoIsAskedTooOftenIsGivenLonger(cause: Cause, first: Int, second: Int) async {
        let waits = Mutex<[Duration]>([])
        let client = PortalClient(
            http: HTTPClient(), pause: { wait in waits.withLock { $0.append(wait) } },
            random: RandomSource { .max })
        let failed = await failure {
            _ = try await client.repeating(deadline: .now + .seconds(60)) { () throws(PortalFailure) -> Bool in
                throw PortalFailure(cause, "no")
            }
        }
        #expect(failed?.cause == cause)
        #expect(waits.withLock { $0 } == [.milliseconds(first), .milliseconds(second)])
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
