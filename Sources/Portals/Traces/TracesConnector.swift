import Domain
import Synchronization
import Transport
import Wire

/// Reaches TRACES by what its own web pages call. Unofficial: no interface is published and any call may change, so
/// whatever is not understood is said to be so, never guessed at.
///
/// Every login needs a captcha, which a person answers: the first attempt of a job ends with it, the next one logs in
/// with the answer; some users are then asked for a one-time password the same way. A session that the portal still
/// honours spares both.
public final class TracesConnector: PortalConnector {
    private let caller: TracesCaller
    private let sessions = TracesSessions()

    /// - Parameters:
    ///   - pause: how waits are made; tests pass one that returns at once.
    ///   - random: jitter and the numbers that keep answers out of caches.
    public init(
        profile: ProviderProfile, client: HTTPClient, gate: any CallGate = OpenGate(),
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await ContinuousClock().sleep(for: $0) },
        random: RandomSource = .system
    ) {
        caller = TracesCaller(
            profile: profile, client: PortalClient(http: client, gate: gate, pause: pause, random: random))
    }

    public var awaitsPerson: Bool { !sessions.waiting.isEmpty }

    /// Asks for a page that needs no login and spends no captcha.
    public func health() async throws(PortalFailure) -> [Portal: PortalHealth] {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        let call = TracesCaller.Call(url: caller.legacy + Traces.AppPath.login, deadline: deadline)
        let response = try await caller.sendOnce(call, changes: false)
        let isUp = response.status < 500
        return [.traces: PortalHealth(state: isUp ? .up : .down, message: isUp ? "" : "answered \(response.status)")]
    }

    /// The session is kept: a fetch that follows needs no other captcha.
    public func verify(
        _ login: PortalLogin, key: IdempotencyKey, answer: ChallengeAnswer?, reporter: any FetchReporter
    ) async throws(PortalFailure) {
        let deadline = ContinuousClock.now + caller.profile.timeouts.request
        let step = TracesLogin(caller: caller, reporter: reporter, deadline: deadline)
        try await logIn(login, answer, step)
    }

    public func fetch(
        _ request: FetchRequest, reporter: any FetchReporter
    ) async throws(PortalFailure) -> FetchReport {
        let step = TracesLogin(caller: caller, reporter: reporter, deadline: request.deadline)
        let session = try await session(for: request, step)
        do throws(PortalFailure) {
            try await step.open(session)
            let pages = TracesPages(caller: caller, session: session, deadline: request.deadline)
            return try await TracesFetch(pages: pages, request: request, reporter: reporter).run()
        } catch {
            guard error.cause == .sessionExpired else { throw error }
            sessions.forget(request.login.identity)
            await reporter.log(.warning, "session", "the portal ended the session: \(error.message)")
            throw try await step.challenge("The portal ended the session.")
        }
    }

    private func session(for request: FetchRequest, _ step: TracesLogin) async throws(PortalFailure) -> TracesSession {
        if let held = sessions.session(for: request.login) {
            await step.reporter.log(.info, "login", "going on with the session of an earlier login")
            return held
        }
        return try await logIn(request.login, request.answer, step)
    }

    @discardableResult
    private func logIn(
        _ login: PortalLogin, _ answer: ChallengeAnswer?, _ step: TracesLogin
    ) async throws(PortalFailure) -> TracesSession {
        if let answer, TracesQuestion.isOtpOfLogin(answer) {
            guard let begun = sessions.waiting.take(answer.remoteJob, of: login) else {
                throw try await step.challenge("The login that waited for the one-time password is gone.")
            }
            return try await attempt(login, begun, otp: answer.text.filter { !$0.isWhitespace }, step)
        }
        guard let answer, !TracesQuestion.isOtpOfRequest(answer),
            sessions.spend(captcha: answer.remoteJob, of: login.identity)
        else {
            throw try await step.challenge("TRACES asks for a captcha.")
        }
        return try await attempt(login, TracesWaitingLogin(captcha: answer, asked: 0), otp: nil, step)
    }

    private func attempt(
        _ login: PortalLogin, _ begun: TracesWaitingLogin, otp: String?, _ step: TracesLogin
    ) async throws(PortalFailure) -> TracesSession {
        sessions.forget(login.identity)
        do throws(PortalFailure) {
            let session = try await step.login(login, begun.captcha, otp: otp)
            sessions.keep(session)
            return session
        } catch  where error.cause == .otpRequired {
            // One that is too old is followed by another one only when the login begins anew.
            if otp != nil, error.message.lowercased().contains("expired") {
                throw try await step.challenge(
                    "The one-time password is too old (\(error.message)).", followsRefusal: true)
            }
            var begun = begun
            begun.asked += 1
            let name = TracesQuestion.name(ofLogin: begun.captcha, asked: begun.asked)
            sessions.waiting.keep(begun, name, of: login)
            throw TracesQuestion.askForOtp(name, error.message, followsRefusal: otp != nil)
        }
    }
}
