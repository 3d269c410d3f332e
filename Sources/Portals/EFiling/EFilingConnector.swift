import Domain
import Secrets
import Synchronization
import Transport
import Wire

/// Reaches the Income Tax e-filing portal by the front-end services that its own web page uses.
///
/// They are unofficial: nobody has documented or promised them, and they may change any day
/// (facts: income-tax-traces 3). A firm that uses this connector logs in with its client's password, as its staff would
/// by hand; whether it may do so unattended is for the firm to decide.
public final class EFilingConnector: PortalConnector {
    private let caller: EFilingCaller
    private let sessions = EFilingSessions()

    /// - Parameters:
    ///   - pause: how waits are made; tests pass one that returns at once.
    ///   - random: jitter.
    public convenience init(
        profile: ProviderProfile, client: HTTPClient, gate: any CallGate = OpenGate(),
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await ContinuousClock().sleep(for: $0) },
        random: RandomSource = .system
    ) {
        self.init(
            EFilingCaller(
                profile: profile, client: PortalClient(http: client, gate: gate, pause: pause, random: random)))
    }

    init(_ caller: EFilingCaller) { self.caller = caller }

    public var awaitsPerson: Bool { !sessions.waiting.isEmpty }

    /// There is no health service: whatever the front page answers below 500 counts as up.
    public func health() async throws(PortalFailure) -> [Portal: PortalHealth] {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        let status = try await caller.status(deadline: deadline)
        return [.incomeTax: PortalHealth(state: status < 500 ? .up : .down, message: "front page answered \(status)")]
    }

    public func verify(
        _ login: PortalLogin, key: IdempotencyKey, answer: ChallengeAnswer?, reporter: any FetchReporter
    ) async throws(PortalFailure) {
        let deadline = ContinuousClock.now + caller.profile.timeouts.job
        let run = EFilingLoginRun(
            caller: caller, login: login, sessions: sessions, deadline: deadline, reporter: reporter, answer: answer)
        sessions.keep(try await run.logIn(), of: login)
    }

    public func fetch(
        _ request: FetchRequest, reporter: any FetchReporter
    ) async throws(PortalFailure) -> FetchReport {
        let session = EFilingSession(caller: caller, request: request, reporter: reporter, sessions: sessions)
        return try await EFilingFetch(
            caller: caller, session: session, request: request, reporter: reporter
        ).run()
    }
}
