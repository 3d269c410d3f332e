import Domain
import Foundation
import Logging
import Portals
import Secrets
import Store

/// Runs one claimed job to its outcome. Whatever happens is written to the job's log and decides what comes next.
final class JobRunner: Sendable {
    let workspace: Workspace
    let owner: String
    let connectors: Connectors
    private let log: Logger

    init(workspace: Workspace, owner: String, log: Logger) throws(Complaint) {
        self.workspace = workspace
        self.owner = owner
        self.log = log
        connectors = try Connectors(workspace: workspace, owner: owner)
    }

    func run(_ claimed: ClaimedJob, _ control: JobControl) async {
        let reporter = JobReporter(workspace: workspace, claimed: claimed, owner: owner)
        let conclusion = await conclusion(claimed, control, reporter)
        let name: Logger.Metadata = [
            "job": "\(claimed.job.id)", "portal": "\(claimed.job.portal.rawValue)",
            "kind": "\(claimed.job.kind.rawValue)",
            "attempt": "\(claimed.attempt)",
        ]
        await finish(conclusion, control, reporter, name)
    }

    private func conclusion(
        _ claimed: ClaimedJob, _ control: JobControl, _ reporter: JobReporter
    ) async -> JobConclusion {
        let notes = CallNotes()
        let verdict = AttemptVerdict(
            workspace: workspace, claimed: claimed, control: control, reporter: reporter, notes: notes)
        var login: PortalLogin?
        do {
            let attempt = try await prepare(claimed, reporter)
            login = attempt.login
            let deadline = ContinuousClock.now + attempt.connection.profile.timeouts.job
            let topic = CallTopic(
                subject: claimed.job.identity.auditSubject, correlation: "job/\(claimed.job.id)",
                provider: attempt.connection.profile.name)
            return try await CallContext.$key.withValue(claimed.job.identity.text) {
                try await CallContext.$topic.withValue(topic) {
                    try await CallContext.$notes.withValue(notes) {
                        try await CallContext.$deadline.withValue(deadline) {
                            try await carryOut(attempt, claimed, control, reporter, deadline: deadline)
                        }
                    }
                }
            }
        } catch {
            return await verdict.conclude(error, login: login)
        }
    }

    /// All that an attempt needs, found before a byte leaves.
    private struct Attempt: Sendable {
        var login: PortalLogin
        var connection: Connectors.Connection
        var key: IdempotencyKey
    }

    private func prepare(_ claimed: ClaimedJob, _ reporter: JobReporter) async throws -> Attempt {
        let stored = try await workspace.credentials.login(
            of: claimed.job.accountId, needsPassword: connectors.needsPassword)
        guard let account = stored.account else { throw LocalRefusal(.internal, "the account of this job was removed") }
        guard var login = stored.login else {
            throw LocalRefusal(.accountProblem, "\(account.missingText) for \(account.identity)")
        }
        let connection = try await connectors.connection(for: account)
        if connection.profile.connector.needsPassword {
            if login.password.isEmpty, account.isPasswordSet {
                // The account has got another provider since its login was opened.
                let whole = try await workspace.credentials.login(of: account.id) { _ in true }
                login = whole.login ?? login
            }
            guard !login.password.isEmpty else {
                throw LocalRefusal(
                    .accountProblem,
                    "no password is stored for \(account.identity), and \(connection.profile.name) needs it")
            }
            try refuseKnownBadPassword(account, claimed)
        } else if claimed.job.kind == .fetch, account.reason == .locked {
            throw LocalRefusal(.locked, "the portal said that the account is locked; it was not asked again")
        }
        if connection.profile.connector.needsAuthority,
            try workspace.lookUp({ try $0.authority(of: account.id) }) == nil
        {
            throw LocalRefusal(.noAuthority, Complaint.withoutAuthority(account.identity))
        }
        reporter.serve(by: connection.profile.name)
        await reporter.log(.info, "provider", connection.describes)
        let key = IdempotencyKey(workspace: connectors.workspaceName, job: claimed.job.id, attempt: claimed.attempt)
        return Attempt(login: login, connection: connection, key: key)
    }

    /// The same password is never offered twice once a portal refused it: that is how accounts get locked.
    /// A person may still ask for one verification, as often as the settings allow.
    private func refuseKnownBadPassword(_ account: PortalAccount, _ claimed: ClaimedJob) throws {
        if !account.mayOffer(for: claimed.job.kind, limit: workspace.settings.worker.passwordTries) {
            throw LocalRefusal(account.reason ?? .wrongPassword, account.spentText)
        }
        guard claimed.job.kind == .fetch, let cause = account.reason, cause == .wrongPassword || cause == .locked else {
            return
        }
        let said = account.reasonMessage.isEmpty ? cause.title : account.reasonMessage
        throw LocalRefusal(cause, "the portal refused this login before (\(said)); it was not tried again")
    }

    private func carryOut(
        _ attempt: Attempt, _ claimed: ClaimedJob, _ control: JobControl, _ reporter: JobReporter,
        deadline: ContinuousClock.Instant
    ) async throws -> JobConclusion {
        let accepted = JobConclusion.LoginWord(
            account: claimed.job.accountId, version: attempt.login.version, status: .verified)
        switch claimed.job.kind {
        case .verify:
            try await attempt.connection.connector.verify(
                attempt.login, key: attempt.key, answer: try workspace.answer(to: claimed),
                reporter: reporter)
            await reporter.log(.info, "verify", "the portal accepted the login")
            return JobConclusion(outcome: .done(noticesNew: 0), login: accepted, provider: .init(isOk: true))
        case .fetch:
            let report = try await fetch(attempt, claimed, control, reporter, deadline: deadline)
            guard report.isComplete else {
                let verdict = AttemptVerdict(
                    workspace: workspace, claimed: claimed, control: control, reporter: reporter,
                    notes: CallContext.notes ?? CallNotes())
                return await verdict.conclude(placesFailed: report, accepted: accepted)
            }
            await reporter.log(.info, "done", "every place was read\(Self.aside(reporter)); \(Self.counts(reporter))")
            return JobConclusion(
                outcome: .done(noticesNew: reporter.noticesNew), login: accepted, provider: .init(isOk: true))
        }
    }

    private static func aside(_ reporter: JobReporter) -> String {
        let count = reporter.setAside
        return count == 0 ? "" : ", but \(count == 1 ? "1 record was" : "\(count) records were") set aside"
    }

    private static func counts(_ reporter: JobReporter) -> String {
        let (new, changed) = (reporter.noticesNew, reporter.noticesChanged)
        return "\(new == 1 ? "1 notice is" : "\(new) notices are") new, \(changed) changed"
    }

    private func fetch(
        _ attempt: Attempt, _ claimed: ClaimedJob, _ control: JobControl, _ reporter: JobReporter,
        deadline: ContinuousClock.Instant
    ) async throws -> FetchReport {
        let times = try? workspace.lookUp { try $0.readingTimes(claimed.job.accountId) }
        let places = PlaceOrder.places(
            attempt.connection.connector.offers(claimed.job.portal), read: times ?? [:], of: claimed)
        var request = FetchRequest(
            login: attempt.login, key: attempt.key, places: places,
            answer: try workspace.answer(to: claimed),
            asOf: workspace.now, deadline: deadline)
        if claimed.job.portal == .traces {
            request.wishes = try await wishes(claimed, reporter)
        }
        request.isTakenUpAgain = { control.ending == .stop }
        for place in claimed.job.portal.places where !request.places.contains(place) {
            let message = "\(attempt.connection.profile.name) has no call for it"
            try await reporter.read(PlaceReading(place: place, outcome: .skipped, message: message), notices: [])
        }
        let report: FetchReport
        do {
            report = try await attempt.connection.connector.fetch(request, reporter: reporter)
        } catch {
            // Places that were read stay read, whatever became of the others.
            try? await reporter.keep()
            throw error
        }
        try await reporter.keep()
        return FetchReport(readings: report.readings.map(reporter.honest))
    }

    /// The files that TRACES is to be asked for now. One that was on its way when a worker died is asked for by nobody: the
    /// portal may be making it.
    private func wishes(_ claimed: ClaimedJob, _ reporter: JobReporter) async throws -> [Int64: TdsWish] {
        var wishes: [Int64: TdsWish] = [:]
        for request in try workspace.lookUp({ try $0.tdsRequests(claimed.job.accountId, unsettledOnly: true) }) {
            if request.state == .asking {
                let why = "whether the portal took it is not known: the program ended while it asked"
                try await reporter.note(wish: request.id, .refused("\(why); look at the list of requests"))
            } else if let problem = request.wish.kyc.problem {
                let why = "what was told of the statement is damaged: \(problem)"
                try await reporter.note(wish: request.id, .refused(why))
            } else {
                wishes[request.id] = request.wish
            }
        }
        return wishes
    }

    private func finish(
        _ conclusion: JobConclusion, _ control: JobControl, _ reporter: JobReporter, _ name: Logger.Metadata
    ) async {
        var conclusion = conclusion
        conclusion.calls = connectors.records.taken()
        conclusion.health = connectors.allGates.map { $0.takeNews() }.filter { !$0.isEmpty }
        let settled = conclusion
        let store = UntilStored(alarm: workspace.surroundings.alarm) { control.ending == .stop }
        let isHeld = await store.run {
            try await reporter.finish(settled)
        } onFailure: { [log, home = workspace.home.path] error in
            let why = Complaint(error, home: home).description
            log.error("an outcome could not be stored", metadata: name.merging(["why": "\(why)"]) { $1 })
        }
        if isHeld == nil { conclusion.calls?.putBack() }
        if let isHeld { tell(conclusion, isHeld: isHeld, name) }
    }

    private func tell(_ conclusion: JobConclusion, isHeld: Bool, _ name: Logger.Metadata) {
        guard isHeld else { return log.warning("outcome dropped: the lease was lost", metadata: name) }
        switch conclusion.outcome {
        case .done(let new): log.info("done", metadata: name.merging(["new": "\(new)"]) { $1 })
        case .failed(let cause, _): log.warning("failed", metadata: name.merging(["cause": "\(cause.rawValue)"]) { $1 })
        case .gaveUp(let cause, _):
            log.warning("given up", metadata: name.merging(["cause": "\(cause.rawValue)"]) { $1 })
        case .retry(_, let cause, _):
            log.info("retrying", metadata: name.merging(["cause": "\(cause.rawValue)"]) { $1 })
        case .needsInput(let cause, _, _, _):
            log.info("needs input", metadata: name.merging(["cause": "\(cause.rawValue)"]) { $1 })
        case .cancelled: log.info("cancelled", metadata: name)
        case .released: log.info("given back", metadata: name)
        }
    }
}
