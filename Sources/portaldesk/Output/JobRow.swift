import Domain
import Services

/// The keys of the CLI contract's row `job list`.
struct JobRow: Encodable {
    let id: Int64
    @OrNull var sr: Int?
    let portal, identity, business, kind, status, trigger: String
    let attempt: Int
    let created_at: String
    @OrNull var started_at: String?
    @OrNull var completed_at: String?
    @OrNull var next_try_at: String?
    @OrNull var cause: String?
    let message: String
    @OrNull var progress: Int?
    let notices_new: Int

    init(_ job: Job, sr: Int?) {
        id = job.id.rawValue
        self.sr = sr
        portal = job.portal.rawValue
        identity = job.identity.text
        business = job.business
        kind = job.kind.rawValue
        status = job.status.rawValue
        trigger = job.trigger.rawValue
        attempt = job.attempt
        created_at = TimeText.rfc3339(job.createdAt)
        started_at = job.startedAt.map(TimeText.rfc3339)
        completed_at = job.completedAt.map(TimeText.rfc3339)
        next_try_at = job.nextTryAt.map(TimeText.rfc3339)
        cause = job.cause?.rawValue
        message = job.message
        progress = job.progress
        notices_new = job.noticesNew
    }

    static let header = [
        "SR", "ID", "PORTAL", "IDENTITY", "KIND", "STATUS", "STARTED", "COMPLETED", "CAUSE", "BUSINESS",
    ]

    static func cells(_ job: Job, sr: Int?, offset: Int) -> [String] {
        [
            sr.map(String.init) ?? "", String(job.id.rawValue), job.portal.shortName, job.identity.text,
            job.kind.rawValue,
            job.status.title, job.startedAt.map { TimeText.full($0, offset: offset) } ?? "",
            job.completedAt.map { TimeText.full($0, offset: offset) } ?? "", job.cause?.title ?? "", job.business,
        ]
    }
}

struct JobLogRow: Encodable {
    let seq: Int
    let at, level, step, message, detail: String

    init(_ entry: JobLogEntry) {
        seq = entry.sequence
        at = TimeText.rfc3339(entry.at)
        level = entry.level.rawValue
        step = entry.step
        message = entry.message
        detail = entry.detail
    }
}

/// Ends a page of `job list --json`.
struct PageRow: Encodable {
    let total, page, per_page: Int
}

struct AccountRow: Encodable {
    let portal, identity, business: String
    @OrNull var username: String?
    let status: String
    @OrNull var reason: String?
    @OrNull var checked_at: String?
    let password_set: Bool
    @OrNull var last_good_at: String?
    @OrNull var password_changed_at: String?
    let refusals: Int

    init(_ account: PortalAccount) {
        portal = account.portal.rawValue
        identity = account.identity.text
        business = account.business
        username = account.username
        status = account.status.rawValue
        reason = account.reason?.rawValue
        checked_at = account.checkedAt.map(TimeText.rfc3339)
        password_set = account.isPasswordSet
        last_good_at = account.lastGoodLoginAt.map(TimeText.rfc3339)
        password_changed_at = account.passwordChangedAt.map(TimeText.rfc3339)
        refusals = account.refusals
    }
}

struct CoverageRow: Encodable {
    let portal, identity, business, place, outcome: String
    /// null where the place did not answer or was not asked.
    @OrNull var count: Int?
    @OrNull var read_at: String?
    let error: String
    /// Whether records of it were set aside.
    let is_partial: Bool

    init(_ entry: CoverageEntry) {
        is_partial = entry.isPartial
        portal = entry.identity.portal.rawValue
        identity = entry.identity.text
        business = entry.business
        place = entry.place.rawValue
        outcome = entry.outcome.rawValue
        count = entry.known
        read_at = entry.readAt.map(TimeText.rfc3339)
        error = entry.error
    }
}
