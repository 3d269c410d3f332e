public import Domain

let later = StoreProblem.refused("not available yet")
extension StoreReader {
    public func summary(now: Instant, utcOffset: Int = 19_800) throws -> DeskSummary { throw later }
    public func activityPage(_ query: ActivityQuery, within limit: Duration = .milliseconds(100)) throws -> ActivityPage
    { throw later }
    public func activityTotal(_ filter: ActivityFilter) throws -> Int { throw later }
    public func activityPosition(of id: JobId, _ query: ActivityQuery) throws -> Int? { throw later }
    public func job(_ id: JobId) throws -> Job? { throw later }
    public func jobLog(_ id: JobId, after sequence: Int = 0, limit: Int = 1_000) throws -> [JobLogEntry] { throw later }
    public func challenge(of id: JobId) throws -> PendingChallenge? { throw later }
    public func pendingChallenges(limit: Int = 100) throws -> [PendingChallenge] { throw later }
    public func isCancelRequested(_ id: JobId) throws -> Bool { throw later }
    public func nextDue() throws -> Instant? { throw later }
    public func jobCounts(portal: Portal? = nil) throws -> [JobStatus: Int] { throw later }
    public func accounts(_ query: AccountQuery) throws -> AccountPage { throw later }
    public func account(_ identity: PortalIdentity) throws -> PortalAccount? { throw later }
    public func account(_ id: AccountId) throws -> PortalAccount? { throw later }
    public func sealedPassword(_ id: AccountId) throws -> SealedPassword? { throw later }
    public func businesses(_ query: BusinessQuery) throws -> BusinessPage { throw later }
    public func business(_ id: BusinessId) throws -> Business? { throw later }
    public func notices(_ query: NoticeQuery) throws -> NoticePage { throw later }
    public func notice(_ id: NoticeId) throws -> Notice? { throw later }
    public func noticeChanges(_ id: NoticeId) throws -> [NoticeChange] { throw later }
    public func eachNotice(_ query: NoticeQuery, _ body: (Notice) throws -> Void) throws { throw later }
    public func hasDocument(sha256: String) throws -> Bool { throw later }
    public func coverage(portal: Portal? = nil, identity: PortalIdentity? = nil) throws -> [CoverageEntry] {
        throw later
    }
    public func person(_ name: String) throws -> Person? { throw later }
    public func passwordHash(of name: String) throws -> String? { throw later }
    public func people() throws -> [Person] { throw later }
    public func setting(_ key: String) throws -> String? { throw later }
    public func auditEvents(after sequence: Int64 = 0, limit: Int = 100) throws -> [AuditEvent] { throw later }
}
extension StoreWriter {
    public func add(_ draft: BusinessDraft, now: Instant) throws -> BusinessId { throw later }
    public func importBusinesses(_ drafts: [BusinessDraft], now: Instant) throws -> [ImportOutcome] { throw later }
    public func update(_ id: BusinessId, _ edit: BusinessEdit, now: Instant) throws { throw later }
    public func remove(_ id: BusinessId, now: Instant) throws { throw later }
    public func setLogin(_ id: AccountId, username: String, sealedPassword: [UInt8]?, at: Instant) throws {
        throw later
    }
    public func setStatus(_ id: AccountId, _ status: AccountStatus, cause: Cause?, message: String, at: Instant) throws
    { throw later }
    public func removeLogin(_ id: AccountId, at: Instant) throws { throw later }
    public func setProvider(_ id: AccountId, _ provider: String?) throws { throw later }
    public func enqueue(_ account: AccountId, _ kind: JobKind, trigger: JobTrigger, now: Instant) throws
        -> EnqueueOutcome
    { throw later }
    public func enqueueAll(_ filter: EnqueueFilter, kind: JobKind = .fetch, trigger: JobTrigger, now: Instant) throws
        -> [EnqueueOutcome]
    { throw later }
    public func claim(owner: String, limit: Int, until: Instant, now: Instant, excluding: ClaimExclusions = .none)
        throws -> [ClaimedJob]
    { throw later }
    public func renew(owner: String, _ leases: [JobLease], until: Instant) throws -> RenewedLeases { throw later }
    public func progress(_ lease: JobLease, owner: String, percent: Int) throws -> Bool { throw later }
    public func finish(_ id: JobId, generation: Int, owner: String, _ outcome: JobOutcome, now: Instant) throws -> Bool
    { throw later }
    public func finish(_ finished: [FinishedJob], owner: String, now: Instant) throws -> [Bool] { throw later }
    public func voidLeases(otherThan owner: String, now: Instant, quarantineAfter: Int) throws -> RecoveredJobs {
        throw later
    }
    public func expireLeases(now: Instant, grace: Duration = .seconds(5), quarantineAfter: Int) throws -> RecoveredJobs
    { throw later }
    public func requestCancel(_ ids: [JobId], now: Instant) throws -> [CancelOutcome] { throw later }
    public func retry(_ ids: [JobId], now: Instant) throws -> [RetryOutcome] { throw later }
    public func answer(_ id: JobId, text: String, now: Instant) throws -> AnswerOutcome { throw later }
    public func appendLog(_ id: JobId, _ entries: [JobLogEntry]) throws { throw later }
    public func pruneHistory(before: Instant, limit: Int = 10_000) throws -> Int { throw later }
    public func upsert(_ account: AccountId, _ notices: [NoticeFacts], now: Instant) throws -> UpsertCount {
        throw later
    }
    public func recordReading(
        _ account: AccountId, _ place: Place, outcome: PlaceOutcome, count: Int, error: String, at: Instant
    ) throws { throw later }
    public func setProviderState(_ portal: Portal, ok: Bool, message: String, at: Instant) throws { throw later }
    public func markSeen(_ ids: [NoticeId], at: Instant) throws { throw later }
    public func linkDocument(_ document: NoticeDocument, to notice: NoticeId, at: Instant) throws { throw later }
    public func linkDocument(_ document: NoticeDocument, account: AccountId, at: Instant) throws { throw later }
    public func addPerson(_ person: Person, passwordHash: String, at: Instant) throws { throw later }
    public func setSetting(_ key: String, _ value: String?) throws { throw later }
    public func recordEvent(_ event: AuditEvent) throws -> Int64 { throw later }
    public func insertHistory(_ jobs: [HistoricJob]) throws { throw later }
    public func withBulkLoad(_ body: () throws -> Void) throws { throw later }
}
