import Domain
import FoundationEssentials
import Wire

extension BridgeService {
    func startJob(_ request: SandboxRequest, client: String) async throws(BridgeError) -> SandboxAnswer {
        let key = try requireKey(request)
        let asked = try payload(BridgeJobRequest.self, request)
        let identity = try identity(asked.portal, asked.identity)
        switch await state.recall(client: client, key: key, fingerprint: request.fingerprint) {
        case .same(let first): return SandboxAnswer(202, await report(first))
        case .otherBody: throw BridgeError(.conflict, "this idempotency key was used for another request")
        case .inProgress: throw stillServed()
        case .fresh: break
        }
        guard asked.kind == "fetch" else { throw BridgeError(.badRequest, "unknown kind of job") }
        let offered = Set(identity.portal.places.map(\.rawValue))
        guard !asked.places.isEmpty, asked.places.allSatisfy(offered.contains) else {
            throw BridgeError(.badRequest, "a place is not offered at this portal")
        }
        let account = try await requireLogin(identity)
        try await holdBack(account, "fetch")
        let refusal = await refusal(account, endsOther: asked.dualSession == Bridge.endsOtherSession)
        let facts = LedgerEvent.Acceptance(
            kind: "fetch", fingerprint: request.fingerprint, portal: asked.portal, identity: identity.text,
            places: asked.places, outcome: account.outcome, refusal: refusal?.rawValue)
        guard let job = await state.accept(client: client, key: key, facts) else { throw notStored() }
        var answer = await told(job, status: 202)
        answer.refusesPassword = refusal == .wrongPassword
        return answer
    }

    /// A job's report; of a place that is empty it says all there is to say.
    private func told(_ job: AcceptedJob, status: Int) async -> SandboxAnswer {
        let report = await report(job)
        var answer = SandboxAnswer(status, report)
        answer.identity = job.facts.identity
        for entry in report.places ?? [] where entry.outcome == "empty" {
            if let place = Place(rawValue: entry.place) { answer.completes[place] = 0 }
        }
        return answer
    }

    func showJob(_ id: String) async throws(BridgeError) -> SandboxAnswer {
        await told(try await requireJob(id), status: 200)
    }

    func cancelJob(_ id: String) async throws(BridgeError) -> SandboxAnswer {
        let job = try await requireJob(id)
        if !timeline.standing(job, at: now()).state.isFinished { await state.cancel(id) }
        return SandboxAnswer(200, await report(try await requireJob(id)))
    }

    /// A wrong answer leaves the question open: portals show another captcha then.
    func answerChallenge(_ request: SandboxRequest, _ id: String) async throws(BridgeError) -> SandboxAnswer {
        let given = try payload(BridgeChallengeAnswer.self, request)
        let job = try await requireJob(id)
        guard timeline.standing(job, at: now()).needsAnswer, let identity = job.identity else {
            throw BridgeError(.conflict, "this job waits for no answer")
        }
        let account = await state.account(identity)
        guard let account, given.answer.filter({ $0 != " " }) == account.otp else {
            let code: BridgeErrorCode = job.facts.outcome == .captcha ? .captchaRequired : .otpRequired
            var error = BridgeError(code, "That is not right. Please try again.", portalCode: "EF00072")
            error.challenge = challenge(job.facts, issuedAt: job.acceptedAt, digits: account?.otp ?? "")
            throw error
        }
        await state.answerChallenge(id)
        return SandboxAnswer(200, await report(try await requireJob(id)))
    }

    private func requireJob(_ id: String) async throws(BridgeError) -> AcceptedJob {
        guard let job = await state.job(id), job.facts.kind == "fetch" else {
            throw BridgeError(.notFound, "there is no such job")
        }
        return job
    }

    func report(_ job: AcceptedJob) async -> BridgeJob {
        let standing = timeline.standing(job, at: now())
        var result = BridgeJob(
            jobId: job.reference, state: standing.state, portal: job.facts.portal, identity: job.facts.identity,
            startedAt: standing.startedAt.map(WireTime.text), finishedAt: standing.finishedAt.map(WireTime.text),
            places: [], error: standing.error)
        guard let identity = job.identity, let account = await state.account(identity) else { return result }
        if standing.needsAnswer {
            result.challenge = challenge(job.facts, issuedAt: job.acceptedAt, digits: account.otp)
        }
        guard !standing.done.isEmpty else { return result }
        let notices = book.notices(of: account, ordinal: job.facts.ordinal).filter { $0.notice.withdrawn != true }
        let counts = Dictionary(grouping: notices, by: \.notice.place).mapValues(\.count)
        result.places = standing.done.map { entry in
            guard entry.isRead else {
                let error = BridgeError(.portalTimeout, "The list did not load in 60 seconds.")
                return .init(place: entry.place.rawValue, outcome: "failed", error: error)
            }
            let count = counts[entry.place.rawValue] ?? 0
            return .init(place: entry.place.rawValue, outcome: count == 0 ? "empty" : "read", count: count)
        }
        return result
    }

    func challenge(_ facts: LedgerEvent.Acceptance, issuedAt: Instant, digits: String) -> BridgeChallenge {
        let expires = WireTime.text(issuedAt + JobTimeline.challengeLife)
        if facts.outcome == .captcha {
            let image = digits.isEmpty ? nil : Data(CaptchaImage.png(digits)).base64EncodedString()
            return BridgeChallenge(
                type: "captcha", prompt: "Type the digits of the image", image: image, expiresAt: expires)
        }
        return BridgeChallenge(type: "otp", prompt: "Enter the OTP sent to the mobile ending 10", expiresAt: expires)
    }
}
