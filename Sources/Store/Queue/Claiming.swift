public import Domain
internal import GRDB

extension StoreWriter {
    /// Moves due jobs to this worker: the oldest due first, portals in turn, at most one running job per account.
    ///
    /// - Parameters:
    ///   - owner: 128 random bits naming this start of the worker, as text. Never a host name.
    ///   - until: end of the lease.
    public func claim(
        owner: String, limit: Int, until: Instant, now: Instant, excluding: ClaimExclusions = .none
    ) throws -> [ClaimedJob] {
        let turns = try db.numbers("SELECT portal FROM portal_state ORDER BY last_claim, portal")
        let portals = turns.filter { !excluding.portals.contains(Portal(code: $0)) }
        let lines = try portals.map { try DueJobs.take($0, limit: limit, now: now, excluding, from: db) }
        let chosen = Self.inTurn(lines, limit: limit)
        if chosen.isEmpty { return [] }
        try mover.start(chosen, owner: owner, until: until.milliseconds, now: now.milliseconds)
        try noteTurns(chosen)
        let jobs = try JobRow.jobs(chosen.map(\.id), db)
        let answers = try answers(chosen.map(\.id))
        return zip(chosen, jobs).map { state, job in
            ClaimedJob(job: job, generation: state.generation + 1, attempt: job.attempt, answer: answers[state.id])
        }
    }

    /// One of each line in turn, until enough are taken.
    private static func inTurn(_ lines: [[JobState]], limit: Int) -> [JobState] {
        var chosen: [JobState] = []
        for round in 0..<(lines.map(\.count).max() ?? 0) {
            for line in lines where round < line.count && chosen.count < limit { chosen.append(line[round]) }
        }
        return chosen
    }

    /// The portal served last stands last in the next turn.
    private func noteTurns(_ chosen: [JobState]) throws {
        var last: [Int64: Int] = [:]
        for (index, job) in chosen.enumerated() { last[job.portal] = index + 1 }
        let base = try db.number("SELECT max(last_claim) FROM portal_state") ?? 0
        for (portal, turn) in last {
            try db.run("UPDATE portal_state SET last_claim = ? WHERE portal = ?", [base + Int64(turn), portal])
        }
    }

    private func answers(_ ids: [Int64]) throws -> [Int64: AnsweredChallenge] {
        var answers: [Int64: AnsweredChallenge] = [:]
        let sql = """
            SELECT job_id, json, sealed_answer FROM job_challenge
            WHERE sealed_answer IS NOT NULL AND job_id IN (SELECT value FROM json_each(?))
            """
        try db.forEachRow(sql, [jsonList(ids)]) { row in
            answers[row[0]] = AnsweredChallenge(challengeJSON: row[1], sealed: try row.bytes(at: 2))
            return true
        }
        return answers
    }

    /// Extends the leases that are still ours.
    public func renew(owner: String, _ leases: [JobLease], until: Instant) throws -> RenewedLeases {
        var renewed = RenewedLeases()
        for lease in leases {
            try db.run(
                "UPDATE job SET lease_until = ? WHERE id = ? AND owner = ? AND generation = ? AND status = 1",
                [until.milliseconds, lease.id.rawValue, owner, lease.generation])
            guard db.changesCount == 1 else { continue }
            renewed.held.insert(lease)
            let isRequested =
                try db.number("SELECT is_cancel_requested FROM job WHERE id = ?", [lease.id.rawValue]) == 1
            if isRequested { renewed.cancelRequested.insert(lease) }
        }
        return renewed
    }

    /// Notes how far the attempt is, 0 to 100. Returns false when the lease is lost.
    public func progress(_ lease: JobLease, owner: String, percent: Int) throws -> Bool {
        try db.run(
            "UPDATE job SET progress = ? WHERE id = ? AND owner = ? AND generation = ? AND status = 1",
            [min(max(percent, 0), 100), lease.id.rawValue, owner, lease.generation])
        return db.changesCount == 1
    }
}
