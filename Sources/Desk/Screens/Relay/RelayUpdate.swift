import Domain
import Secrets
import Services
import TerminalKit

extension RelayScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared:
            if refusal(context) != nil { focus = .queue }
            return refresh(context)
        case .key(let key): return handle(key, context)
        case .paste(let text):
            if isTyping, !isSending { answer.paste(text) }
            return []
        case .mouse(let target, let event): return press(target, event, context)
        case .answered(.yes("cancel")): return jobToCancel.map { [.cancel([$0], context.ticket(0))] } ?? []
        case .locked:
            answer = LineEditor()
            isSending = false
            return updateList(event, context)
        default: return updateList(event, context)
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .relay(.queue(page: list.page, perPage: list.perPage), ticket)
    }

    // MARK: What comes back

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .waiting(let page):
            guard let more = show(page, ticket, context) else { return [] }
            return more + showSelected(context)
        case .question(let question):
            guard question.waiting.job.id == shown?.job.id else { return [] }
            self.question = question
            problem = question.problem
            picture =
                question.picture
                .flatMap { PixelPicture(columns: $0.columns, rows: $0.rows, rgb: $0.rgb) }?
                // No screen shows more, and every frame scales what is kept.
                .fitted(columns: 400, rows: 200).inFullContrast
            return []
        case .done(let text):
            if ticket.number == Request.answer { isSending = false }
            return [.toast(Toast(.success, text))] + refresh(context)
        case .failed(let complaint):
            switch ticket.number {
            case Request.question: problem = complaint.description.startingUpper
            case Request.answer:
                isSending = false
                problem = complaint.description.startingUpper
                return refresh(context)
            default: return took(complaint, ticket, context)
            }
            return []
        default: return []
        }
    }

    /// Brings the question of the selected job up. What was typed for another one is forgotten.
    mutating func showSelected(_ context: ScreenContext) -> [Effect] {
        if let selected = list.selected, let shown, selected.asksTheSame(as: shown) { return [] }
        let old = shown
        shown = list.selected
        let wasTyping = !answer.isEmpty
        answer = LineEditor()
        question = nil
        picture = nil
        problem = ""
        note = wasTyping ? old.map { "What you typed was for job \($0.job.id), which asks this no more." } ?? "" : ""
        guard let shown else { return [] }
        return [.relay(.question(shown.job.id), context.ticket(Request.question))]
    }

    // MARK: Keys and clicks

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard isTyping else { return follow(key, context) }
        switch key {
        case .enter: return send(context)
        case .tab, .backtab:
            focus = .queue
            return []
        case .escape:
            if answer.isEmpty { return [.pop] }
            answer = LineEditor()
            return []
        case .up, .down, .pageUp, .pageDown: return follow(key, context)
        default: break
        }
        if key.typed == nil, context.keys.command(for: key, in: .relay) == .newPicture {
            return renew(context)
        }
        guard !isSending, refusal(context) == nil else { return [] }
        if answer.handle(key) {
            note = ""
            problem = question?.problem ?? ""
        }
        return []
    }

    private mutating func follow(_ key: Key, _ context: ScreenContext) -> [Effect] {
        handleList(key, context) + showSelected(context)
    }

    private mutating func press(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if event.action == .press, target.name == "answer" {
            if refusal(context) == nil { focus = .answer }
            return []
        }
        return handleList(target, event, context) + showSelected(context)
    }
}
