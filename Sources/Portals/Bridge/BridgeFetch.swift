import Domain
import Transport
import Wire

/// One fetch from start to report: the remote job, then what it found.
struct BridgeFetch: Sendable {
    let caller: BridgeCaller
    let logins: BridgeLogins
    let request: FetchRequest
    let reporter: any FetchReporter

    func run() async throws(PortalFailure) -> FetchReport {
        let endsOther = try OtherSession.isToEnd(request.answer)
        let found: [PlaceReading]
        do throws(PortalFailure) {
            found = try await work(endsOther)
        } catch  where error.cause == .dualSession && caller.profile.dualSession == .ask {
            throw OtherSession.ask(error, followsRefusal: endsOther)
        }
        let reader = BridgeNoticeReader(caller: caller, request: request, reporter: reporter)
        return FetchReport(readings: try await reader.read(found))
    }

    /// What the provider's job says of each place.
    private func work(_ endsOther: Bool) async throws(PortalFailure) -> [PlaceReading] {
        if endsOther { await reporter.log(.warning, "login", "the other session is to be ended, as a person said") }
        let started = try await start(endsOther)
        await reporter.log(
            .info, "job", "\(caller.profile.name) works on it as \(HarmlessText.line(started.jobId, limit: 80))")
        let run = BridgeJobRun(caller: caller, request: request, reporter: reporter)
        return try outcomes(of: try await run.finish(started))
    }

    /// Goes on with the job that waited for a person, or starts one.
    private func start(_ endsOther: Bool) async throws(PortalFailure) -> BridgeJob {
        if let answer = request.answer, !endsOther, let job = try await pass(answer) { return job }
        if !logins.holds(request.login) { try await handOver() }
        do throws(PortalFailure) {
            return try await post(endsOther)
        } catch  where error.isNotFound {
            // The provider has forgotten the login, for example after a restart. Nothing was started.
            await reporter.log(.info, "login", "the provider does not hold this login any more")
            try await handOver()
            return try await post(endsOther)
        }
    }

    private func handOver() async throws(PortalFailure) {
        await reporter.log(.info, "login", "handing the login to \(caller.profile.name)")
        try await logins.handOver(request.login, deadline: request.deadline)
    }

    private func post(_ endsOther: Bool) async throws(PortalFailure) -> BridgeJob {
        // In one order, whatever comes first here now: the same job is asked for with the same bytes.
        let places = request.places.map(\.rawValue).sorted()
        let asked = BridgeJobRequest(
            portal: request.login.identity.portal.rawValue, identity: request.login.identity.text,
            places: places, since: request.since.map(WireTime.text), dualSession: caller.dualSession(endsOther))
        let key = endsOther ? request.key.answered(Bridge.endsOtherSession) : request.key
        return try await caller.decode(BridgeJob.self, try call(Bridge.Path.jobs, asked, key: key)).payload
    }

    /// nil when the waiting job is gone, so that a new one must be started.
    private func pass(_ answer: ChallengeAnswer) async throws(PortalFailure) -> BridgeJob? {
        await reporter.log(.info, "challenge", "passing on the answer of a person")
        var call = try call(
            Bridge.Path.challenge(answer.remoteJob), BridgeChallengeAnswer(answer: answer.text), key: nil)
        call.job = answer.remoteJob
        do throws(PortalFailure) {
            return try await caller.decode(BridgeJob.self, call).payload
        } catch  where error.isNotFound || error.isConflict {
            await reporter.log(.warning, "challenge", "the provider waits no longer for it; starting again")
            return nil
        } catch  where error.challenge != nil {
            var refused = error
            refused.challenge?.followsRefusal = true
            throw refused
        }
    }

    private func call(
        _ path: String, _ payload: some WirePayload, key: IdempotencyKey?
    ) throws(PortalFailure) -> BridgeCaller.Call {
        guard let bytes = try? WireJSON.encode(payload) else {
            throw PortalFailure(.internal, "a request could not be written")
        }
        return BridgeCaller.Call(method: .post, path: path, body: .bytes(bytes), key: key, deadline: request.deadline)
    }

    /// What the job says of each wanted place. Silence about a place is a failure, not "empty".
    private func outcomes(of job: BridgeJob) throws(PortalFailure) -> [PlaceReading] {
        let said = Dictionary((job.places ?? []).map { ($0.place, $0) }, uniquingKeysWith: { $1 })
        return request.places.map { place in
            guard let report = said[place.rawValue] else {
                return PlaceReading(
                    place: place, outcome: .failed, cause: .portalChanged,
                    message: "the provider said nothing of this place")
            }
            return reading(place, report)
        }
    }

    private func reading(_ place: Place, _ report: BridgeJob.PlaceReport) -> PlaceReading {
        switch PlaceOutcome(rawValue: report.outcome) {
        case .read: return PlaceReading(place: place, outcome: .read, count: max(report.count ?? 0, 0))
        case .empty where (report.count ?? 0) == 0: return PlaceReading(place: place, outcome: .empty)
        case .skipped, .failed:
            let failure = report.error.map { BridgeFailure.from($0) }
            return PlaceReading(
                place: place, outcome: report.outcome == "skipped" ? .skipped : .failed,
                cause: failure?.cause ?? .placeFailed, message: failure?.message ?? "the portal did not show this list")
        default:
            let said = HarmlessText.line("unknown outcome \(report.outcome)", limit: 120)
            return PlaceReading(place: place, outcome: .failed, cause: .portalChanged, message: said)
        }
    }
}

extension PortalFailure {
    /// Set by the contract's `not_found`, which only this folder tells apart from other faults.
    var isNotFound: Bool { bridgeCode == .notFound }
    var isConflict: Bool { bridgeCode == .conflict }
}
