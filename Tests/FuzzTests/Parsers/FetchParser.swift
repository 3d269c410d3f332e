import Domain
import Secrets
import Synchronization
import Transport
import Wire

@testable import Portals
@testable import Transport

/// A whole fetch through a connector of which one answer is a mutation and all others are good: what is tried is all
/// that the connector does with it, from the envelope to the notices that it reports.
struct FetchParser: Sendable {
    /// What came of a fetch.
    struct Outcome: Sendable {
        var report: FetchReport?
        var failure: PortalFailure?
        var notices: [NoticeFacts] = []
        var strays: [StrayRecord] = []

        var found: Int { notices.count + strays.count }
    }

    /// Names the answer that a request asks for.
    var ask: @Sendable (HTTPRequest) -> String
    /// Good answers by name.
    var answers: [String: HTTPResponse]
    var connect: @Sendable (HTTPClient) -> any PortalConnector
    var login: PortalLogin
    var places: [Place]
    var answer: ChallengeAnswer?
    /// From what was changed to the bytes of the answer of that name: GSTN seals its JSON.
    var wrap: @Sendable (String, [UInt8]) -> [UInt8] = { $1 }

    /// - Parameters:
    ///   - target: the answer that is changed.
    ///   - rule: what must be true of the outcome, told the changed bytes.
    func parser(
        _ name: String, changing target: String, _ samples: [String], form: FuzzParser.Form = .json, gentle: Int = 60,
        blind: Int = 12,
        rule: @escaping @Sendable (Outcome, [UInt8]) throws -> Void = { _, _ in }
    ) -> FuzzParser {
        FuzzParser(
            name: name, samples: AllParsers.bytes(samples), form: form, gentle: gentle, blind: blind
        ) { bytes in
            var response = answers[target] ?? HTTPResponse(status: 200, headers: [:], body: [])
            response.body = wrap(target, bytes)
            let outcome = await fetch(changed: response, target)
            try outcome.notices.forEach(FactsRules.check)
            try Self.check(outcome)
            try rule(outcome, bytes)
            return Self.verdict(outcome)
        }
    }

    private func fetch(changed: HTTPResponse, _ target: String) async -> Outcome {
        let client = HTTPClient(answering: { request in
            let name = ask(request)
            return name == target ? changed : answers[name] ?? HTTPResponse(status: 404, headers: [:], body: [])
        })
        let reporter = FuzzReporter()
        var request = FetchRequest(
            login: login, key: IdempotencyKey(workspace: "fuzz", job: JobId(1), attempt: 1), places: places,
            answer: answer, asOf: Instant(seconds: 1_763_700_000), deadline: .now + .seconds(600))
        request.isTakenUpAgain = { false }
        var outcome = Outcome()
        do throws(PortalFailure) {
            outcome.report = try await connect(client).fetch(request, reporter: reporter)
        } catch {
            outcome.failure = error
        }
        (outcome.notices, outcome.strays) = reporter.kept.withLock { ($0.notices, $0.strays) }
        return outcome
    }

    /// A place never counts more or less than it hands over, and nothing harmful is said about it.
    private static func check(_ outcome: Outcome) throws {
        for reading in outcome.report?.readings ?? [] {
            let shown = outcome.notices.filter { $0.place == reading.place && $0.state != .withdrawn }.count
            if reading.outcome == .read || reading.outcome == .empty, shown != reading.count {
                throw Broken("\(reading.place) counts \(reading.count) and hands over \(shown)")
            }
            guard reading.outcome != .empty || shown == 0 else {
                throw Broken("\(reading.place) is empty with notices")
            }
            guard reading.message.unicodeScalars.allSatisfy(HarmlessText.isHarmless) else {
                throw Broken("a message carries a character that can harm a terminal")
            }
        }
        // A row of a page may be one blank cell.
        guard outcome.strays.allSatisfy({ !$0.raw.isEmpty || Portal.traces.places.contains($0.place) }) else {
            throw Broken("a record was set aside empty")
        }
    }

    private static func verdict(_ outcome: Outcome) -> Verdict {
        if let failure = outcome.failure { return .refused("\(failure.cause)") }
        let readings = outcome.report?.readings ?? []
        let said = readings.map { "\($0.place) \($0.outcome) \(PayloadReading.some($0.count))" }.joined(separator: ", ")
        let aside = "\(PayloadReading.some(outcome.strays.count)) aside"
        let isRead = readings.allSatisfy { $0.outcome == .read || $0.outcome == .empty }
        return isRead ? .accepted("\(said), \(aside)") : .refused(said)
    }
}

/// Keeps what a fetch reports.
final class FuzzReporter: FetchReporter {
    struct Kept: Sendable {
        var notices: [NoticeFacts] = []
        var strays: [StrayRecord] = []
    }

    let kept = Mutex(Kept())

    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {}
    func progress(_ percent: Int) async {}
    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async { kept.withLock { $0.notices += notices } }
    func hasDocument(sha256: String) async -> Bool { false }
    func storedDocument(externalId: String) async -> NoticeDocument? { nil }
    func store(document: NoticeDocument, bytes: [UInt8]) async {}
    func setAside(_ record: StrayRecord) async { kept.withLock { $0.strays.append(record) } }
}
