internal import Domain
internal import GRDB

/// What the queue needs to know of a job before it moves it.
struct JobState {
    var id: Int64
    var account: Int64
    var portal: Int64
    var kind: Int64
    var status: JobStatus
    var start: Int64
    var done: Int64
    var created: Int64
    var attempt: Int
    var isAttemptOpen: Bool
    var isCancelRequested: Bool
    var owner: String?
    var generation: Int
    var crashes: Int
    var firstCrash: Int64?
    var hasChallenge: Bool

    static let columns = """
        j.id, j.account_id, j.portal, j.kind, j.status, j.sort_start, j.sort_done, j.created_at, j.attempt,
        j.is_attempt_open, j.is_cancel_requested, j.owner, j.generation, j.crashes, j.first_crash_at,
        EXISTS (SELECT 1 FROM job_challenge c WHERE c.job_id = j.id)
        """

    init(_ row: Row) {
        id = row[0]
        account = row[1]
        portal = row[2]
        kind = row[3]
        status = JobStatus(code: row[4])
        start = row[5]
        done = row[6]
        created = row[7]
        attempt = row[8]
        isAttemptOpen = row[9] == Int64(1)
        isCancelRequested = row[10] == Int64(1)
        owner = row[11]
        generation = row[12]
        crashes = row[13]
        firstCrash = row[14]
        hasChallenge = row[15] == Int64(1)
    }

    static func of(_ id: JobId, _ db: Database) throws -> JobState? {
        try db.firstRow("SELECT \(columns) FROM job j WHERE j.id = ?", [id.rawValue], JobState.init)
    }

    /// The same for many, by id.
    static func of(_ ids: [JobId], _ db: Database) throws -> [JobId: JobState] {
        var states: [JobId: JobState] = [:]
        let sql = "SELECT \(columns) FROM job j WHERE j.id IN (SELECT value FROM json_each(?))"
        try db.forEachRow(sql, [jsonList(ids.map(\.rawValue))]) { row in
            states[JobId(row[0])] = JobState(row)
            return true
        }
        return states
    }

    /// A job that waits is `queued` until an attempt was concluded, then `retrying`.
    var waitingStatus: JobStatus { attempt - (isAttemptOpen ? 1 : 0) > 0 ? .retrying : .queued }

    func isHeld(by owner: String, generation: Int) -> Bool {
        status == .running && self.owner == owner && self.generation == generation
    }
}

/// Moves jobs between states, keeping the counters true.
struct JobMover {
    let db: Database
    let counters: CounterDeltas

    private func recount(_ job: JobState, to status: JobStatus, start: Int64, done: Int64) {
        let (portal, account) = (job.portal, job.account)
        counters.countJob(
            -1, account: account, portal: portal, status: job.status.code, start: job.start, done: job.done)
        counters.countJob(1, account: account, portal: portal, status: status.code, start: start, done: done)
    }

    /// Gives the jobs to a worker, in one statement.
    func start(_ jobs: [JobState], owner: String, until: Int64, now: Int64) throws {
        for job in jobs { recount(job, to: .running, start: job.attempt > 0 ? job.start : now, done: job.done) }
        try db.run(
            """
            UPDATE job SET status = 1, owner = ?, generation = generation + 1, lease_until = ?, due_at = NULL,
            sort_start = CASE WHEN attempt > 0 THEN sort_start ELSE ? END, started_at = ifnull(started_at, ?),
            attempt = attempt + 1 - is_attempt_open, is_attempt_open = 1, progress = NULL
            WHERE id IN (SELECT value FROM json_each(?))
            """, [owner, until, now, now, jsonList(jobs.map(\.id))])
    }

    /// Notes that the jobs are done, in one statement for each number of new notices.
    func finish(_ jobs: [JobState], noticesNew: Int, now: Int64) throws {
        for job in jobs {
            recount(job, to: .done, start: job.start, done: now)
            try dropChallenge(job)
        }
        try db.run(
            """
            UPDATE job SET status = 4, due_at = NULL, lease_until = NULL, owner = NULL, completed_at = ?, sort_done = ?,
            is_attempt_open = 0, cause = NULL, message_id = 1, progress = NULL, notices_new = ?, is_cancel_requested = 0
            WHERE id IN (SELECT value FROM json_each(?))
            """, [now, now, noticesNew, jsonList(jobs.map(\.id))])
    }

    /// Lets the job wait until `due`.
    func wait(
        _ job: JobState, _ status: JobStatus, due: Int64, keepsAttemptOpen: Bool, cause: Cause? = nil,
        message: String = ""
    ) throws {
        recount(job, to: status, start: job.start, done: CounterDay.never)
        try db.run(
            """
            UPDATE job SET status = ?, due_at = ?, lease_until = NULL, owner = NULL, completed_at = NULL, sort_done = ?,
            is_attempt_open = ?, cause = ?, message_id = ?, progress = NULL, is_cancel_requested = 0 WHERE id = ?
            """,
            [
                status.code, due, CounterDay.never, keepsAttemptOpen ? 1 : 0, cause?.rawValue, try messageId(message),
                job.id,
            ])
    }

    func waitForPerson(_ job: JobState, cause: Cause, message: String) throws {
        recount(job, to: .needsInput, start: job.start, done: job.done)
        try db.run(
            """
            UPDATE job SET status = 3, due_at = NULL, lease_until = NULL, owner = NULL, cause = ?, message_id = ?
            WHERE id = ?
            """, [cause.rawValue, try messageId(message), job.id])
    }

    func conclude(
        _ job: JobState, _ status: JobStatus, cause: Cause? = nil, message: String = "", now: Int64
    ) throws {
        recount(job, to: status, start: job.start, done: now)
        try db.run(
            """
            UPDATE job SET status = ?, due_at = NULL, lease_until = NULL, owner = NULL, completed_at = ?, sort_done = ?,
            is_attempt_open = 0, cause = ?, message_id = ?, progress = NULL, is_cancel_requested = 0
            WHERE id = ?
            """,
            [status.code, now, now, cause?.rawValue, try messageId(message), job.id])
        try dropChallenge(job)
    }

    func dropChallenge(_ job: JobState) throws {
        if job.hasChallenge { try db.run("DELETE FROM job_challenge WHERE job_id = ?", [job.id]) }
    }

    /// The number under which a message is kept; each text is kept once.
    func messageId(_ text: String) throws -> Int64 {
        if text.isEmpty { return 1 }
        let line = HarmlessText.line(text)
        if let id = try db.number("SELECT id FROM message WHERE text = ?", [line]) { return id }
        try db.run("INSERT INTO message (text) VALUES (?)", [line])
        return db.lastInsertedRowID
    }
}

extension StoreWriter {
    var mover: JobMover { JobMover(db: db, counters: counters) }
}
