import Domain
import Wire

/// What a job has come to at a moment: a function of when it was accepted and of the clock, so that no task runs
/// behind it and a restarted sandbox shows the same.
struct JobTimeline: Sendable {
    let pace: Double
    /// Milliseconds that every place takes, by a fault.
    let slowPlace: Int?
    let seed: UInt64

    struct Standing: Sendable {
        var state: BridgeJobState
        /// Places done so far, in the order of the request, with whether each was read.
        var done: [(place: Place, isRead: Bool)] = []
        var startedAt: Instant?
        var finishedAt: Instant?
        var needsAnswer = false
        var error: BridgeError?
    }

    /// How long a person has for a captcha or an OTP.
    static let challengeLife = Duration.seconds(300)

    func standing(_ job: AcceptedJob, at now: Instant) -> Standing {
        if let cancelledAt = job.cancelledAt {
            return Standing(state: .cancelled, startedAt: job.acceptedAt, finishedAt: cancelledAt)
        }
        let start = job.acceptedAt + scaled(100)
        let login = start + scaled(200)
        if now < start { return Standing(state: .queued) }
        if now < login { return Standing(state: .running, startedAt: start) }
        if let refusal = job.facts.refusal {
            let error = Refusal.error(code: refusal)
            return Standing(state: .failed, startedAt: start, finishedAt: login, error: error)
        }
        if needsPerson(job), job.answeredAt == nil {
            guard now < login + Self.challengeLife else {
                let error = BridgeError(.portalTimeout, "nobody answered the portal's question in time")
                return Standing(state: .failed, startedAt: start, finishedAt: login + Self.challengeLife, error: error)
            }
            return Standing(state: .waitingHuman, startedAt: start, needsAnswer: true)
        }
        return reading(job, from: max(login, job.answeredAt ?? login), startedAt: start, at: now)
    }

    private func needsPerson(_ job: AcceptedJob) -> Bool {
        job.facts.outcome == .captcha || job.facts.outcome == .otpRequired
    }

    private func reading(_ job: AcceptedJob, from begin: Instant, startedAt: Instant, at now: Instant) -> Standing {
        var standing = Standing(state: .running, startedAt: startedAt)
        if job.facts.outcome == .neverEnds { return standing }
        var random = SeededRandom(seed, job.reference)
        var moment = begin
        let broken = brokenPlace(job)
        for place in job.places {
            moment = moment + time(for: place, job, using: &random)
            guard moment <= now else { return standing }
            standing.done.append((place, place != broken))
        }
        standing.finishedAt = moment
        standing.state = standing.done.allSatisfy(\.isRead) ? .succeeded : .partial
        return standing
    }

    private func time(for place: Place, _ job: AcceptedJob, using random: inout SeededRandom) -> Duration {
        let own = random.below(450) + 150
        if let slowPlace { return .milliseconds(slowPlace) }
        if job.facts.outcome == .slow { return .milliseconds(60_000 / max(job.places.count, 1)) }
        return scaled(own)
    }

    /// The last place of the portal: for Income Tax that is the demand list, where "none" would be a costly lie.
    private func brokenPlace(_ job: AcceptedJob) -> Place? {
        guard job.facts.outcome == .placeFailed, let identity = job.identity else { return nil }
        switch identity.portal {
        case .gst: return .additionalNotices
        case .incomeTax: return .demand
        case .traces: return .outstandingDemand
        }
    }

    private func scaled(_ milliseconds: Int) -> Duration { .milliseconds(Int(Double(milliseconds) * pace)) }
}

/// What a portal says when it does not let a login in.
enum Refusal {
    static func error(code: String) -> BridgeError {
        switch BridgeErrorCode(rawValue: code) {
        case .wrongPassword: BridgeError(.wrongPassword, "Invalid password. Please try again.", portalCode: "EF00027")
        case .accountLocked:
            BridgeError(.accountLocked, "Your account is locked after several wrong attempts.", portalCode: "EF00152")
        case .notRegistered: BridgeError(.notRegistered, "User ID does not exist.", portalCode: "EF00035")
        case .accountProblem: BridgeError(.accountProblem, "PAN is inactive.", portalCode: "EF00098")
        case .dualSession:
            BridgeError(.dualSession, "A session is already active for this user.", portalCode: "EF00177")
        case .some(let code): BridgeError(code, "The portal did not let the login in.")
        case nil: BridgeError(code: code, message: "The portal did not let the login in.")
        }
    }
}
