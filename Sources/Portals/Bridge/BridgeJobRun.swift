import Domain
import Transport
import Wire

/// Watches one remote job until it ends, a person is needed, or the time is up.
struct BridgeJobRun: Sendable {
    let caller: BridgeCaller
    let request: FetchRequest
    let reporter: any FetchReporter

    func finish(_ started: BridgeJob) async throws(PortalFailure) -> BridgeJob {
        do throws(PortalFailure) {
            return try await watch(started)
        } catch {
            // A job that waits for a person stays; every other end must not leave the portal busy for nobody.
            let staysOn = Task.isCancelled && request.isTakenUpAgain()
            if error.challenge == nil, !error.isFromFinishedJob, !staysOn { await cancel(started.jobId) }
            throw error
        }
    }

    private func watch(_ started: BridgeJob) async throws(PortalFailure) -> BridgeJob {
        var job = started
        var told: Set<String> = []
        while true {
            guard job.identity == request.login.identity.text, job.jobId == started.jobId else {
                throw PortalFailure(.portalChanged, "the provider answered for another taxpayer or job")
            }
            await tell(job, &told)
            switch BridgeJobState(rawValue: job.state) {
            case .succeeded, .partial: return job
            case .failed, .cancelled: throw ended(job)
            case .waitingHuman: throw needsPerson(job)
            case .queued, .running: break
            case nil:
                throw PortalFailure(
                    .portalChanged, HarmlessText.line("unknown state of the job: \(job.state)", limit: 120))
            }
            try await wait()
            job = try await look(job.jobId)
        }
    }

    private func look(_ id: String) async throws(PortalFailure) -> BridgeJob {
        let call = BridgeCaller.Call(method: .get, path: Bridge.Path.job(id), job: id, deadline: request.deadline)
        return try await caller.decode(BridgeJob.self, call).payload
    }

    private func wait() async throws(PortalFailure) {
        let every = caller.profile.pollEvery
        guard ContinuousClock.now + every < request.deadline else {
            throw PortalFailure(.portalTimeout, "the portal did not finish in the time allowed")
        }
        do { try await caller.client.pause(every) } catch { throw PortalFailure(.internal, "cancelled") }
    }

    private func tell(_ job: BridgeJob, _ told: inout Set<String>) async {
        let places = job.places ?? []
        for report in places where told.insert(report.place).inserted {
            let name = HarmlessText.line(report.place, limit: 60)
            let isBad = report.outcome == "failed"
            let why = report.error?.message.map { ": " + HarmlessText.line($0, limit: 300) } ?? ""
            let count = report.count.map { ", \($0) notices" } ?? ""
            let outcome = HarmlessText.line(report.outcome, limit: 40)
            await reporter.log(isBad ? .error : .info, "place", "\(name): \(outcome)\(count)\(why)")
        }
        guard !request.places.isEmpty else { return }
        await reporter.progress(min(places.count * 60 / request.places.count, 60))
    }

    private func ended(_ job: BridgeJob) -> PortalFailure {
        var failure =
            job.error.map { BridgeFailure.from($0, job: job.jobId) }
            ?? PortalFailure(
                .portalDown, "the provider ended the job without a reason: \(HarmlessText.line(job.state, limit: 40))")
        failure.isFromFinishedJob = true
        return failure
    }

    private func needsPerson(_ job: BridgeJob) -> PortalFailure {
        guard let asked = job.challenge else {
            return PortalFailure(.portalChanged, "the provider waits for a person without saying for what")
        }
        let challenge = BridgeChallengeReading.challenge(asked, job: job.jobId)
        let cause: Cause = challenge.kind == .captcha ? .captchaRequired : .otpRequired
        return PortalFailure(cause, challenge.prompt, challenge: challenge)
    }

    /// Also when this task is cancelled: the call runs in a task of its own, for a short time.
    private func cancel(_ id: String) async {
        let caller = caller
        let deadline = ContinuousClock.now + min(caller.profile.timeouts.request, .seconds(5))
        let call = BridgeCaller.Call(
            method: .post, path: Bridge.Path.cancel(id), body: .bytes(Array("{}".utf8)), job: id, deadline: deadline)
        let isTold = await Task { (try? await caller.send(call)) != nil }.value
        await reporter.log(
            .info, "job", isTold ? "the provider was told to stop" : "the provider could not be told to stop")
    }
}
