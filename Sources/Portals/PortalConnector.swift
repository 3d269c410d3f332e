import Domain
import Secrets
import Wire

/// The client end of one provider: whatever reaches a portal, in one vocabulary.
///
/// A connector never retries what could log in twice; it reports, and the worker decides.
public protocol PortalConnector: Sendable {
    /// Whether the provider answers, and what it says of each portal.
    func health() async throws(PortalFailure) -> [Portal: PortalHealth]

    /// Hands the login over if needed and makes exactly one login attempt at the portal.
    /// Returns normally only when the portal accepted the login.
    ///
    /// - Parameter answer: what a person typed for the challenge of an earlier attempt.
    func verify(
        _ login: PortalLogin, key: IdempotencyKey, answer: ChallengeAnswer?, reporter: any FetchReporter
    ) async throws(PortalFailure)

    /// Whether a login waits here for a person's one-time password and would have to begin anew without this process.
    var awaitsPerson: Bool { get }

    /// The places of a portal that this provider can read; the others are skipped, and said to be.
    func offers(_ portal: Portal) -> [Place]

    /// Reads every wanted place, reporting as it goes. A place that fails does not end the fetch: it stands in the report.
    func fetch(_ request: FetchRequest, reporter: any FetchReporter) async throws(PortalFailure) -> FetchReport
}

public struct PortalHealth: Sendable, Hashable {
    public enum State: String, Sendable { case up, degraded, down }
    public var state: State
    public var message: String

    public init(state: State, message: String = "") {
        self.state = state
        self.message = message
    }
}

extension PortalConnector {
    public var awaitsPerson: Bool { false }
    public func offers(_ portal: Portal) -> [Place] { portal.places }
}

/// A login as it is handed to a provider.
public struct PortalLogin: Sendable {
    public var identity: PortalIdentity
    public var username: String
    public var password: SecretBytes
    /// Counts the changes of the login; a provider that holds this version already need not be given it again.
    public var version: Int

    public init(identity: PortalIdentity, username: String, password: SecretBytes, version: Int) {
        self.identity = identity
        self.username = username
        self.password = password
        self.version = version
    }
}

/// Names one attempt for good: the same after a crash, another for the next attempt.
public struct IdempotencyKey: Sendable, Hashable, CustomStringConvertible {
    public let text: String
    public init(workspace: String, job: JobId, attempt: Int) { text = "\(workspace)-job-\(job)-\(attempt)" }
    private init(text: String) { self.text = text }
    public var description: String { text }

    /// Of the same attempt, which goes on otherwise after a person's answer: it asks for something else.
    func answered(_ word: String) -> IdempotencyKey { IdempotencyKey(text: "\(text)-\(word)") }
}

public struct FetchRequest: Sendable {
    public var login: PortalLogin
    public var key: IdempotencyKey
    public var places: [Place]
    /// Read only what changed since then; nil reads all that the portal still shows.
    public var since: Instant?
    /// What a person typed for a challenge of this job, and the provider's name of the job that waits for it.
    public var answer: ChallengeAnswer?
    /// Files that TRACES is to be asked for before its places are read, by our own numbers.
    public var wishes: [Int64: TdsWish] = [:]
    /// Now, for what a portal wants to be told of dates.
    public var asOf: Instant
    /// No byte is sent or waited for past this moment.
    public var deadline: ContinuousClock.Instant
    /// Asked when the task is cancelled: whether the same attempt will be taken up again, so that the provider must
    /// go on with it. Otherwise it is told to stop.
    public var isTakenUpAgain: @Sendable () -> Bool = { false }

    public init(
        login: PortalLogin, key: IdempotencyKey, places: [Place], since: Instant? = nil, answer: ChallengeAnswer? = nil,
        asOf: Instant, deadline: ContinuousClock.Instant
    ) {
        self.login = login
        self.asOf = asOf
        self.key = key
        self.places = places
        self.since = since
        self.answer = answer
        self.deadline = deadline
    }
}

/// A captcha or OTP that a person must answer before the job can go on.
public struct Challenge: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable {
        case captcha, otp
        /// One of two ways to go on, which the question names.
        case choice
    }
    public var kind: Kind
    /// The provider's name of the waiting job.
    public var remoteJob: String
    public var prompt: String
    /// PNG or JPEG of a captcha; nil for an OTP.
    public var image: [UInt8]?
    public var expiresAt: Instant?
    /// Whether another picture may be asked for before this one is answered: only where asking is no login attempt.
    /// Missing in challenges of older versions.
    public var isRenewable: Bool?
    /// Whether it is asked because the portal did not accept the answer to the one before. Missing in challenges of older
    /// versions.
    public var followsRefusal: Bool?

    public init(
        kind: Kind, remoteJob: String, prompt: String, image: [UInt8]? = nil, expiresAt: Instant? = nil,
        isRenewable: Bool = false, followsRefusal: Bool = false
    ) {
        self.followsRefusal = followsRefusal
        self.isRenewable = isRenewable
        self.kind = kind
        self.remoteJob = remoteJob
        self.prompt = prompt
        self.image = image
        self.expiresAt = expiresAt
    }
}

public struct ChallengeAnswer: Sendable, Hashable {
    public var remoteJob: String
    public var text: String
    public init(remoteJob: String, text: String) {
        self.remoteJob = remoteJob
        self.text = text
    }
}

/// Where a connector puts what it reads, while it reads. Calls may come from any thread, in order.
public protocol FetchReporter: Sendable {
    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async
    /// Percent of the whole attempt, 0 to 100.
    func progress(_ percent: Int) async
    /// Stores what one place said, at the latest before the attempt ends: places of a quick fetch are written together.
    func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws
    /// Whether the bytes of this document are stored already, so that they need not be downloaded.
    func hasDocument(sha256: String) async -> Bool
    /// The document that is stored under the portal's own id, for portals that tell no hash beforehand; nil when its
    /// bytes are not there. Asked only where an id means the same content for good.
    func storedDocument(externalId: String) async -> NoticeDocument?
    /// What is stored of the notices that this provider delivered for the account, with their documents, by key; without
    /// those that are gone from the portal.
    func knownNotices() async -> [String: NoticeFacts]
    /// Stores a document by its content.
    func store(document: NoticeDocument, bytes: [UInt8]) async throws
    /// Notes, for good, where the request for a file stands. `asking` is noted before it leaves.
    ///
    /// - Returns: false, and nothing may leave, when the wish is not what it was any more: withdrawn, or changed.
    @discardableResult
    func note(wish: Int64, _ step: TdsRequestStep) async throws -> Bool
    /// Sets a record aside that is not understood, so that a person can look at it: never dropped, never guessed at.
    func setAside(_ record: StrayRecord) async throws
}

/// A record of a portal with missing or unknown parts, kept as it came.
public struct StrayRecord: Sendable, Hashable {
    public var place: Place
    /// The portal's own key, where it could be read.
    public var key: String
    /// What is wrong with it, one line.
    public var problem: String
    /// The record's own JSON or text.
    public var raw: [UInt8]
    /// Whether it was read all the same, as far as it is known: it is kept as an example of what is new.
    public var isRead: Bool

    public init(place: Place, key: String, problem: String, raw: [UInt8], isRead: Bool = false) {
        self.place = place
        self.key = key
        self.problem = problem
        self.raw = raw
        self.isRead = isRead
    }

    /// A record with fields that this version does not know.
    ///
    /// - Parameter fields: their names; one example is kept for each set of them.
    init(_ place: Place, key: String = "", newFields fields: some Collection<String>, example raw: [UInt8]) {
        let names = fields.sorted().prefix(20).joined(separator: ", ")
        self.init(
            place: place, key: HarmlessText.line(key, limit: 200),
            problem: HarmlessText.line("read, but with fields that this version does not know: \(names)", limit: 300),
            raw: raw, isRead: true)
    }
}

extension StrayRecord {
    /// A notice that was read but for some values. It is there for people to see, and its record for support.
    ///
    /// - Parameters:
    ///   - unread: what is wrong with each of them; nil when there are none.
    ///   - raw: asked only then, for it has to be built.
    init?(_ facts: NoticeFacts, unread: [String], raw: @autoclosure () -> [UInt8]) {
        if unread.isEmpty { return nil }
        self.init(
            place: facts.place, key: HarmlessText.line(facts.externalKey, limit: 200),
            problem: HarmlessText.line(unread.joined(separator: "; "), limit: 300), raw: raw())
    }
}

extension FetchReporter {
    /// Nothing is known to a reporter that keeps nothing.
    public func knownNotices() async -> [String: NoticeFacts] { [:] }
    public func note(wish: Int64, _ step: TdsRequestStep) async throws -> Bool { true }

    public func log(_ level: LogLevel, _ step: String, _ message: String) async {
        await log(level, step, message, detail: "")
    }
}

/// How one place ended in one fetch.
public struct PlaceReading: Sendable, Hashable {
    public var place: Place
    public var outcome: PlaceOutcome
    public var count: Int
    /// Why it failed; nil unless the outcome is `failed` or `skipped`.
    public var cause: Cause?
    public var message: String
    /// Notices issued before this day may stand at the portal without being listed; nil when the list is the whole one.
    public var reachesBackTo: LegalDate?

    public init(
        place: Place, outcome: PlaceOutcome, count: Int = 0, cause: Cause? = nil, message: String = "",
        reachesBackTo: LegalDate? = nil
    ) {
        self.reachesBackTo = reachesBackTo
        self.place = place
        self.outcome = outcome
        self.count = count
        self.cause = cause
        self.message = message
    }
}

public struct FetchReport: Sendable, Hashable {
    public var readings: [PlaceReading]
    public init(readings: [PlaceReading]) { self.readings = readings }
    /// Whether every wanted place was read or found empty.
    public var isComplete: Bool { readings.allSatisfy { $0.outcome == .read || $0.outcome == .empty } }
}

/// A login that was tried and opened no session. Nothing secret is in it.
public struct FailedLogin: Sendable, Hashable {
    /// The call, without identities.
    public var call: String
    /// HTTP status; nil when no answer came.
    public var status: Int?

    public init(call: String, status: Int? = nil) {
        self.call = call
        self.status = status
    }
}

/// Why a provider or portal did not do what was asked. Facts only; the wording for people is `Cause`'s.
public struct PortalFailure: Error, Sendable, Hashable {
    public var cause: Cause
    /// What the portal or provider said, one harmless line.
    public var message: String
    /// The portal's own code, such as EF00027.
    public var portalCode: String?
    public var retryAfter: Duration?
    /// Nothing was asked, for the provider is left alone until then. The attempt does not count.
    public var notBefore: Instant?
    public var challenge: Challenge?
    /// Whether the attempt has used its own time up with calls that were answered: no further call can leave in it.
    var isOutOfTime = false
    /// Whether a file is larger, or one of more, than is taken: asked again it would be the same.
    var isTooLarge = false
    /// Whether the portal answered, with a status that is a failure.
    var isAnswer = false
    /// Whether the portal itself said so, in the form of its own answers: no page of a gateway, and no garbage.
    var isPortalsOwn = false
    /// Whether nothing is to be tried again by itself, whatever the cause usually leads to.
    public var isFinal = false
    /// Whether the portal may have judged a password without a word about it that we understand.
    public var leavesPasswordUnsure = false
    /// Whether request bytes of a call that changes something may have left, so that its outcome is unknown.
    public var mayHaveBeenSent: Bool
    /// Whether it is certain that no byte of the call itself left.
    var nothingLeft = false
    /// The call could not be put on record, so it was not made.
    public var isUnrecorded = false
    /// The beginning of an answer that was not understood, made harmless, for the detail of a log; at most 4 KiB.
    public var rawAnswer = ""
    /// The login that it came of, where that was tried before the call itself.
    public var login: FailedLogin?
    /// The bridge's own code, for decisions inside its connector.
    var bridgeCode: BridgeErrorCode?
    /// Whether the remote job had ended by itself, so that there is nothing to cancel.
    var isFromFinishedJob = false

    public init(
        _ cause: Cause, _ message: String, portalCode: String? = nil, retryAfter: Duration? = nil,
        challenge: Challenge? = nil, mayHaveBeenSent: Bool = false
    ) {
        self.cause = cause
        self.message = message
        self.portalCode = portalCode
        self.retryAfter = retryAfter
        self.challenge = challenge
        self.mayHaveBeenSent = mayHaveBeenSent
    }
}
