import Domain
import Logging
import Store

extension SyncWorker {
    /// A digest that could not leave is tried again after so long, until the next one is due.
    private static let digestPause = Duration.seconds(600)

    /// Does what the calendar says. A time that passed while no worker ran is made good once, not once for each.
    func runSchedules(_ now: Instant) async throws(Complaint) {
        let due = try workspace.lookUp { try $0.dueSchedules(at: now) }
        guard !due.isEmpty else { return }
        if let end = workspace.quietUntil(now) {
            return try await workspace.write { writer in
                for schedule in due { try writer.postponeSchedule(schedule.id, until: end) }
            }
        }
        for schedule in due where schedule.kind == .fetch { try await queue(schedule, now) }
        try await send(due.filter { $0.kind == .digest })
    }

    private func queue(_ schedule: Schedule, _ now: Instant) async throws(Complaint) {
        let passwordless = workspace.passwordless()
        // Without a session these could only have an OTP sent to somebody who sleeps; who asks for it is there.
        var filter = EnqueueFilter(
            needAuthority: workspace.needingAuthority(), passwordless: passwordless, needSession: passwordless)
        filter.portals = schedule.portal.map { [$0] } ?? []
        filter.group = schedule.group
        let (wanted, next) = (filter, workspace.next(of: schedule, after: now))
        try await workspace.write { writer in
            let outcomes = try writer.enqueueAll(wanted, kind: .fetch, trigger: .schedule, now: now)
            let created = outcomes.count { if case .created = $0 { true } else { false } }
            let left = try writer.countWithoutSession(wanted, now: now)
            let message =
                "\(Counted.text(created, "fetch", "fetches")) queued"
                + (left > 0 ? ", \(left) left out without an open API session" : "")
            try writer.noteRun(ofSchedule: schedule.id, at: now, message: message, nextAt: next)
        }
        log.info("schedule", metadata: ["name": "\(schedule.name)"])
    }

    /// Sends digests beside the worker's loop, for a mail server may take half a minute for each of many people.
    private func send(_ due: [Schedule]) async throws(Complaint) {
        // What falls due meanwhile is looked at when these have left.
        guard mailing == nil, !due.isEmpty else { return }
        let (workspace, mailbox, log) = (workspace, mailbox, log)
        let begun = try await workspace.write { writer in
            // Taken here, where nothing else is stored: what comes later belongs to the next digest.
            let now = workspace.now
            return try due.compactMap { schedule in
                let (again, next) = (now + Self.digestPause, workspace.next(of: schedule, after: now))
                return try writer.beginDigest(
                    schedule.id, at: now, isAnew: Self.isAnew(schedule, workspace, now),
                    until: next.map { min($0, again) } ?? again)
            }
        }
        mailing = Task {
            for schedule in begun {
                do throws(Complaint) {
                    try await DigestSending(workspace: workspace, schedule: schedule, log: log)
                        .send { await !self.isStopping }
                } catch {
                    log.error("a digest could not be noted", metadata: ["why": "\(error.description)"])
                }
            }
            mailbox.post(.mailed)
        }
    }

    /// Whether a new span ends now; else the last one is tried again, for those who did not get it.
    private static func isAnew(_ schedule: Schedule, _ workspace: Workspace, _ now: Instant) -> Bool {
        guard let end = schedule.digest.end, !schedule.pendingReaders.isEmpty else { return true }
        return workspace.next(of: schedule, after: end.at).map { $0 <= now } ?? false
    }

    func mailsEnded() { mailing = nil }

    /// Gives up the mail under way: nobody knows then whether it arrived, and it is sent again under the same id.
    func breakOffMails() {
        mailing?.cancel()
        mailing = nil
    }
}
