import ArgumentParser
import Domain
import Services

/// What jobs wait for a person with.
extension JobCommand {
    struct Waiting: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Jobs that wait for a person, the first to run out first.")
        @OptionGroup var paging: PageOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try paging.check()
            let workspace = try await place.enter(surroundings)
            let found = try await workspace.relay.queue(page: paging.page, perPage: paging.perPage)
            func shown(_ instant: Instant?) -> String {
                instant.map { TimeText.full($0, offset: workspace.utcOffset(at: $0)) } ?? ""
            }
            try paging.print(
                found.rows, of: found.pageCount, total: found.total, output,
                header: ["ID", "PORTAL", "IDENTITY", "KIND", "ASKS", "SINCE", "RUNS OUT", "BUSINESS"],
                as: { QuestionRow($0) }
            ) { row in
                let waiting = row.waiting
                return [
                    String(row.id), waiting.job.portal.shortName, row.identity, row.kind,
                    row.asksText,
                    shown(waiting.since), shown(waiting.expiresAt), row.business,
                ]
            }
            return .done
        }
    }

    struct Question: Performable {
        static let configuration = CommandConfiguration(
            abstract: "What one job asks; the picture of a captcha goes to a file.")
        @Argument(help: "Number of the job, from `job waiting`.") var id: Int64
        @Option(name: .long, help: "Where to put the picture: a file, or - for standard output.") var out: String?
        @Flag(name: .long, help: "Replace the file if it stands.") var force = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let question = try await workspace.relay.question(of: JobId(id))
            if let out {
                try await workspace.relay.savePicture(of: JobId(id), to: Out.target(out, force: force))
                if out == "-" { return .done }
            }
            if output.json {
                try Rows(json: true).printObject(QuestionRow(question.waiting, question))
            } else {
                let end = question.waiting.expiresAt.map { TimeText.full($0, offset: workspace.utcOffset(at: $0)) }
                let fields = [
                    ("Job", "\(id)"), ("Asks", question.prompt),
                    ("Note", question.waiting.followsRefusal ? WaitingJob.refusedText : ""), ("Runs out", end ?? ""),
                    ("Picture", question.picture.map { "\($0.columns)x\($0.rows)" } ?? question.problem),
                    ("Answer", question.hint ?? ""),
                ]
                try Rows.text(Labelled.lines(fields).joined(separator: "\n"))
            }
            return .done
        }
    }

    struct AskAnew: Performable {
        static let configuration = CommandConfiguration(
            commandName: "ask-anew",
            abstract: "Another picture where asking is no login attempt; another question when this one has run out.")
        @Argument(help: "Number of the job, from `job waiting`.") var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            try await workspace.relay.askAnew(JobId(id))
            return try Verdicts.tell([.init(id: JobId(id), isAccepted: true, text: "asks anew")], output)
        }
    }
}

private struct QuestionRow: Encodable {
    let waiting: WaitingJob
    let id: Int64
    let portal, identity, business, kind, asks: String
    /// Whether the question can be read; else it can only be asked anew.
    let readable: Bool
    /// Whether it is asked again because the last answer was not accepted.
    let last_answer_refused: Bool
    @OrNull var since: String?
    @OrNull var expires_at: String?
    var prompt: String?
    var renewable: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, portal, identity, business, kind, asks, readable, last_answer_refused, since, expires_at, prompt,
            renewable
    }

    /// What is asked, for the table.
    var asksText: String {
        let asked = waiting.job.cause?.title ?? ""
        if !waiting.isReadable { return "\(asked), unreadable: ask anew" }
        return waiting.followsRefusal ? "\(asked), \(WaitingJob.refusedText)" : asked
    }

    init(_ waiting: WaitingJob, _ question: RelayService.Question? = nil) {
        self.waiting = waiting
        id = waiting.job.id.rawValue
        portal = waiting.job.portal.rawValue
        identity = waiting.job.identity.text
        business = waiting.job.business
        kind = waiting.job.kind.rawValue
        asks =
            switch waiting.job.cause {
            case .captchaRequired: "captcha"
            case .dualSession: "choice"
            default: "otp"
            }
        readable = waiting.isReadable
        last_answer_refused = waiting.followsRefusal
        since = waiting.since.map(TimeText.rfc3339)
        expires_at = waiting.expiresAt.map(TimeText.rfc3339)
        prompt = question?.prompt
        renewable = question?.isRenewable
    }
}
