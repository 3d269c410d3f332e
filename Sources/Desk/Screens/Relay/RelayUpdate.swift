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
            if canType(context) { answer.paste(text) }
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
        case .job(let job):
            return ticket.number == Request.awaited ? follow(job, context) : []
        case .question(let question):
            guard question.waiting.job.id == shown?.job.id else { return [] }
            if let awaited {
                guard !question.waiting.asksTheSame(as: awaited) else { return [] }
                (self.awaited, isElsewhere, shown) = (nil, true, question.waiting)
            }
            self.question = question
            problem = question.problem
            picture =
                question.picture
                .flatMap { PixelPicture(columns: $0.columns, rows: $0.rows, rgb: $0.rgb) }?
                // No screen shows more, and every frame scales what is kept.
                .fitted(columns: 400, rows: 200).inFullContrast
            return []
        case .done(let text):
            if ticket.number == Request.answer { (isSending, isElsewhere) = (false, false) }
            return [.toast(Toast(.success, text))] + refresh(context)
        case .failed(let complaint):
            switch ticket.number {
            case Request.question: problem = complaint.description.startingUpper
            case Request.answer:
                isSending = false
                if let awaited {
                    self.awaited = nil
                    return refresh(context) + ask(awaited.job.id, complaint, context)
                }
                problem = complaint.description.startingUpper
                return refresh(context)
            default: return took(complaint, ticket, context)
            }
            return []
        default: return []
        }
    }

    /// The old question is asked after again: giving it up did not work.
    private mutating func ask(_ id: JobId, _ complaint: Complaint, _ context: ScreenContext) -> [Effect] {
        [
            .toast(Toast(.danger, complaint.description.startingUpper)),
            .relay(.question(id), context.ticket(Request.question)),
        ]
    }

    /// Looks where a job is that keeps its place though the page of the queue does not hold it.
    private mutating func follow(_ job: Job?, _ context: ScreenContext) -> [Effect] {
        guard let id = (awaited ?? (isElsewhere ? shown : nil))?.job.id else { return [] }
        if job?.status == .needsInput {
            return awaited == nil ? [] : [.relay(.question(id), context.ticket(Request.question))]
        }
        // It goes on to ask, unless somebody has answered it already.
        if let job, awaited != nil, !job.status.isFinished { return [] }
        letGo()
        let effects = showSelected(context)
        note = "Job \(id) asks no more: it \(job?.status.isFinished == false ? "was answered" : "has ended")."
        return effects
    }

    /// Another question may take the place.
    mutating func letGo() { (awaited, isElsewhere) = (nil, false) }

    /// Brings the question of the selected job up. What was typed for another one is forgotten. While a job is asked for
    /// another question it stays up, whoever else waits.
    mutating func showSelected(_ context: ScreenContext) -> [Effect] {
        if let awaited {
            guard let index = list.rows.firstIndex(where: { $0.job.id == awaited.job.id }) else {
                return [.loadJob(awaited.job.id, context.ticket(Request.awaited))]
            }
            list.select(index: index, visibleRows: visibleRows(context))
            if list.rows[index].asksTheSame(as: awaited) { return [] }
            self.awaited = nil
        }
        if isElsewhere, let shown {
            guard let index = list.rows.firstIndex(where: { $0.job.id == shown.job.id }) else {
                return [.loadJob(shown.job.id, context.ticket(Request.awaited))]
            }
            list.select(index: index, visibleRows: visibleRows(context))
            isElsewhere = false
        }
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
        guard canType(context) else { return [] }
        if answer.handle(key) {
            note = ""
            problem = question?.problem ?? ""
        }
        return []
    }

    /// Whoever moves on looks at another question meanwhile.
    private mutating func follow(_ key: Key, _ context: ScreenContext) -> [Effect] {
        let before = list.selected?.rowId
        let effects = handleList(key, context)
        if [.up, .down, .pageUp, .pageDown].contains(key) || list.selected?.rowId != before { letGo() }
        return effects + showSelected(context)
    }

    func canType(_ context: ScreenContext) -> Bool {
        isTyping && !isSending && awaited == nil && refusal(context) == nil
    }

    private mutating func press(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if event.action == .press, target.name == "answer" {
            if refusal(context) == nil { focus = .answer }
            return []
        }
        if event.action == .press, target.name == "row" { letGo() }
        return handleList(target, event, context) + showSelected(context)
    }
}
