public import Domain

/// What asking for a job gave.
public enum EnqueueOutcome: Hashable, Sendable {
    case created(JobId)
    /// An unfinished job of the same account and kind stands already.
    case existing(JobId)

    public var id: JobId {
        switch self {
        case .created(let id), .existing(let id): id
        }
    }
}

/// Which accounts a fetch of many means. Only accounts with a whole login take part.
public struct EnqueueFilter: Hashable, Sendable {
    /// Empty means all.
    public var portals: Set<Portal>
    public var businessId: BusinessId?
    /// Leave out logins that the portal refused, so that none is tried again with the same password.
    public var skipsRefusedLogins: Bool

    /// Only businesses of this group.
    public var group: String?
    /// Of these, accounts without a written authority are left out.
    public var needAuthority: ServedAccounts
    /// Of these, a user name is a whole login.
    public var passwordless: ServedAccounts
    /// Of these, accounts without an open session are left out: a fetch could only have an OTP sent to the taxpayer.
    public var needSession: ServedAccounts

    public init(
        portals: Set<Portal> = [], businessId: BusinessId? = nil, skipsRefusedLogins: Bool = true,
        needAuthority: ServedAccounts = ServedAccounts(), passwordless: ServedAccounts = ServedAccounts(),
        needSession: ServedAccounts = ServedAccounts()
    ) {
        self.needAuthority = needAuthority
        self.passwordless = passwordless
        self.needSession = needSession
        self.portals = portals
        self.businessId = businessId
        self.skipsRefusedLogins = skipsRefusedLogins
    }
}

/// What a claim leaves alone for now: portals and providers that are snoozed, tripped or at their limit.
public struct ClaimExclusions: Hashable, Sendable {
    public var portals: Set<Portal>
    /// Names of providers.
    public var providers: Set<String>
    /// The provider that serves a portal's accounts which name none of their own.
    public var defaultProviders: [Portal: String]
    /// Whether jobs stay that the calendar began, unless a person has asked for them since: these are quiet hours.
    public var holdsCalendar: Bool

    public init(
        portals: Set<Portal> = [], providers: Set<String> = [], defaultProviders: [Portal: String] = [:],
        holdsCalendar: Bool = false
    ) {
        self.holdsCalendar = holdsCalendar
        self.portals = portals
        self.providers = providers
        self.defaultProviders = defaultProviders
    }
    public static let none = ClaimExclusions()
}

/// A job that this worker now holds.
public struct ClaimedJob: Hashable, Sendable {
    public var job: Job
    /// Names this claim; every later write must give it.
    public var generation: Int
    /// Number of the attempt, from 1. After a crash the same as before, so that id and attempt name one attempt for good.
    public var attempt: Int
    /// What a person answered to the challenge of this attempt.
    public var answer: AnsweredChallenge?

    public init(job: Job, generation: Int, attempt: Int, answer: AnsweredChallenge? = nil) {
        self.job = job
        self.generation = generation
        self.attempt = attempt
        self.answer = answer
    }
    public var lease: JobLease { JobLease(id: job.id, generation: generation) }
}

/// A claim by its two names.
public struct JobLease: Hashable, Sendable {
    public var id: JobId
    public var generation: Int
    public init(id: JobId, generation: Int) {
        self.id = id
        self.generation = generation
    }
}

/// What a renewal gave. A lease in neither list is lost: its task must end at once.
public struct RenewedLeases: Hashable, Sendable {
    public var held: Set<JobLease>
    /// Those of `held` that a person asked to cancel.
    public var cancelRequested: Set<JobLease>
    public init(held: Set<JobLease> = [], cancelRequested: Set<JobLease> = []) {
        self.held = held
        self.cancelRequested = cancelRequested
    }
}

/// How an attempt ended.
public enum JobOutcome: Hashable, Sendable {
    case done(noticesNew: Int)
    case failed(cause: Cause, message: String)
    /// All attempts are used up. `cause` is why the last of them failed: by it people fold what failed together.
    case gaveUp(cause: Cause, message: String)
    case retry(at: Instant, cause: Cause, message: String)
    /// Waits for a person; the challenge is kept as its JSON.
    case needsInput(cause: Cause, message: String, challengeJSON: String, expires: Instant?)
    case cancelled
    /// Given back unharmed (orderly shutdown, limit reached): no attempt is used up; due again `at`, or at once.
    case released(at: Instant? = nil, dropsAnswer: Bool = false)
}

/// A finished claim, for finishing many at once.
public struct FinishedJob: Hashable, Sendable {
    public var lease: JobLease
    public var outcome: JobOutcome
    public init(lease: JobLease, outcome: JobOutcome) {
        self.lease = lease
        self.outcome = outcome
    }
}

/// What became of jobs whose worker is gone.
public struct RecoveredJobs: Hashable, Sendable {
    public var recovered: [JobId]
    /// Failed with cause `crashed`, for they took their worker down too often.
    public var quarantined: [JobId]
    public init(recovered: [JobId] = [], quarantined: [JobId] = []) {
        self.recovered = recovered
        self.quarantined = quarantined
    }
}

public enum CancelOutcome: Hashable, Sendable {
    case cancelled
    /// It runs; the worker ends it at the next safe point.
    case requested
    case finishedAlready(JobStatus)
    case unknown
}

public enum RetryOutcome: Hashable, Sendable {
    case queued
    /// Another unfinished job of this account and kind stands already.
    case existing(JobId)
    case notPossible(JobStatus)
    case unknown
}

public enum AnswerOutcome: Hashable, Sendable {
    case accepted
    /// The challenge had run out; a new attempt was queued, which will ask anew.
    case expired
    case notWaiting(JobStatus)
    case unknown
}

/// A captcha or OTP that a job waits for.
public struct PendingChallenge: Hashable, Sendable {
    public var jobId: JobId
    /// As the connector wrote it.
    public var json: String
    public var expiresAt: Instant?
    public init(jobId: JobId, json: String, expiresAt: Instant?) {
        self.jobId = jobId
        self.json = json
        self.expiresAt = expiresAt
    }
}

/// What a person answered to a question of a portal.
public struct AnsweredChallenge: Hashable, Sendable {
    public var challengeJSON: String
    /// The answer as it was given to the store, which cannot open it.
    public var sealed: [UInt8]
    public init(challengeJSON: String, sealed: [UInt8]) {
        self.challengeJSON = challengeJSON
        self.sealed = sealed
    }
}

/// How many jobs the wish for all of them makes, and why the others are none.
public struct EnqueueCount: Hashable, Sendable {
    public var new: Int
    /// A job of theirs is queued or runs already.
    public var standing: Int
    /// The portal refused the login.
    public var refused: Int
}
