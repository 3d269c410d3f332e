import ArgumentParser
import Domain
import Services

struct OperationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operation", abstract: "Actions at authorities, and where each stands.",
        discussion: """
            What is in doubt is looked up at the authority before anything is sent again, by itself. A person is asked \
            only where the authority cannot tell, or holds something else.
            """,
        subcommands: [List.self, Show.self, OperationReconcile.self, Discard.self, Settle.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "Operations, newest first.")
        @Option(name: .long, help: "Such as queued, in_doubt or filed; may be given several times.")
        var state: [StateWord] = []

        /// A state by its own name, or what people call those in doubt, as `operation reconcile` does.
        struct StateWord: ExpressibleByArgument {
            let states: Set<OperationState>

            init?(argument: String) {
                if argument == OperationReconcile.Stand.inDoubt.rawValue {
                    states = OperationReconcile.Stand.inDoubt.states
                } else if let state = OperationState(rawValue: argument) {
                    states = [state]
                } else {
                    return nil
                }
            }

            static var allValueStrings: [String] {
                OperationState.allCases.map(\.rawValue) + [OperationReconcile.Stand.inDoubt.rawValue]
            }
        }

        @Option(name: .long, help: "Such as einvoice_generate; may be given several times.") var kind: [OperationKind] =
            []
        @OptionGroup var wanted: DocumentListOptions

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let (workspace, who) = try await wanted.enter(surroundings)
            let paging = wanted.paging
            let page = try await workspace.operations.list(
                OperationQuery(
                    states: state.reduce(into: []) { $0.formUnion($1.states) }, kinds: Set(kind), gstin: who,
                    text: wanted.text, page: paging.page,
                    perPage: paging.perPage))
            try paging.print(
                page.rows, of: page.pageCount, total: page.total, damaged: page.damaged, wanted.output,
                header: OperationRow.header,
                as: { OperationLine(operation: $0) }
            ) { OperationRow.cells($0.operation, workspace) }
            return .done
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(
            abstract: "One operation with its attempts: what was asked, when, and what came back.")
        @Argument(help: "Id, from `operation list`.") var id: String
        @Flag(name: .long, help: "What was asked and what came, whole.") var evidence = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Line: Encodable {
            let attempt: OperationAttempt
            func encode(to encoder: any Encoder) throws { try Attempt(attempt).encode(to: encoder) }

            func cells(_ workspace: Workspace) -> [String] {
                [
                    "\(attempt.number)", attempt.purpose.title, attempt.call, workspace.shown(attempt.beganAt),
                    attempt.endedAt.map(workspace.shown) ?? "open", attempt.outcome ?? "", attempt.code ?? "",
                    attempt.message,
                ]
            }
        }

        private struct Attempt: Encodable {
            let attempt: Int
            let purpose, provider, call, began_at, deadline: String
            @OrNull var ended_at: String?
            let request_hash: String
            @OrNull var outcome: String?
            @OrNull var status: Int?
            @OrNull var code: String?
            let codes: [String]
            let message: String
            @OrNull var response_hash: String?
            @OrNull var wire_hash: String?

            init(_ tried: OperationAttempt) {
                attempt = tried.number
                purpose = tried.purpose.rawValue
                provider = tried.provider
                call = tried.call
                began_at = TimeText.rfc3339(tried.beganAt)
                deadline = TimeText.rfc3339(tried.deadline)
                request_hash = tried.requestHash
                message = tried.message
                ended_at = tried.endedAt.map(TimeText.rfc3339)
                outcome = tried.event?.rawValue
                status = tried.status
                code = tried.code
                codes = tried.codes
                response_hash = tried.answerHash
                wire_hash = tried.wireHash
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let id = try OperationIds.read(id)
            let workspace = try await place.enter(surroundings)
            let dossier = try await workspace.operations.dossier(id)
            let rows = Rows(json: output.json)
            try OperationRow.print([dossier.operation], workspace, output)
            if !output.json {
                let waiting = OperationRow.waiting(dossier.operation, workspace).map { "\n\($0.startingUpper)." } ?? ""
                try Rows.text("\n\(dossier.operation.meaning)\(waiting)\n")
                let ways = OperationAdvice.lines(dossier.operation).map { "\n  \($0)" }.joined()
                try Rows.text("What can be done now\(ways)\n")
            }
            try rows.print(
                dossier.attempts.map { Line(attempt: $0) },
                header: ["NO.", "WHAT", "CALL", "BEGAN", "ENDED", "OUTCOME", "CODE", "MESSAGE"]
            ) { $0.cells(workspace) }
            if evidence { try show(dossier) }
            return .done
        }

        /// Bodies are what was hashed, to the digit; text only gets lines.
        private struct Bodies: Encodable {
            let request: String
            @OrNull var result: String?
            let answers: [Answer]
        }

        private struct Answer: Encodable {
            let attempt: Int
            let answer: String
        }

        private static func hashes(of number: Int, in dossier: OperationService.Dossier) -> String {
            let attempt = dossier.attempts.first { $0.number == number }
            let hashes = [
                attempt?.answerHash.map { "\nSHA-256 of this text           \($0)" },
                attempt?.wireHash.map { "\nSHA-256 of the body it came in \($0)" },
            ]
            return hashes.compactMap(\.self).joined()
        }

        private func show(_ dossier: OperationService.Dossier) throws(Complaint) {
            let result = dossier.result.map { String(decoding: $0, as: UTF8.self) }
            if output.json {
                let answers = dossier.answers.sorted { $0.key < $1.key }.map {
                    Answer(attempt: $0.key, answer: String(decoding: $0.value, as: UTF8.self))
                }
                let bodies = Bodies(
                    request: String(decoding: dossier.request, as: UTF8.self), result: result, answers: answers)
                return try Rows(json: true).print([bodies], header: []) { _ in [] }
            }
            let answers = dossier.answers.sorted { $0.key < $1.key }.map {
                ("What came to attempt \($0.key)\(Self.hashes(of: $0.key, in: dossier))", $0.value)
            }
            let parts = [("What was asked", dossier.request), ("What the portal gave", dossier.result ?? [])] + answers
            for (title, bytes) in parts {
                let lines = bytes.isEmpty ? ["nothing yet"] : ReadableJson.lines(bytes)
                try Rows.text("\n\(title)\n")
                for line in lines { try Rows.text("  \(HarmlessText.line(line, limit: 100_000))\n") }
            }
        }
    }

    struct Discard: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Give up what was never sent, or what the authority is proven not to hold.",
            discussion: "With `settle --give-up` a person gives up what may have left and is not there.")
        @Argument(help: "Id, from `operation list`.") var id: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let id = try OperationIds.read(id)
            let workspace = try await place.enter(surroundings)
            try OperationRow.print([try await workspace.operations.discard(id)], workspace, output)
            return .done
        }
    }

    struct Settle: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Say what you found at the authority's own pages, where it cannot be asked.")
        @Argument(help: "Id, from `operation list`.") var id: String
        @Option(name: .long, help: "It is there under this number.") var foundAs: String?
        @Flag(name: .long, help: "It is not there: it is sent again.") var notThere = false
        @Flag(name: .long, help: "It is not there, or something else is: it is not sent any more.") var giveUp = false
        @Option(name: .long, help: "Why, for the record; needed with --give-up, and for a conflict.") var reason = ""
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let id = try OperationIds.read(id)
            let settlements = [foundAs.map { .found($0) }, notThere ? .sendAgain : nil, giveUp ? .giveUp : nil]
                .compactMap { (one: OperationService.Settlement?) in one }
            guard let settlement = settlements.first, settlements.count == 1 else {
                throw Complaint(
                    "--found-as NUMBER, --not-there or --give-up is needed, one of them", status: .usage)
            }
            let workspace = try await place.enter(surroundings, opensVault: true)
            let operation = try await workspace.operations.settle(id, settlement, reason: reason)
            try OperationRow.print([operation], workspace, output)
            return .done
        }
    }
}

enum OperationIds {
    static func read(_ text: String) throws(Complaint) -> OperationId {
        guard let id = OperationId(text) else {
            throw Complaint(
                "\(HarmlessText.line(text, limit: 60)) is no operation's id",
                remedy: "`portaldesk operation list` shows them", status: .badData)
        }
        return id
    }
}

extension OperationKind: ExpressibleByArgument {}
