import Domain
import Foundation
import Portals
import Store

/// Why an attempt ended before the portal was asked. Says nothing of the login, and of the provider only that it lacks.
struct LocalRefusal: Error {
    var cause: Cause
    var message: String
    var isProviderMissing = false

    init(_ cause: Cause, _ message: String, isProviderMissing: Bool = false) {
        self.cause = cause
        self.message = message
        self.isProviderMissing = isProviderMissing
    }
}

/// Decides what an attempt that did not succeed means: for the job, for the login and for the provider.
struct AttemptVerdict: Sendable {
    let workspace: Workspace
    let claimed: ClaimedJob
    let control: JobControl
    let reporter: JobReporter
    /// What became of the calls of the attempt.
    let notes: CallNotes

    /// - Parameter login: what was offered to the portal; nil when it did not come to that.
    func conclude(_ error: any Error, login: PortalLogin?) async -> JobConclusion {
        switch error {
        case let refusal as LocalRefusal: return await conclude(refusal)
        case let failure as PortalFailure: return await conclude(failure, login)
        case is CancellationError: return JobConclusion(outcome: interrupted)
        default:
            if control.ending != nil { return JobConclusion(outcome: interrupted) }
            let complaint = Complaint(error, home: workspace.home.path)
            // The vault was closed to this worker in the middle: no fault of the job.
            if complaint.status == .notPermitted { return JobConclusion(outcome: .released()) }
            await reporter.log(.error, "fault", complaint.description)
            return JobConclusion(outcome: again(PortalFailure(.internal, complaint.description)))
        }
    }

    /// The login was accepted, but a list could not be read. What was read is stored already.
    func conclude(placesFailed report: FetchReport, accepted: JobConclusion.LoginWord) async -> JobConclusion {
        let failed = report.readings.filter { $0.outcome != .read && $0.outcome != .empty }
        let names = failed.map(\.place.title).joined(separator: ", ")
        let said = failed.first?.message ?? ""
        let failure = PortalFailure(.placeFailed, "could not read \(names)" + (said.isEmpty ? "" : ": \(said)"))
        await reporter.log(.error, failure.cause.rawValue, failure.message)
        let outcome = spared ?? (control.ending == nil ? again(failure) : interrupted)
        // Under a session that was open before, it may be that nobody answered anything.
        guard notes.isAnswered else { return JobConclusion(outcome: outcome) }
        return JobConclusion(outcome: outcome, login: accepted, provider: .init(isOk: true))
    }

    /// What an attempt becomes whose calls were kept back only because others made the provider fail, or by our own
    /// limits: it costs the job nothing. An answer of a person that a login has used up is not offered again.
    private var spared: JobOutcome? {
        guard let until = notes.heldBackUntil else { return nil }
        return control.ending == nil ? .released(at: until, dropsAnswer: notes.isAnswered) : interrupted
    }

    private func conclude(_ refusal: LocalRefusal) async -> JobConclusion {
        await reporter.log(.error, refusal.cause.rawValue, refusal.message)
        let message = HarmlessText.line(refusal.message)
        return JobConclusion(
            outcome: .failed(cause: refusal.cause, message: message),
            provider: refusal.isProviderMissing ? .init(isOk: false, message: message) : nil)
    }

    private func conclude(_ failure: PortalFailure, _ login: PortalLogin?) async -> JobConclusion {
        // Our own interruption comes back as an internal fault of the call that was cut short.
        if failure.cause == .internal, control.ending != nil {
            guard failure.leavesPasswordUnsure else { return JobConclusion(outcome: interrupted) }
            // A password that had left counts as offered, or each stop would offer it once more.
            var cut = failure
            (cut.cause, cut.message) = (.portalTimeout, "the login was ended before the portal answered")
            return JobConclusion(outcome: interrupted, login: word(of: cut, login))
        }
        let code = failure.portalCode.map { "\($0) " } ?? ""
        await reporter.log(.error, failure.cause.rawValue, code + failure.message, detail: failure.rawAnswer)
        return JobConclusion(
            outcome: outcome(of: failure), login: word(of: failure, login), provider: providerWord(failure))
    }

    private func outcome(of failure: PortalFailure) -> JobOutcome {
        let message = HarmlessText.line(failure.message)
        // The attempt does not count; a verification is somebody waiting, who is told at once.
        if failure.notBefore != nil, claimed.job.kind == .fetch, let spared { return spared }
        let failed = JobOutcome.failed(cause: failure.cause, message: message)
        if let own = afterOwnSession(failure) { return own }
        if let question = question(failure, message) { return question }
        if failure.isFinal { return failed }
        switch failure.cause.disposition {
        // Nobody can answer what names no job at the provider.
        case .fail, .needsInput: return failed
        case .retry: return control.ending == nil ? again(failure) : interrupted
        }
    }

    /// Sessions are held in memory, so a worker that ended has left one behind. For a while after our own last login the
    /// other session is most likely that one, and ends by itself: nobody need be asked, and nobody is pushed out.
    ///
    /// - Returns: nil when somebody else's is likelier, or a verification waits.
    private func afterOwnSession(_ failure: PortalFailure) -> JobOutcome? {
        guard failure.cause == .dualSession, !failure.isFinal, failure.challenge != nil, claimed.job.kind == .fetch,
            claimed.attempt < workspace.settings.worker.attempts,
            let last = try? workspace.lookUp({ try $0.account(claimed.job.accountId) })?.lastGoodLoginAt
        else { return nil }
        let over = last + Self.ownSessionLife
        let words = "a session of our own may still stand at the portal; it is tried again when that is over"
        return workspace.now < over ? .retry(at: over, cause: .dualSession, message: words) : nil
    }

    /// How long a session of ours may stand after its login; the portal's own figure is not published.
    private static let ownSessionLife = Duration.seconds(1_800)

    /// What a person is asked before the job can go on; nil when nothing is.
    private func question(_ failure: PortalFailure, _ message: String) -> JobOutcome? {
        guard let challenge = failure.challenge, !challenge.remoteJob.isEmpty, let json = try? challenge.json() else {
            return nil
        }
        let assumed = challenge.kind == .captcha ? workspace.now + workspace.settings.worker.captchaLife : nil
        return .needsInput(
            cause: failure.cause, message: message, challengeJSON: json, expires: challenge.expiresAt ?? assumed)
    }

    /// The next try, or the end when there was enough. Exactly one attempt is what a verification promises.
    private func again(_ failure: PortalFailure) -> JobOutcome {
        let message = HarmlessText.line(failure.message)
        if claimed.job.kind == .verify { return .failed(cause: failure.cause, message: message) }
        guard claimed.attempt < workspace.settings.worker.attempts else {
            let attempts = claimed.attempt == 1 ? "1 attempt" : "\(claimed.attempt) attempts"
            let said = "after \(attempts): \(message)"
            return failure.cause == .placeFailed
                ? .failed(cause: .placeFailed, message: said) : .gaveUp(cause: failure.cause, message: said)
        }
        var random = workspace.surroundings.random.drawing()
        let computed = BackOff.job.equalJitter(failures: claimed.attempt, using: &random)
        let wait = BackOff.honouring(retryAfter: failure.retryAfter, computed: computed, using: &random)
        let next = workspace.now + wait
        return .retry(at: failure.notBefore.map { max(next, $0) } ?? next, cause: failure.cause, message: message)
    }

    private var interrupted: JobOutcome { control.ending == .person ? .cancelled : .released() }

    private func word(of failure: PortalFailure, _ login: PortalLogin?) -> JobConclusion.LoginWord? {
        guard let login else { return nil }
        if failure.leavesPasswordUnsure { return unsureWord(failure, login) }
        let concernsLogin = failure.cause.concernsLogin
        // A verification that met a fault of the portal says so on an account that was not verified before.
        guard concernsLogin || claimed.job.kind == .verify else { return nil }
        return JobConclusion.LoginWord(
            account: claimed.job.accountId, version: login.version, status: .notVerified, cause: failure.cause,
            message: HarmlessText.line(failure.message), isWeak: !concernsLogin)
    }

    /// The portal may have judged the password: that counts like a refusal, and when the attempts are used up the account
    /// waits for a person. A code that we do not know is a word that somebody must read, so it marks the account at once.
    private func unsureWord(_ failure: PortalFailure, _ login: PortalLogin) -> JobConclusion.LoginWord {
        let tries = failure.portalCode == nil ? workspace.settings.worker.passwordTries : 1
        return JobConclusion.LoginWord(
            account: claimed.job.accountId, version: login.version, status: .notVerified, cause: failure.cause,
            message: HarmlessText.line(failure.message), unsureTries: tries)
    }

    /// Whatever the portal said, a provider that passed it on answered. Our own faults say nothing of it.
    private func providerWord(_ failure: PortalFailure) -> JobConclusion.ProviderWord? {
        switch failure.cause {
        case .internal: nil
        case .portalDown, .portalTimeout, .providerAuth, .portalChanged:
            .init(isOk: false, message: failure.cause.title)
        default: .init(isOk: true)
        }
    }
}
