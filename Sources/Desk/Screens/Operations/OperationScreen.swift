import Domain
import Services
import TerminalKit

/// One action with its evidence: what was asked, every exchange with the authority, and what it gave.
struct OperationScreen: Screen {
    let id: OperationId
    var dossier: OperationService.Dossier?
    var failure: Complaint?
    var pager = PagerState(wraps: true)
    private(set) var document = Pager(lines: [])

    init(id: OperationId) { self.id = id }

    var scope: CommandScope { .operation }
    var trail: [String] { ["Evidence"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh): return [.operations(.dossier(id), context.ticket(0))]
        case .loaded(.operation(let dossier), _):
            self.dossier = dossier
            failure = nil
            document = Pager(lines: OperationEvidence.lines(dossier, context))
        case .loaded(.failed(let complaint), _): failure = complaint
        case .command(.copy):
            guard let dossier else { return [] }
            let text = OperationEvidence.lines(dossier, context).map(\.text).joined(separator: "\n")
            return [.copy(text + "\n"), .toast(Toast(.info, "Evidence sent to the terminal's clipboard"))]
        case .command(.wrap): _ = document.handle("w", &pager, in: size(context))
        case .command(.back): return [.pop]
        case .key(let key): _ = document.handle(key, &pager, in: size(context))
        case .mouse(_, let event):
            if event.action == .wheelUp { document.scroll(&pager, by: -3, in: size(context)) }
            if event.action == .wheelDown { document.scroll(&pager, by: 3, in: size(context)) }
        default: break
        }
        return []
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        command == .copy && dossier == nil ? "The evidence is not loaded" : nil
    }

    private static let headRows = 4

    private func size(_ context: ScreenContext) -> Size {
        Size(columns: max(1, context.rect.width - 2), rows: max(1, context.rect.height - Self.headRows - 1))
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var rest = rect.inset(left: 1, right: 1)
        guard let operation = dossier?.operation else {
            canvas.put(
                failure.map { Line($0.description.startingUpper, .danger) } ?? Line("Loading…", .muted),
                in: rest.row(1))
            return Drawn()
        }
        canvas.put(
            Line("\(operation.kind.title) · \(operation.title)", .heading, .bold) + Line(" · \(operation.gstin)"),
            in: rest.sliceTop(1))
        canvas.put(
            Badge.operation(operation.state).line + Line("  \(operation.state.meaning)", .muted), in: rest.sliceTop(1))
        canvas.put(
            Line(operation.reference ?? operation.expectedReference.map { "will be \($0)" } ?? "no number yet"),
            in: rest.sliceTop(1))
        let rule = rest.sliceTop(1)
        canvas.hline(x: rect.x, y: rule.y, width: rect.width, style: Style(.border))
        let foot = rest.sliceBottom(1)
        document.draw(pager, on: &canvas, in: rest)
        canvas.put(
            Counted.text(document.lines.count, "line") + (pager.wraps ? " · wrapped" : ""), in: foot,
            style: Style(.muted))
        var hits = HitMap()
        hits.add(rect, HitTarget("evidence"))
        return Drawn(hits: hits)
    }
}

/// The evidence of an action as lines.
enum OperationEvidence {
    static func lines(_ dossier: OperationService.Dossier, _ context: ScreenContext) -> [Line] {
        let operation = dossier.operation
        var lines = [
            Line("Id           ", .muted) + Line(operation.id.text),
            Line("Asked by     ", .muted) + Line("\(operation.createdBy), \(context.full(operation.createdAt))"),
            Line("Through      ", .muted) + Line(operation.provider),
            Line("Request hash ", .muted) + Line(operation.fingerprint),
        ]
        if let next = operation.nextStepAt {
            lines.append(Line("Next step    ", .muted) + Line(context.full(next)))
        }
        if operation.isAdopted {
            lines.append(Line("Its number was found by asking the portal, not told in an answer.", .info))
        }
        for attempt in dossier.attempts { lines += self.lines(attempt, context) }
        if dossier.attempts.isEmpty { lines += [.empty, Line("Nothing was sent yet.", .muted)] }
        lines += [.empty, Line("What was asked", .heading, .bold)] + text(dossier.request)
        if let result = dossier.result {
            lines += [.empty, Line("What the portal gave", .heading, .bold)] + text(result)
        }
        for (attempt, answer) in dossier.answers.sorted(by: { $0.key < $1.key }) {
            lines += [.empty, Line("What came to attempt \(attempt)", .heading, .bold)] + text(answer)
        }
        return lines
    }

    private static func lines(_ attempt: OperationAttempt, _ context: ScreenContext) -> [Line] {
        let outcome = attempt.event.map { $0.title } ?? "open: no answer was stored"
        let code = [attempt.status.map { "HTTP \($0)" }, attempt.code].compactMap(\.self).joined(separator: ", ")
        var lines = [
            .empty,
            Line("\(attempt.purpose.title) \(attempt.number) · \(attempt.call) · \(attempt.provider)", .heading, .bold),
            Line("  began ", .muted) + Line(context.full(attempt.beganAt))
                + Line(attempt.endedAt.map { ", ended \(context.full($0))" } ?? "", .muted),
            Line("  outcome ", .muted) + Line(outcome) + Line(code.isEmpty ? "" : " (\(code))", .muted),
        ]
        if !attempt.message.isEmpty { lines.append(Line("  said ", .muted) + Line(attempt.message)) }
        if let hash = attempt.answerHash { lines.append(Line("  answer's SHA-256 ", .muted) + Line(hash)) }
        return lines
    }

    private static func text(_ bytes: [UInt8]) -> [Line] {
        let most = 20_000
        let lines = ReadableJson.lines(Array(bytes.prefix(most))).map {
            Line("  " + HarmlessText.line($0, limit: most))
        }
        return bytes.count > most ? lines + [Line("  … \(bytes.count - most) bytes more", .muted)] : lines
    }
}
