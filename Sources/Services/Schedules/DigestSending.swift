import Domain
import Logging
import Store

/// The sending of one digest, to each who is to get it and has not. Who has it is noted after each mail, so that a later
/// try asks only for the rest.
struct DigestSending: Sendable {
    let workspace: Workspace
    /// As `beginDigest` gave it.
    let schedule: Schedule
    let log: Logger

    /// - Parameter mayGoOn: asked before each mail; a worker that stops finishes the one under way.
    /// - Throws: a `Complaint` when it cannot be noted who has the digest; then nobody is mailed any more, and those who
    ///   were get the same message again, under the same id.
    func send(while mayGoOn: @Sendable () async -> Bool) async throws(Complaint) {
        guard let end = schedule.digest.end else { return }
        let people = try await workspace.read { try $0.people() }
        for reader in schedule.pendingReaders {
            guard await mayGoOn(), !Task.isCancelled else { return }
            var reader = reader
            let person = people.first { $0.name == reader.name }
            if let person, person.isEnabled {
                let problem = try await mail(reader, at: person.email, until: end)
                // What was broken off is told of nobody.
                if Task.isCancelled, problem != nil { return }
                reader.settledAt = Self.isSettled(problem) ? end.at : nil
                if problem == nil { reader.told = end }
                reader.problem = problem?.description ?? ""
            } else {
                reader.settledAt = end.at
                reader.problem = person == nil ? "there is no such user any more" : "the user is disabled"
            }
            let (id, settled) = (schedule.id, reader)
            try await workspace.write { try $0.note(settled, ofDigest: id) }
        }
        try await conclude(end)
    }

    /// Whether a span is over for somebody. A refusal for good stays one, and what may have arrived is not sent after
    /// itself every ten minutes; the next digest tells both the whole span again.
    private static func isSettled(_ problem: Complaint?) -> Bool {
        switch problem?.status {
        case nil, .refused, .badData, .tryLater: true
        default: false
        }
    }

    private func mail(
        _ reader: DigestReader, at address: String, until end: DigestMark
    ) async throws(Complaint) -> Complaint? {
        let since = reader.told
        let digest = try await workspace.read {
            try $0.digest(since: since, until: end, limit: DigestLetter.mostNotices)
        }
        let bills = try await workspace.read {
            try $0.bills(endingAfter: end.at, until: end.at + DigestLetter.billSpan, limit: DigestLetter.mostBills)
        }
        let letter = DigestLetter(
            digest: digest, bills: bills.rows, billCount: bills.total, since: since.at, until: end.at,
            isSimulated: workspace.isSimulated)
        let span = "\(since.at.milliseconds)-\(end.at.milliseconds)"
        let message = MailMessage(
            to: address, subject: letter.subject,
            lines: MailBody(lines: letter.lines { workspace.utcOffset(at: $0) }),
            messageId: "digest-\(schedule.id)-\(span)-\(reader.name)")
        do throws(Complaint) {
            try await workspace.mail.send(message)
            return nil
        } catch {
            return error
        }
    }

    private func conclude(_ end: DigestMark) async throws(Complaint) {
        let (workspace, id, name) = (workspace, schedule.id, schedule.name)
        try await workspace.write { writer in
            guard let stored = try writer.reader.schedule(named: name), stored.id == id else { return }
            let message = DigestVerdict(stored).text
            guard stored.pendingReaders.isEmpty else {
                return try writer.noteTrouble(ofSchedule: stored.id, message: message)
            }
            let isRun = stored.digest.readers.contains { $0.told == end }
            try writer.noteRun(
                ofSchedule: stored.id, at: isRun ? end.at : nil, message: message,
                nextAt: workspace.next(of: stored, after: workspace.now))
        }
        log.info("digest", metadata: ["name": "\(name)"])
    }
}

/// How a digest stands with those it goes to, in words: `sent to 2 of 2`, `not sent to ravi: …; sent to 1 of 2`.
struct DigestVerdict {
    let text: String

    init(_ schedule: Schedule) {
        let readers = schedule.digest.readers.filter { schedule.recipients.contains($0.name) }
        let told = readers.count { $0.told == schedule.digest.end }
        let sent = "sent to \(told) of \(schedule.recipients.count)"
        var problems: [(names: [String], why: String)] = []
        for reader in readers where reader.told != schedule.digest.end {
            // It goes on after the reason, which is a sentence.
            let why = reader.problem.hasSuffix(".") ? String(reader.problem.dropLast()) : reader.problem
            if let index = problems.firstIndex(where: { $0.why == why }) {
                problems[index].names.append(reader.name)
            } else {
                problems.append(([reader.name], why))
            }
        }
        guard !problems.isEmpty else {
            text = sent
            return
        }
        let reasons = problems.map { "\($0.names.joined(separator: ", ")): \($0.why)" }.joined(separator: "; ")
        text = "\(Schedule.notSent) to \(reasons)" + (told > 0 ? "; \(sent)" : "")
    }
}
