import Domain
import Logging
import Store

extension SyncWorker {
    /// A digest that could not leave is tried again after so long, until the next one is due.
    private static let digestPause = Duration.seconds(600)

    /// Does what the calendar says. A time that passed while no worker ran is made good once, not once for each.
    func runSchedules(_ now: Instant) async throws(Complaint) {
        for schedule in try workspace.lookUp({ try $0.dueSchedules(at: now) }) {
            switch schedule.kind {
            case .fetch: try await queue(schedule, now)
            case .digest: try await mail(schedule, now)
            }
        }
    }

    private func queue(_ schedule: Schedule, _ now: Instant) async throws(Complaint) {
        if let end = workspace.settings.worker.quietHours?.end(at: now, offset: { workspace.utcOffset(at: $0) }) {
            return try await workspace.write { try $0.postponeSchedule(schedule.id, until: end) }
        }
        var filter = EnqueueFilter(
            needAuthority: workspace.needingAuthority(), passwordless: workspace.passwordless())
        filter.portals = schedule.portal.map { [$0] } ?? []
        filter.group = schedule.group
        let (wanted, next) = (filter, workspace.next(of: schedule, after: now))
        try await workspace.write { writer in
            let outcomes = try writer.enqueueAll(wanted, kind: .fetch, trigger: .schedule, now: now)
            let created = outcomes.count { if case .created = $0 { true } else { false } }
            let message = "\(Counted.text(created, "fetch", "fetches")) queued"
            try writer.noteRun(ofSchedule: schedule.id, at: now, message: message, nextAt: next)
        }
        log.info("schedule", metadata: ["name": "\(schedule.name)"])
    }

    private func mail(_ schedule: Schedule, _ now: Instant) async throws(Complaint) {
        let since = schedule.lastAt ?? now - .seconds(86_400)
        let (digest, people) = try await workspace.read { reader in
            (try reader.digest(since: since, until: now, limit: DigestLetter.mostNotices), try reader.people())
        }
        let letter = DigestLetter(digest: digest, since: since, isDemo: workspace.home.isDemo)
        let lines = letter.lines(offset: workspace.utcOffset(at: now))
        var problem: Complaint?
        for person in people where person.isEnabled && schedule.recipients.contains(person.name) {
            do throws(Complaint) {
                try await workspace.mail.send(
                    MailMessage(
                        to: person.email, subject: letter.subject, lines: MailBody(lines: lines),
                        messageId: "digest-\(schedule.id)-\(now.milliseconds)-\(person.name)"))
            } catch {
                problem = error
            }
        }
        let next = workspace.next(of: schedule, after: now)
        let failed = problem
        try await workspace.write { writer in
            guard let failed else {
                return try writer.noteRun(ofSchedule: schedule.id, at: now, message: "sent", nextAt: next)
            }
            // The next digest then tells of this span too, for the last run stays where it was.
            let again = now + Self.digestPause
            try writer.postponeSchedule(schedule.id, until: next.map { min($0, again) } ?? again)
            try writer.noteTrouble(ofSchedule: schedule.id, message: "\(Schedule.notSent): \(failed)")
        }
    }
}
