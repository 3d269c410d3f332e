import ArgumentParser
import Domain
import Foundation
import Secrets
import Services

struct JobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Fetches and verifications, and their logs.",
        subcommands: [
            List.self, Show.self, Log.self, Retry.self, Verify.self, Cancel.self,
            Answer.self, Waiting.self, Question.self, AskAnew.self, Failures.self,
        ])

    struct List: Performable {
        static let configuration = CommandConfiguration(
            abstract: "One page of jobs, newest first unless sorted otherwise.")
        @Option(name: .long, help: "A status; may be given several times.") var status: [JobStatus] = []
        @Option(name: .long, help: "A portal; may be given several times.") var portal: [Portal] = []
        @Option(name: .long, help: "An identity or its beginning.") var identity: String?
        @Option(name: .long, help: "Part of the business name.") var business: String?
        @Option(name: .long, help: "Only jobs that started on this day or later (YYYY-MM-DD).") var from: String?
        @Option(name: .long, help: "Only jobs that started on this day or earlier (YYYY-MM-DD).") var to: String?
        @Option(name: .long, help: "Which page, from 1.") var page = 1
        @Option(name: .long, help: "Rows a page.") var perPage = 20
        @Option(name: .long, help: "start, completed, portal, identity or status; append :desc or :asc.") var sort =
            "start:desc"
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try Paging.check(page, perPage)
            let workspace = try await place.enter(surroundings)
            var filter = ActivityFilter(
                statuses: Swift.Set(status), portals: Swift.Set(portal), identityPrefix: identity,
                businessText: business,
                utcOffset: workspace.utcOffset(at: workspace.now))
            filter.days = try days()
            let query = ActivityQuery(filter: filter, sort: try order(), page: page, perPage: perPage)
            let found = try await workspace.sync.activity(query)
            let offset = filter.utcOffset
            let total: Int
            if let known = found.total { total = known } else { total = try await workspace.sync.total(filter) }
            let pages = max(1, (total + perPage - 1) / perPage)
            let jobs = Paging.rows(found.rows, asked: page, given: pages, isJson: output.json)
            let rows = jobs.enumerated().map { JobLine(job: $1, sr: found.firstSerial + $0) }
            try Rows(json: output.json).print(rows, header: JobRow.header) {
                JobRow.cells($0.job, sr: $0.sr, offset: offset)
            }
            try Rows(json: output.json).printObject(PageRow(total: total, page: page, per_page: perPage))
            if !output.json, page <= pages, isatty(STDOUT_FILENO) == 1 {
                Messages.line("Total \(Counted.text(total, "item")), page \(page) of \(pages)")
            }
            return .done
        }

        private func days() throws(Complaint) -> ClosedRange<LegalDate>? {
            guard from != nil || to != nil else { return nil }
            func day(_ text: String?, _ open: LegalDate) throws(Complaint) -> LegalDate {
                guard let text else { return open }
                if let date = LegalDate(text) { return date }
                throw Complaint("\(HarmlessText.line(text, limit: 30)) is no day such as 2026-11-20", status: .usage)
            }
            let first = try day(from, LegalDate(dayNumber: 0))
            let last = try day(to, LegalDate(dayNumber: 100_000))
            guard first <= last else { throw Complaint("--from is after --to", status: .usage) }
            return first...last
        }

        private func order() throws(Complaint) -> ActivitySort {
            let parts = sort.split(separator: ":", omittingEmptySubsequences: false)
            let names = [
                "started_at": "start", "created_at": "start", "start_time": "start", "completed_at": "completed",
            ]
            let name = String(parts.first ?? "")
            guard parts.count <= 2, let field = ActivitySort.Field(rawValue: names[name] ?? name),
                parts.count == 1 || parts[1] == "desc" || parts[1] == "asc"
            else {
                throw Complaint(
                    "--sort \(HarmlessText.line(sort, limit: 40)) is no order",
                    remedy: "Use start, completed, portal, identity or status, with :desc", status: .usage)
            }
            return ActivitySort(field: field, descending: parts.count == 2 && parts[1] == "desc")
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(abstract: "One job.")
        @Argument(help: "Number of the job, from `job list`.") var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let (job, _) = try await workspace.sync.log(JobId(id))
            let provider = try await workspace.providerName(for: job.identity)
            let isRefused = try await workspace.relay.followsRefusal(job)
            if output.json {
                try Rows(json: true).printObject(
                    JobDetail(job: job, provider: provider, isLastAnswerRefused: isRefused))
            } else {
                let offset = workspace.utcOffset(at: workspace.now)
                let lines = JobText.lines(
                    job, provider: provider, isLastAnswerRefused: isRefused, utcOffset: offset)
                try Rows.text(lines.joined(separator: "\n"))
            }
            return .done
        }
    }

    struct Log: Performable {
        static let configuration = CommandConfiguration(abstract: "Every step of a job.")
        @Argument(help: "Number of the job, from `job list`.") var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let (job, entries) = try await workspace.sync.log(JobId(id))
            if output.json {
                try Rows(json: true).print(entries.map(JobLogRow.init), header: []) { _ in [] }
            } else {
                try Rows.text(
                    LogText.lines(job, entries, utcOffset: workspace.utcOffset(at: workspace.now)).joined(
                        separator: "\n"))
            }
            return .done
        }
    }

    struct Retry: Performable {
        static let configuration = CommandConfiguration(abstract: "Try failed, cancelled or waiting jobs again now.")
        @Argument(help: "Numbers of jobs, from `job list`.") var ids: [Int64] = []
        @Option(name: .long, help: "Instead of numbers: every failure of this cause, from `job failures`.")
        var cause: Cause?
        @Option(name: .long, help: "Instead: what stands because of this provider, from `provider status`.")
        var provider: String?
        @Option(name: .long, help: "With --cause: of this portal alone.") var portal: Portal?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            guard [!ids.isEmpty, cause != nil, provider != nil].filter({ $0 }).count == 1 else {
                throw Complaint("numbers of jobs, --cause or --provider are needed, one of them", status: .usage)
            }
            guard portal == nil || cause != nil else { throw Complaint("--portal needs --cause", status: .usage) }
            let workspace = try await place.enter(surroundings, opensVault: true)
            if let provider {
                let retried = try await workspace.providerService.retry(provider)
                let verdicts = retried.verdicts
                if retried.actions > 0 { Messages.line("\(Counted.text(retried.actions, "action")) asked for") }
                if verdicts.isEmpty, retried.actions == 0 { Messages.line("nothing stands because of \(provider)") }
                return try Verdicts.tell(verdicts, output)
            }
            guard let cause else {
                return try Verdicts.tell(try await workspace.sync.retry(ids.map { JobId($0) }), output)
            }
            let verdicts = try await workspace.failures.retry(cause, portal).verdicts
            let scope = portal.map { " at the \($0.title)" } ?? ""
            if verdicts.isEmpty { Messages.line("nothing stands because of: \(cause.title)\(scope)") }
            return try Verdicts.tell(verdicts, output)
        }
    }

    struct Verify: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Verify every login that stopped for one cause: exactly one login attempt each.")
        @Option(name: .long, help: "The cause, from `job failures`.") var cause: Cause
        @Option(name: .long, help: "Of this portal alone.") var portal: Portal?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            // A password that was refused is not offered again by the dozen: that is how portals lock accounts.
            guard cause.action == .verify else {
                let helps = Cause.allCases.filter { $0.action == .verify }.map { "\($0.title) (\($0.rawValue))" }
                throw Complaint(
                    "verifying again does not help against: \(cause.title)",
                    why: "it helps against \(helps.joined(separator: ", "))",
                    remedy: "`portaldesk job failures` shows what stands; the desk says what helps (Alt-f)",
                    status: .usage)
            }
            let workspace = try await place.enter(surroundings, opensVault: true)
            let result = try await workspace.failures.verify(cause, portal, by: .command)
            for refused in result.refused { Messages.line("\(refused.identity): \(refused.reason)") }
            guard !result.ids.isEmpty else {
                throw Complaint(
                    "nothing to verify", why: result.refused.first?.reason ?? "no failure of this cause stands",
                    remedy: "`portaldesk job failures` shows what stands", status: .badData)
            }
            let status = try Verdicts.tell(
                result.ids.map { .init(id: $0, isAccepted: true, text: "verifies the login") }, output)
            return result.refused.isEmpty ? status : .badData
        }
    }

    struct Cancel: Performable {
        static let configuration = CommandConfiguration(abstract: "Cancel unfinished jobs.")
        @Argument(help: "Numbers of jobs, from `job list`.") var ids: [Int64]
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            return try Verdicts.tell(try await workspace.sync.cancel(ids.map { JobId($0) }), output)
        }
    }

    struct Answer: Performable {
        static let configuration = CommandConfiguration(abstract: "Answer the captcha or OTP that a job waits for.")
        @Argument(help: "Number of the job, from `job list`.") var id: Int64
        @Option(name: .long, help: "File with the answer, - for standard input; else a prompt.") var textFile: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            try await workspace.sync.requireWaiting(JobId(id))
            let answer = try SecretInput.read(
                file: textFile, "an answer", option: "--text-file", prompt: "Answer for job \(id): ")
            try await workspace.sync.answer(JobId(id), text: answer.withBytes { String(decoding: $0, as: UTF8.self) })
            return try Verdicts.tell([.init(id: JobId(id), isAccepted: true, text: "answered")], output)
        }
    }
}

enum Verdicts {
    private struct Row: Encodable {
        let id: Int64
        let accepted: Bool
        let message: String
        init(_ verdict: SyncService.Verdict) {
            id = verdict.id.rawValue
            accepted = verdict.isAccepted
            message = verdict.text
        }
    }

    /// One line for each job on standard error; 65 when a job is unknown or in the wrong state.
    static func tell(_ verdicts: [SyncService.Verdict], _ output: JsonFlag) throws(Complaint) -> ExitStatus {
        for verdict in verdicts { try Rows(json: output.json).printObject(Row(verdict)) }
        for verdict in verdicts { Messages.line("job \(verdict.id): \(verdict.text)") }
        return verdicts.allSatisfy(\.isAccepted) ? .done : .badData
    }
}
