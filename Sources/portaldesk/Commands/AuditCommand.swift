import ArgumentParser
import Domain
import Foundation
import Services

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "What was done, by whom, and proof that the record of it was not changed.",
        subcommands: [
            List.self, Show.self, AuditVerify.self, AuditExport.self, AuditProof.self, AuditSign.self, AuditKeys.self,
            AuditRotateKey.self, AuditResume.self,
        ])

    struct List: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Rows of the audit trail, oldest first; admins see all, others their own.")
        @Option(name: .long, help: "Only what this user did.") var actor: String?
        @Option(name: .long, help: "Only what was done to this, as gst/GSTIN.") var subject: String?
        @Option(name: .long, help: "Only what was done to this GSTIN, PAN or TAN, or to those that begin so.")
        var identity: String?
        @Option(name: .long, help: "Only this action, as account.set, or its family, as account or call.")
        var action: String?
        @Option(name: .long, help: "Only rows with this outcome, as done, denied, answered or unknown.")
        var outcome: String?
        @Option(name: .long, parsing: .unconditional, help: "Only what belongs to this job: its number.")
        var job: Int64?
        @Option(name: .long, help: "Only what belongs to this operation: its id.") var operation: String?
        @Option(
            name: .long, parsing: .unconditional,
            help: "Only what was done to this notice, and the jobs that brought it.")
        var notice: Int64?
        @Option(
            name: .long, parsing: .unconditional,
            help: "Only what concerns this business: its id, from `business list`.")
        var business: Int64?
        @Option(name: .long, help: "Only rows from this day on, as 2026-11-08.") var since: String?
        @Option(name: .long, help: "Only rows up to and with this day.") var until: String?
        @Option(name: .long, parsing: .unconditional, help: "Only rows after this number.") var after: Int64 = -1
        @Option(name: .long, parsing: .unconditional, help: "Only the newest so many.") var last: Int?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func validate() throws {
            if let last, last < 1 { throw ValidationError("--last must be 1 or more.") }
            if let job, job < 1 { throw ValidationError("--job must be 1 or more.") }
            let threads = [job != nil, operation != nil, notice != nil, business != nil]
            if threads.count(where: { $0 }) > 1 {
                throw ValidationError("Name one of --job, --operation, --notice and --business.")
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            var query = AuditQuery(actor: actor, subject: subject, action: action, after: after, limit: last)
            query.identity = identity?.uppercased()
            query.outcome = outcome
            query.thread =
                job.map { .job(JobId($0)) } ?? notice.map { .notice(NoticeId($0)) }
                ?? business.map { .business(BusinessId($0)) }
            query.correlation = operation
            query.since = try since.map { text throws(Complaint) in try Self.day(text, workspace).start }
            query.until = try until.map { text throws(Complaint) in try Self.day(text, workspace).end }
            let events = try await workspace.audit.events(query)
            let offset = workspace.utcOffset(at: workspace.now)
            if !output.json, let origin = try await workspace.audit.origin(of: query.thread) {
                // Its own job may be older than the trail.
                Messages.line(AuditWords.origin(origin) { TimeText.full($0, offset: offset) }.startingUpper + ".")
            }
            if events.isEmpty, !output.json {
                let isAll = try await workspace.audit.seesAll()
                Messages.line(isAll ? "No row fits." : "No row of yours fits; an admin sees everybody's.")
            }
            try Rows(json: output.json).print(
                events.map(AuditRow.init), header: ["SEQ", "AT", "ACTOR", "ACTION", "SUBJECT", "OUTCOME", "DETAIL"]
            ) { $0.cells(offset) }
            return .done
        }

        /// The first and the last millisecond of a day where the desk is.
        private static func day(
            _ text: String, _ workspace: Workspace
        ) throws(Complaint) -> (start: Instant, end: Instant) {
            guard let date = LegalDate(typed: text) else {
                throw Complaint(
                    "\(HarmlessText.line(text, limit: 40)) is no day", remedy: "Write it as 2026-11-08 or 08-11-2026",
                    status: .usage)
            }
            let noon = Instant(seconds: Int64(date.dayNumber) * 86_400 + 43_200)
            let start = Int64(date.dayNumber) * 86_400 - Int64(workspace.utcOffset(at: noon))
            return (Instant(seconds: start), Instant(milliseconds: (start + 86_400) * 1_000 - 1))
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(
            abstract: "One row of the audit trail; of a call, its request and answer too.")
        @Argument(help: "Its number, from `audit list`.") var sequence: Int64
        @Flag(name: .long, help: "Open the sealed request and write it out; that is on record.") var request = false
        @Flag(name: .long, help: "Open the sealed answer and write it out; that is on record.") var answer = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func validate() throws {
            if request, answer { throw ValidationError("Name --request or --answer, not both.") }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: request || answer)
            if request || answer {
                let bytes = try await workspace.audit.body(sequence, request ? .request : .answer)
                try Rows.foreign(bytes)
                return .done
            }
            let event = try await workspace.audit.event(sequence)
            let row = AuditRow(event)
            guard !output.json else {
                try Rows(json: true).printObject(row)
                return .done
            }
            let labels = ["Row", "At", "Actor", "Action", "Subject", "Outcome", "Detail"]
            let cells = row.cells(workspace.utcOffset(at: workspace.now))
            // Of a call the facts say the same line by line.
            var pairs = zip(labels, cells).map { ($0, $1) }.filter { $0.0 != "Detail" || event.call == nil }
            pairs += AuditWords.facts(event)
            for side in AuditBodySide.allCases where event.call != nil {
                let standing = try await workspace.audit.standing(event, side)
                let words = AuditWords.words(standing, side) { TimeText.full($0, offset: workspace.utcOffset(at: $0)) }
                pairs.append((side == .request ? "Request" : "Answer", words))
            }
            try Rows.text(Labelled.lines(pairs).joined(separator: "\n"))
            return .done
        }
    }
}

/// The keys of the CLI contract's row `audit list`.
struct AuditRow: Encodable {
    let seq: Int64
    let at, actor, action, subject, outcome: String
    @OrNull var request_hash: String?
    @OrNull var response_hash: String?
    let hash, detail, session, correlation, reference: String
    @OrNull var method: String?
    @OrNull var host: String?
    @OrNull var route: String?
    @OrNull var status: Int?
    @OrNull var duration_us: Int64?
    private let instant: Instant
    /// The detail, and of a call where it went and how it ended, in words.
    private let told: String

    private enum CodingKeys: String, CodingKey {
        case seq, at, actor, action, subject, outcome, request_hash, response_hash, hash, detail, session, correlation
        case reference, method, host, route, status, duration_us
    }

    init(_ record: AuditEvent) {
        seq = record.sequence
        instant = record.at
        told = AuditWords.told(record)
        at = TimeText.rfc3339(record.at)
        actor = record.actor
        action = record.action
        subject = record.subject
        outcome = record.outcome
        detail = record.detail
        session = record.session
        correlation = record.correlation
        reference = record.reference
        hash = record.hash
        let facts = AuditDetailHashes(record)
        _request_hash = OrNull(wrappedValue: record.call?.requestHash ?? facts.request)
        _response_hash = OrNull(wrappedValue: record.call?.answer?.hash ?? facts.answer)
        _method = OrNull(wrappedValue: record.call?.method)
        _host = OrNull(wrappedValue: record.call?.host)
        _route = OrNull(wrappedValue: record.call?.route)
        // Of an answer that was cut short the status line came.
        let cutShort = record.call.flatMap { _ in facts.status }
        _status = OrNull(wrappedValue: record.call?.answer?.status ?? cutShort)
        _duration_us = OrNull(wrappedValue: record.microseconds)
    }

    func cells(_ offset: Int) -> [String] {
        [String(seq), TimeText.full(instant, offset: offset), actor, action, subject, outcome, told]
    }
}

/// What a record names in its detail of request and answer.
private struct AuditDetailHashes {
    var request: String?
    var answer: String?
    var status: Int?

    init(_ record: AuditEvent) {
        let facts = record.detailFacts
        (request, answer) = (facts["request"], facts["answer"])
        status = facts["status"].flatMap { Int($0) }
    }
}
