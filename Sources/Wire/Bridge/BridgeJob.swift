/// `POST /v1/jobs`: start a fetch.
public struct BridgeJobRequest: WirePayload {
    public var portal: String
    public var identity: String
    /// `fetch`.
    public var kind: String
    public var places: [String]
    /// Only what changed since then; absent reads all that the portal still shows.
    public var since: String?
    /// `continue` ends a session that somebody else has open with this account; absent, the provider leaves it alone and
    /// answers `dual_session`.
    public var dualSession: String?

    public init(
        portal: String, identity: String, kind: String = "fetch", places: [String], since: String? = nil,
        dualSession: String? = nil
    ) {
        self.portal = portal
        self.identity = identity
        self.kind = kind
        self.places = places
        self.since = since
        self.dualSession = dualSession
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case portal, identity, kind, places, since
        case dualSession = "dual_session"
    }
    public static let fieldNames: Set<String> = CodingKeys.names
}

public enum BridgeJobState: String, CaseIterable, Sendable {
    case queued, running
    case waitingHuman = "waiting_human"
    case succeeded, partial, failed, cancelled

    public var isFinished: Bool {
        switch self {
        case .queued, .running, .waitingHuman: false
        case .succeeded, .partial, .failed, .cancelled: true
        }
    }
}

/// `GET /v1/jobs/{id}`, and the answer to `POST /v1/jobs` (202).
public struct BridgeJob: WirePayload {
    public struct PlaceReport: WirePayload {
        public var place: String
        /// `read`, `empty`, `failed` or `skipped`; a place still to come is not in the list.
        public var outcome: String
        /// Notices that the place now holds; absent unless read or empty.
        public var count: Int?
        public var error: BridgeError?

        public init(place: String, outcome: String, count: Int? = nil, error: BridgeError? = nil) {
            self.place = place
            self.outcome = outcome
            self.count = count
            self.error = error
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case place, outcome, count, error }
        public static let fieldNames: Set<String> = CodingKeys.names.union(BridgeError.fieldNames)
    }

    public var jobId: String
    /// A name of `BridgeJobState`.
    public var state: String
    public var portal: String
    public var identity: String
    public var startedAt: String?
    public var finishedAt: String?
    public var places: [PlaceReport]?
    /// Only while `waiting_human`.
    public var challenge: BridgeChallenge?
    /// Why the whole job failed.
    public var error: BridgeError?

    public init(
        jobId: String, state: BridgeJobState, portal: String, identity: String, startedAt: String? = nil,
        finishedAt: String? = nil, places: [PlaceReport]? = nil, challenge: BridgeChallenge? = nil,
        error: BridgeError? = nil
    ) {
        self.jobId = jobId
        self.state = state.rawValue
        self.portal = portal
        self.identity = identity
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.places = places
        self.challenge = challenge
        self.error = error
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case jobId = "job_id"
        case state, portal, identity, places, challenge, error
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    public static let fieldNames: Set<String> = CodingKeys.names.union(PlaceReport.fieldNames)
}
