public import Domain
internal import GRDB

extension StoreWriter {
    /// Writes how an attempt ended. Returns false, and changes nothing, when the lease is lost.
    public func finish(
        _ id: JobId, generation: Int, owner: String, _ outcome: JobOutcome, now: Instant
    ) throws -> Bool {
        let finished = FinishedJob(lease: JobLease(id: id, generation: generation), outcome: outcome)
        return try finish([finished], owner: owner, now: now).first ?? false
    }

    /// The same for many, in order.
    public func finish(_ finished: [FinishedJob], owner: String, now: Instant) throws -> [Bool] {
        var held = try JobState.of(finished.map(\.lease.id), db)
        var done: [Int: [JobState]] = [:]
        let answers = try finished.map { one in
            guard let job = held[one.lease.id], job.isHeld(by: owner, generation: one.lease.generation) else {
                return false
            }
            held[one.lease.id] = nil
            if case .done(let noticesNew) = one.outcome {
                done[noticesNew, default: []].append(job)
                if job.kind == JobKind.fetch.code {
                    counters.noteFetch(portal: job.portal, at: now.milliseconds, new: noticesNew)
                }
            } else {
                let isEnd = one.outcome.isEnd || !job.isCancelRequested
                try apply(isEnd ? one.outcome : .cancelled, to: job, now: now.milliseconds)
            }
            return true
        }
        for (noticesNew, jobs) in done { try mover.finish(jobs, noticesNew: noticesNew, now: now.milliseconds) }
        return answers
    }

    private func apply(_ outcome: JobOutcome, to job: JobState, now: Int64) throws {
        switch outcome {
        case .done(let noticesNew):
            try mover.finish([job], noticesNew: noticesNew, now: now)
        case .failed(let cause, let message):
            try mover.conclude(job, .failed, cause: cause, message: message, now: now)
        case .gaveUp(let cause, let message):
            try mover.conclude(job, .failed, cause: .gaveUp, message: message, now: now)
            try db.run("UPDATE job SET last_cause = ? WHERE id = ?", [cause.rawValue, job.id])
        case .cancelled:
            try mover.conclude(job, .cancelled, now: now)
        case .retry(let at, let cause, let message):
            try mover.wait(
                job, .retrying, due: at.milliseconds, keepsAttemptOpen: false, cause: cause, message: message)
            try mover.dropChallenge(job)
        case .needsInput(let cause, let message, let json, let expires):
            try mover.waitForPerson(job, cause: cause, message: message)
            try db.run(
                """
                INSERT INTO job_challenge (job_id, json, expires_at, sealed_answer) VALUES (?, ?, ?, NULL)
                ON CONFLICT DO UPDATE SET json = excluded.json, expires_at = excluded.expires_at, sealed_answer = NULL
                """, [job.id, json, expires?.milliseconds])
        case .released(let at, let dropsAnswer):
            try mover.wait(job, job.waitingStatus, due: at?.milliseconds ?? now, keepsAttemptOpen: true)
            if dropsAnswer { try mover.dropChallenge(job) }
        }
    }
}

extension JobOutcome {
    /// Whether the job is over; after any other outcome a wish to cancel is fulfilled.
    fileprivate var isEnd: Bool {
        switch self {
        case .done, .failed, .gaveUp, .cancelled: true
        case .retry, .needsInput, .released: false
        }
    }
}
