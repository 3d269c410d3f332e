import ArgumentParser
import Domain
import Services

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "What was done, by whom.", subcommands: [List.self, Show.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Rows of the audit trail, oldest first; admins see all, others their own.")
        @Option(name: .long, help: "Only what this user did.") var actor: String?
        @Option(name: .long, help: "Only what was done to this, as gst/GSTIN.") var subject: String?
        @Option(name: .long, help: "Only this action, as account.set, or its family, as account.") var action: String?
        @Option(name: .long, help: "Only rows after this number.") var after: Int64 = 0
        @Option(name: .long, help: "Only the newest so many.") var last: Int?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func validate() throws {
            if let last, last < 1 { throw ValidationError("--last must be 1 or more.") }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let query = AuditQuery(actor: actor, subject: subject, action: action, after: after, limit: last)
            let events = try await workspace.audit.events(query)
            let offset = workspace.utcOffset(at: workspace.now)
            try Rows(json: output.json).print(
                events.map(AuditRow.init), header: ["SEQ", "AT", "ACTOR", "ACTION", "SUBJECT", "OUTCOME", "DETAIL"]
            ) { $0.cells(offset) }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(abstract: "One row of the audit trail.")
        @Argument(help: "Its number, from `audit list`.") var sequence: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let row = AuditRow(try await workspace.audit.event(sequence))
            guard !output.json else {
                try Rows(json: true).printObject(row)
                return .done
            }
            let labels = ["Row", "At", "Actor", "Action", "Subject", "Outcome", "Detail"]
            let cells = row.cells(workspace.utcOffset(at: workspace.now))
            try Rows.text(Labelled.lines(zip(labels, cells).map { ($0, $1) }).joined(separator: "\n"))
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
    @OrNull var hash: String?
    let detail, session, correlation: String
    private let instant: Instant

    private enum CodingKeys: String, CodingKey {
        case seq, at, actor, action, subject, outcome, request_hash, response_hash, hash, detail, session, correlation
    }

    init(_ record: AuditEvent) {
        seq = record.sequence
        instant = record.at
        at = TimeText.rfc3339(record.at)
        actor = record.actor
        action = record.action
        subject = record.subject
        outcome = record.outcome
        detail = record.detail
        session = record.session
        correlation = record.correlation
    }

    func cells(_ offset: Int) -> [String] {
        [String(seq), TimeText.full(instant, offset: offset), actor, action, subject, outcome, detail]
    }
}
