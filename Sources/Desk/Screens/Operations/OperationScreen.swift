import Domain
import Services
import TerminalKit

/// One action with its evidence: what was asked, every exchange with the authority, and what it gave.
struct OperationScreen: TextScreen {
    let id: OperationId
    var text = ScrolledText<OperationService.Evidence>()
    /// The attempt whose answer somebody has opened; the last one with an answer until then.
    private var chosen: Int?
    /// Whether the answer that comes next is to be seen at once.
    private var leadsToAnswer = false

    init(id: OperationId) { self.id = id }

    static var noun: String { "evidence" }
    static var isLive: Bool { true }
    var scope: CommandScope { .operation }
    var trail: [String] { ["Evidence"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .command(let command) where command == .nextPage || command == .previousPage:
            guard let other = neighbour(command) else { return [] }
            chosen = other
            leadsToAnswer = true
            return reading(context.ticket(0)).map { [$0] } ?? []
        case .loaded(.operation, _):
            let effects = updateText(event, context)
            if leadsToAnswer { goTo(context) { $0.text.hasPrefix(OperationEvidence.answerTitle) } }
            leadsToAnswer = false
            return effects
        default: return updateText(event, context)
        }
    }

    /// The attempt with an answer behind the open one, or before it.
    private func neighbour(_ command: CommandId) -> Int? {
        guard let evidence = text.content, let open = evidence.open else { return nil }
        return command == .nextPage
            ? evidence.lengths.keys.filter { $0 > open }.min() : evidence.lengths.keys.filter { $0 < open }.max()
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        guard command == .nextPage || command == .previousPage else { return textReason(command) }
        if neighbour(command) != nil { return nil }
        guard let evidence = text.content else { return "The evidence is not loaded" }
        guard evidence.open != nil else { return "Nothing came to any attempt yet" }
        return command == .nextPage ? "This is the last answer" : "This is the first answer"
    }

    /// Of use where there is another answer.
    func hints(_ command: CommandId) -> Bool {
        command == .nextPage || command == .previousPage ? neighbour(command) != nil : true
    }

    func reading(_ ticket: Ticket) -> Effect? {
        .operations(.evidence(id, attempt: chosen, unless: text.content?.mark), ticket)
    }

    static func content(of loaded: Loaded) -> OperationService.Evidence? {
        if case .operation(let evidence) = loaded { evidence } else { nil }
    }

    func head(_ evidence: OperationService.Evidence, _ context: ScreenContext) -> [Line] {
        let operation = evidence.dossier.operation
        let lead = Badge.operation(operation.state).line + Line("  ")
        let indent = Line(String(repeating: " ", count: lead.width))
        let meaning = Text.wrap(operation.meaning, to: max(1, context.rect.width - 2 - lead.width))
        // The client is never cut.
        let room = context.rect.width - 2 - Text.width(" · \(operation.gstin)")
        let title = Line(
            Text.clip("\(operation.kind.title) · \(operation.title)", to: max(1, room)), .heading, .bold)
        let stands = meaning.enumerated().map { index, text in (index == 0 ? lead : indent) + Line(text, .muted) }
        let expected = operation.expectedReference.map { "will be \($0)" } ?? "no number yet"
        return [title + Line(" · \(operation.gstin)")] + stands + [Line(operation.reference ?? expected)]
    }

    func lines(_ evidence: OperationService.Evidence, _ context: ScreenContext) -> [Line] {
        OperationEvidence.lines(evidence, context)
    }
}

/// The evidence of an action as lines.
enum OperationEvidence {
    static let answerTitle = "What came to attempt"

    static func lines(_ evidence: OperationService.Evidence, _ context: ScreenContext) -> [Line] {
        let dossier = evidence.dossier
        let operation = dossier.operation
        var lines = [
            Line("Id           ", .muted) + Line(operation.id.text),
            Line("Asked by     ", .muted) + Line("\(operation.createdBy), \(context.full(operation.createdAt))"),
            Line("Through      ", .muted) + Line(operation.provider),
            Line("Request hash ", .muted) + Line(operation.fingerprint),
        ]
        if let waiting = context.waiting(operation) {
            lines = [Line(operation.said, .warning), Line(waiting.startingUpper, .info), .empty] + lines
        } else if let next = operation.nextStepAt {
            lines.append(Line("Next step    ", .muted) + Line(context.full(next)))
        }
        if operation.isAdopted {
            lines.append(Line("Its number was found by asking the portal, not told in an answer.", .info))
        }
        lines.append(Line("Can be done  ", .muted) + Line(choices(operation, context)))
        for attempt in dossier.attempts { lines += self.lines(attempt, evidence, context) }
        if dossier.attempts.isEmpty { lines += [.empty, Line("Nothing was sent yet.", .muted)] }
        lines += [.empty, Line("What was asked", .heading, .bold)] + text(dossier.request)
        if let result = dossier.result {
            lines += [.empty, Line("What the portal gave", .heading, .bold)] + text(result)
        }
        for (attempt, answer) in dossier.answers.sorted(by: { $0.key < $1.key }) {
            lines += [.empty, Line("\(answerTitle) \(attempt)", .heading, .bold)] + text(answer)
        }
        return lines
    }

    /// The keys that do something with it in the list.
    private static func choices(_ operation: PortalOperation, _ context: ScreenContext) -> String {
        let user = operation.awaitsApiUser ? [(CommandId.goApiUsers, "set its API user right, and it goes on")] : []
        let ways =
            user
            + operation.choices.map { choice -> (CommandId, String) in
                switch choice {
                case .hurry: (.reconcile, "look now")
                case .discard, .giveUp: (.discard, "give it up")
                case .found: (.settle, "tell the number found at the portal")
                case .sendAgain: (.settle, "say that it is not there")
                }
            }
        guard !ways.isEmpty else { return operation.state == .rejected ? "mend it and ask again" : "nothing" }
        if let refusal = context.refusal(.settle, .operations) { return "nothing by you. \(refusal)" }
        let told = ways.map { "\(context.label($0.0, .operations)) \($0.1)" }.joined(separator: " · ")
        return "in the list: \(told)"
    }

    private static func lines(
        _ attempt: OperationAttempt, _ evidence: OperationService.Evidence, _ context: ScreenContext
    ) -> [Line] {
        let outcome = attempt.outcome ?? "open: no answer was stored"
        let code = [attempt.status.map { "HTTP \($0)" }, attempt.code].compactMap(\.self).joined(separator: ", ")
        var lines = [
            .empty,
            Line("\(attempt.purpose.title) \(attempt.number) · \(attempt.call) · \(attempt.provider)", .heading, .bold),
            Line("  began ", .muted) + Line(context.full(attempt.beganAt))
                + Line(attempt.endedAt.map { ", ended \(context.full($0))" } ?? "", .muted),
            Line("  outcome ", .muted) + Line(outcome) + Line(code.isEmpty ? "" : " (\(code))", .muted),
        ]
        if !attempt.message.isEmpty { lines.append(Line("  said ", .muted) + Line(attempt.message)) }
        if let length = evidence.lengths[attempt.number] {
            let keys = "\(context.label(.previousPage, .operation)) \(context.label(.nextPage, .operation)) lead there"
            let place = evidence.open == attempt.number ? "below" : keys
            lines.append(Line("  answer ", .muted) + Line(Counted.text(length, "byte")) + Line(", \(place)", .muted))
        }
        if let hash = attempt.answerHash { lines.append(Line("  SHA-256 ", .muted) + Line(hash)) }
        if let hash = attempt.wireHash { lines.append(Line("  as it came ", .muted) + Line(hash)) }
        return lines
    }

    private static func text(_ bytes: [UInt8]) -> [Line] {
        let most = 20_000
        let lines = ReadableJson.lines(Array(bytes.prefix(most))).map {
            Line("  " + HarmlessText.line($0, limit: most))
        }
        return bytes.count > most ? lines + [Line("  … \((bytes.count - most).grouped) bytes more", .muted)] : lines
    }
}
