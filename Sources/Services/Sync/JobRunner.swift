import Domain
import Foundation
import Portals
import Store
import Synchronization

/// Runs one claimed job to its outcome. Whatever happens is written to the job's log and decides what comes next.
final class JobRunner: Sendable {
    let workspace: Workspace
    let owner: String
    let connectors: Connectors
    /// Set at an orderly stop: a cancelled job is then given back instead of ended.
    let isStopping = Atomic<Bool>(false)

    init(workspace: Workspace, owner: String) {
        self.workspace = workspace
        self.owner = owner
        connectors = Connectors(workspace: workspace)
    }

    func run(_ claimed: ClaimedJob) async {
        let reporter = JobReporter(workspace: workspace, claimed: claimed, owner: owner)
        let place = "attempt \(claimed.attempt) by worker \(owner.prefix(4))"
        await reporter.log(.info, "claim", place)
        var outcome: JobOutcome
        do {
            outcome = try await attempt(claimed, reporter)
        } catch let failure as PortalFailure {
            outcome = await conclude(failure, claimed, reporter)
        } catch is CancellationError {
            outcome = stopped(reporter)
        } catch {
            let complaint = Complaint(error, home: workspace.home.path)
            await reporter.log(.error, "fault", complaint.description)
            outcome = retryOrGiveUp(PortalFailure(.internal, complaint.description), claimed)
        }
        if Task.isCancelled, case .retry = outcome { outcome = stopped(reporter) }
        await reporter.finish(outcome)
    }

    private func attempt(_ claimed: ClaimedJob, _ reporter: JobReporter) async throws -> JobOutcome {
        let account = try await workspace.read { try $0.account(claimed.job.accountId) }
        guard let account else { throw PortalFailure(.internal, "the account of this job was removed") }
        guard account.isConfigured, let username = account.username,
            let password = try await workspace.credentials.password(of: account)
        else { throw PortalFailure(.accountProblem, "no user name and password are stored for \(account.identity)") }
        try refuseKnownBadPassword(account, claimed)
        let connection = try await connectors.connection(for: account)
        await reporter.log(.info, "provider", connection.describes)
        let login = PortalLogin(
            identity: account.identity, username: username, password: password, version: account.loginVersion)
        let key = IdempotencyKey(workspace: connectors.workspaceName, job: claimed.job.id, attempt: claimed.attempt)
        switch claimed.job.kind {
        case .verify:
            try await connection.connector.verify(login, key: key, reporter: reporter)
            await succeeded(account)
            await reporter.log(.info, "verify", "the portal accepted the login")
            return .done(noticesNew: 0)
        case .fetch:
            return try await fetch(login, key, account, claimed, connection, reporter)
        }
    }

    private func fetch(
        _ login: PortalLogin, _ key: IdempotencyKey, _ account: PortalAccount, _ claimed: ClaimedJob,
        _ connection: Connectors.Connection, _ reporter: JobReporter
    ) async throws -> JobOutcome {
        let request = FetchRequest(
            login: login, key: key, places: account.portal.places, answer: try claimed.answer.map { try $0.forConnector() },
            deadline: .now + connection.profile.timeouts.job
        )
        let report = try await connection.connector.fetch(request, reporter: reporter)
        await succeeded(account)
        if report.isComplete {
            let new = reporter.noticesNew
            await reporter.log(.info, "done", "every place was read; \(new == 1 ? "1 notice is" : "\(new) notices are") new")
            return .done(noticesNew: new)
        }
        throw Self.placesFailed(report)
    }

    private static func placesFailed(_ report: FetchReport) -> PortalFailure {
        let failed = report.readings.filter { reading in reading.outcome != .read && reading.outcome != .empty }
        let names = failed.map { $0.place.rawValue }.joined(separator: ", ")
        let said = failed.first?.message ?? ""
        return PortalFailure(.placeFailed, "could not read \(names)" + (said.isEmpty ? "" : ": \(said)"))
    }

    /// The same password is never offered twice once a portal refused it: that is how accounts get locked.
    /// A person may still ask for one verification.
    private func refuseKnownBadPassword(_ account: PortalAccount, _ claimed: ClaimedJob) throws {
        guard claimed.job.kind == .fetch, account.reason == .wrongPassword || account.reason == .locked,
            let cause = account.reason
        else { return }
        throw PortalFailure(cause, "the portal refused this login before (\(account.reasonMessage)); it was not tried again")
    }

    private func conclude(_ failure: PortalFailure, _ claimed: ClaimedJob, _ reporter: JobReporter) async -> JobOutcome {
        let code = failure.portalCode.map { "\($0) " } ?? ""
        await reporter.log(.error, failure.cause.rawValue, code + failure.message)
        if failure.cause.concernsLogin { await refused(claimed.job.accountId, failure) }
        await noteProvider(claimed.job.portal, failure)
        if Task.isCancelled { return stopped(reporter) }
        let message = HarmlessText.line(failure.message)
        // Exactly one attempt is what a verification promises.
        if claimed.job.kind == .verify, failure.cause.disposition != .needsInput {
            await verificationFailed(claimed.job.accountId, failure)
            return .failed(cause: failure.cause, message: message)
        }
        switch failure.cause.disposition {
        case .fail: return .failed(cause: failure.cause, message: message)
        case .needsInput:
            guard let challenge = failure.challenge, let json = try? challenge.json() else {
                return .failed(cause: failure.cause, message: message)
            }
            return .needsInput(cause: failure.cause, message: message, challengeJSON: json, expires: challenge.expiresAt)
        case .retry: return retryOrGiveUp(failure, claimed)
        }
    }

    private func retryOrGiveUp(_ failure: PortalFailure, _ claimed: ClaimedJob) -> JobOutcome {
        let message = HarmlessText.line(failure.message)
        guard claimed.attempt < workspace.settings.worker.attempts else {
            let cause: Cause = failure.cause == .placeFailed ? .placeFailed : .gaveUp
            return .failed(cause: cause, message: "after \(claimed.attempt) attempts: \(message)")
        }
        var random = workspace.surroundings.random.drawing()
        let computed = BackOff.job.equalJitter(failures: claimed.attempt, using: &random)
        let wait = BackOff.honouring(retryAfter: failure.retryAfter, computed: computed, using: &random)
        return .retry(at: workspace.now + wait, cause: failure.cause, message: message)
    }

    private func stopped(_ reporter: JobReporter) -> JobOutcome {
        isStopping.load(ordering: .relaxed) ? .released() : .cancelled
    }

    private func succeeded(_ account: PortalAccount) async {
        let now = workspace.now
        _ = try? await workspace.write { writer in
            try writer.setStatus(account.id, .verified, cause: nil, message: "", at: now)
            try writer.setProviderState(account.portal, ok: true, message: "", at: now)
        }
    }

    private func refused(_ account: AccountId, _ failure: PortalFailure) async {
        let now = workspace.now
        let message = HarmlessText.line(failure.message)
        _ = try? await workspace.write {
            try $0.setStatus(account, .notVerified, cause: failure.cause, message: message, at: now)
        }
    }

    /// A verification that met a fault of the portal says so on an account that was not verified before.
    private func verificationFailed(_ account: AccountId, _ failure: PortalFailure) async {
        let now = workspace.now
        let message = HarmlessText.line(failure.message)
        _ = try? await workspace.write { writer in
            guard !failure.cause.concernsLogin, let stored = try writer.reader.account(account),
                stored.status == .notVerified
            else { return }
            try writer.setStatus(account, .notVerified, cause: failure.cause, message: message, at: now)
        }
    }

    private func noteProvider(_ portal: Portal, _ failure: PortalFailure) async {
        let isProvidersFault = [.portalDown, .portalTimeout, .providerAuth, .portalChanged].contains(failure.cause)
        let now = workspace.now
        _ = try? await workspace.write {
            try $0.setProviderState(
                portal, ok: !isProvidersFault, message: isProvidersFault ? failure.cause.title : "", at: now)
        }
    }
}
