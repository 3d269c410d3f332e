import Domain
import Portals
import Store

/// What portals ask of people while jobs run: captchas to read, one-time passwords to pass on.
public struct RelayService: Sendable {
    let workspace: Workspace

    /// The question of one job.
    public struct Question: Sendable, Hashable {
        public var waiting: WaitingJob
        /// What the portal or provider asks, one harmless line.
        public var prompt: String
        /// As it came; nil when the question has none.
        public var image: [UInt8]?
        /// The image decoded; nil when there is none or `problem` says why not.
        public var picture: Picture?
        public var problem: String
        /// Whether another picture may be had before this one is answered.
        public var isRenewable: Bool
        /// Where a sandbox's answer lies, one line; nil at a real portal.
        public var hint: String?

        public init(
            waiting: WaitingJob, prompt: String, image: [UInt8]? = nil, picture: Picture? = nil, problem: String = "",
            isRenewable: Bool = false, hint: String? = nil
        ) {
            self.waiting = waiting
            self.prompt = prompt
            self.image = image
            self.picture = picture
            self.problem = problem
            self.isRenewable = isRenewable
            self.hint = hint
        }
    }

    /// The jobs that wait: the first to run out first, those that have run out last.
    public func queue(page: Int = 1, perPage: Int? = 20) async throws(Complaint) -> WaitingPage {
        try await workspace.permit(.see)
        let now = workspace.now
        return try await workspace.read { try $0.waitingJobs(at: now, page: page, perPage: perPage) }
    }

    private struct Found: Sendable {
        var job: Job
        var asked: PendingChallenge?
        var since: Instant?
        var account: PortalAccount?
    }

    /// What one job waits for.
    ///
    /// - Throws: a `Complaint` (65) for a job that is unknown or waits for nothing.
    public func question(of id: JobId) async throws(Complaint) -> Question {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> Found? in
            guard let job = try reader.job(id) else { return nil }
            return Found(
                job: job, asked: try reader.challenge(of: id), since: try reader.lastStep(of: id),
                account: try reader.account(job.accountId))
        }
        guard let found else { throw Complaint.unknownJob(id) }
        guard found.job.status == .needsInput else { throw Complaint.waitsForNoAnswer(id, found.job.status) }
        guard let asked = found.asked, let challenge = try? Challenge(json: asked.json) else {
            // Nobody can answer it, so another one may be had whatever it costs.
            return Question(
                waiting: WaitingJob(
                    job: found.job, since: found.since, expiresAt: found.asked?.expiresAt, isReadable: false),
                prompt: "This question cannot be read.", problem: Complaint.unreadableQuestion(id).description,
                isRenewable: true)
        }
        var question = Question(
            waiting: WaitingJob(
                job: found.job, since: found.since, expiresAt: asked.expiresAt,
                followsRefusal: challenge.followsRefusal ?? false),
            prompt: HarmlessText.line(challenge.prompt), image: challenge.image,
            isRenewable: challenge.isRenewable ?? false,
            hint: found.account.flatMap { workspace.hint(for: found.job.cause, of: $0) })
        guard let image = challenge.image else { return question }
        do throws(Complaint) {
            question.picture = try Picture(decoding: image)
        } catch {
            question.problem = error.description
        }
        return question
    }

    /// Whether the job asks again because the portal did not accept what a person answered last.
    public func followsRefusal(_ job: Job) async throws(Complaint) -> Bool {
        guard job.status == .needsInput else { return false }
        try await workspace.permit(.see)
        let asked = try await workspace.read { try $0.challenge(of: job.id) }
        return (asked.flatMap { try? Challenge(json: $0.json) })?.followsRefusal ?? false
    }

    /// Puts the picture of a question where a person can look at it, as it came.
    ///
    /// - Throws: a `Complaint`: 65 for a question without a picture, or when a file stands there that must stay.
    public func savePicture(of id: JobId, to target: ExportTarget) async throws(Complaint) {
        guard let image = try await question(of: id).image else { throw Complaint.noPicture(id) }
        let file = try ExportFile.open(target, isForeign: true)
        try file.write(bytes: image)
        try file.close()
    }

    /// Gives up the question of a job, so that its next attempt asks another one: at any time where that is no login
    /// attempt, elsewhere only when the question has run out.
    ///
    /// - Throws: a `Complaint`: 65 for a job that waits for nothing, or whose question must be answered first.
    public func askAnew(_ id: JobId) async throws(Complaint) {
        let doer = try await workspace.permit(.answer, on: id.auditSubject)
        let question = try await question(of: id)
        let now = workspace.now
        guard question.isRenewable || question.waiting.hasExpired(at: now) else {
            throw Complaint.mustBeAnsweredFirst(id, question.waiting.job.cause)
        }
        let refusal = try await workspace.write { writer -> AnswerOutcome? in
            if let refusal = try writer.askAnew(id, now: now) { return refusal }
            try writer.recordEvent(doer.event("job.ask_anew", id.auditSubject, at: now))
            return nil
        }
        switch refusal {
        case .notWaiting(let status): throw Complaint.waitsForNoAnswer(id, status)
        case .unknown: throw Complaint.unknownJob(id)
        default: try workspace.sync.startWorker()
        }
    }
}

extension Workspace {
    public var relay: RelayService { RelayService(workspace: self) }
}

extension Complaint {
    static func unreadableQuestion(_ id: JobId) -> Complaint {
        Complaint(
            "the question of job \(id) cannot be read", why: "it was damaged in the database",
            remedy: "Have it asked anew: `portaldesk job ask-anew \(id)`", status: .badData)
    }

    static func noPicture(_ id: JobId) -> Complaint {
        Complaint("job \(id) asks without a picture", status: .badData)
    }

    static func mustBeAnsweredFirst(_ id: JobId, _ cause: Cause?) -> Complaint {
        if cause == .dualSession {
            return Complaint(
                "job \(id) asks for a choice, and no other question can be had",
                why: "asking anew would be another login attempt",
                remedy: "Answer continue or leave, or cancel the job",
                status: .badData)
        }
        let isOtp = cause == .otpRequired
        return Complaint(
            "job \(id) cannot ask for another \(isOtp ? "one-time password" : "picture") now",
            why: isOtp
                ? "each request sends one more to the taxpayer and voids the one before"
                : "at this provider that would be another login attempt",
            remedy: isOtp ? "Wait until this one has run out" : "A wrong answer brings another picture",
            status: .badData)
    }
}
