public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Cancels waiting jobs at once; asks the worker to end running ones.
    public func requestCancel(_ ids: [JobId], now: Instant) throws -> [CancelOutcome] {
        try ids.map { id in
            guard let job = try JobState.of(id, db) else { return .unknown }
            if job.status.isFinished { return .finishedAlready(job.status) }
            if job.status == .running {
                try db.run("UPDATE job SET is_cancel_requested = 1 WHERE id = ?", [job.id])
                return .requested
            }
            try mover.conclude(job, .cancelled, now: now.milliseconds)
            return .cancelled
        }
    }

    /// Puts failed, cancelled and retrying jobs back to queued, due now, with a new attempt and a clean record of crashes.
    ///
    /// - Parameter isAhead: before all that was queued in bulk.
    public func retry(_ ids: [JobId], now: Instant, isAhead: Bool = false) throws -> [RetryOutcome] {
        let due = isAhead ? now - Self.precedence : now
        return try ids.map { id in
            guard let job = try JobState.of(id, db) else { return .unknown }
            guard [.failed, .cancelled, .retrying].contains(job.status) else { return .notPossible(job.status) }
            let isRemoved =
                try db.number(
                    "SELECT 1 FROM account WHERE id = ? AND removed_at IS NOT NULL", [job.account]) != nil
            if isRemoved { return .notPossible(job.status) }
            if job.status.isFinished, let other = try unfinished(job.account, job.kind) {
                return .existing(JobId(other))
            }
            try mover.dropChallenge(job)
            try mover.wait(job, .queued, due: due.milliseconds, keepsAttemptOpen: false)
            try db.run("UPDATE job SET crashes = 0, first_crash_at = NULL WHERE id = ?", [job.id])
            try wish(job.id)
            return .queued
        }
    }

    /// Hands a person's answer to the job that waits for it, which goes on with the same attempt.
    ///
    /// - Parameter sealed: the answer, sealed: a one-time password is a secret until it was used, and a copy of the
    ///   database may be taken before.
    public func answer(_ id: JobId, sealed: [UInt8], now: Instant) throws -> AnswerOutcome {
        guard let job = try JobState.of(id, db) else { return .unknown }
        guard job.status == .needsInput else { return .notWaiting(job.status) }
        try wish(job.id)
        let expires = try db.number(
            "SELECT expires_at FROM job_challenge WHERE job_id = ? AND expires_at IS NOT NULL", [job.id])
        if let expires, expires <= now.milliseconds {
            try askAnew(job, due: now)
            return .expired
        }
        try db.run("UPDATE job_challenge SET sealed_answer = ? WHERE job_id = ?", [Data(sealed), job.id])
        try mover.wait(job, job.waitingStatus, due: now.milliseconds, keepsAttemptOpen: true)
        return .accepted
    }

    /// Gives up the question that a job waits with: its next attempt asks another one.
    ///
    /// - Returns: nil when the job was put back; else why not.
    public func askAnew(_ id: JobId, now: Instant) throws -> AnswerOutcome? {
        guard let job = try JobState.of(id, db) else { return .unknown }
        guard job.status == .needsInput else { return .notWaiting(job.status) }
        try wish(job.id)
        // A person waits for it.
        try askAnew(job, due: now - Self.precedence)
        return nil
    }

    private func askAnew(_ job: JobState, due: Instant) throws {
        try mover.dropChallenge(job)
        try mover.wait(job, .retrying, due: due.milliseconds, keepsAttemptOpen: false)
    }
}
