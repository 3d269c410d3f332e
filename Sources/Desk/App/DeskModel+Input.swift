import Domain
import Services
import TerminalKit

/// What reaches the desk.
public enum DeskInput: Sendable {
    case event(InputEvent)
    /// A mouse event on a part of the last frame.
    case mouse(HitTarget?, MouseEvent)
    case loaded(Loaded, Ticket)
    case summary(DeskSummary)
    /// Something was committed to the workspace.
    case changed
    case toastExpired(Int)
    /// Time went on: the clock on the top line, or seconds that a screen shows.
    case tick
    case notice(Toast)
    case loggedIn(LoggedIn)
    case loginFailed(Complaint)
    /// Nobody touched the desk for so many minutes.
    case idle(minutes: Int)
    /// The session ran out, or an admin ended it.
    case sessionEnded
    /// Whether anything on screen may come from a simulation.
    case simulation(Bool)
    /// Whether work waits and no worker does it, for longer than a start takes.
    case workerMissing(Bool)
    /// What a check of the audit trail found wrong; nil when it holds.
    case trail(problem: String?)
}

extension DeskModel {
    /// Answers one input. `now` is the moment it came.
    public mutating func handle(_ input: DeskInput, at now: Instant, utcOffset: Int) -> [Effect] {
        let before = top?.id
        defer { settleToasts(since: before) }
        let effects = answer(input, at: now, utcOffset: utcOffset)
        return effects + showUnseen()
    }

    private mutating func answer(_ input: DeskInput, at now: Instant, utcOffset: Int) -> [Effect] {
        self.now = now
        self.utcOffset = utcOffset
        if case .simulation(let isSandbox) = input { self.isSandbox = isSandbox }
        if case .workerMissing(let isMissing) = input { isWorkerMissing = isMissing }
        if case .trail(let problem) = input { trailProblem = problem }
        if case .loaded(.verified(let report), _) = input { trailProblem = report.hindrance }
        if case .loaded(.trailResumed, _) = input { trailProblem = nil }
        if lock != nil { return handleLocked(input) }
        switch input {
        case .event(let event): return handle(event)
        case .mouse(let target, let event): return handle(target, event)
        case .loaded(let loaded, let ticket):
            guard let index = stack.firstIndex(where: { $0.id == ticket.screen }) else {
                return ticket.isAwaited ? tell(loaded) : []
            }
            return send(.loaded(loaded, ticket), to: index)
        case .summary(let summary):
            let former = self.summary.trailFinding
            self.summary = summary
            // Somebody else verified the trail, or let it go on.
            if let found = summary.trailFinding, found != former, trailProblem == nil {
                trailProblem = found
                return [brokenTrail(found)] + stack.indices.flatMap { send(.summary, to: $0) }
            }
            if former != nil, summary.trailFinding == nil { trailProblem = nil }
            return stack.indices.flatMap { send(.summary, to: $0) }
        case .changed: return [.loadSummary] + stack.indices.flatMap { send(.changed, to: $0) }
        case .toastExpired(let id):
            toasts.removeAll { $0.id == id }
            return []
        case .tick:
            // Bills come to expire soon, and expire, although nothing is written.
            let isDue = summary.bills.changesAt.map { $0 <= now } ?? false
            return (isDue ? [.loadSummary] : []) + stack.indices.flatMap { send(.tick, to: $0) }
        case .notice(let toast): return [show(toast)]
        case .idle(let minutes): return lock(.idle(minutes: minutes))
        case .sessionEnded: return lock(.ended)
        case .trail(let problem):
            return problem.map { [brokenTrail($0)] } ?? []
        case .loggedIn, .loginFailed, .simulation, .workerMissing: return []
        }
    }

    private mutating func brokenTrail(_ problem: String) -> Effect {
        let remedy = "nothing is sent; `portaldesk audit verify` names what is wrong, `audit resume` lets it go on"
        return show(Toast(.danger, "The audit trail does not hold", detail: "\(problem); \(remedy)"))
    }

    private mutating func handle(_ event: InputEvent) -> [Effect] {
        switch event {
        case .key(let key): return handle(key)
        case .paste(let text): return isTooSmall ? [] : paste(text)
        case .resize(let size):
            self.size = size
            return stack.indices.flatMap { send(.resized, to: $0) }
        case .focusOut: return stack.indices.flatMap { send(.focusLost, to: $0) }
        case .hangup, .terminate: return carryOut([.quit])
        case .focusIn, .resumed, .graphics, .mouse: return []
        }
    }

    private mutating func handle(_ key: Key) -> [Effect] {
        switch key {
        case .control("z"): return [.suspend]
        case .control("l"): return [.redraw]
        case "q" where isTooSmall, .control("c") where isTooSmall: return carryOut([.quit])
        case _ where isTooSmall: return []
        case .control("c"):
            if case .prompt(let prompt, let typed, _) = overlay, prompt.isComposed { held = (prompt, typed) }
            return carryOut([.ask(Question(id: "quit", title: "Quit PortalDesk?", body: quitNote, yes: "Quit"))])
        default: break
        }
        // From wherever somebody is called away: also out of a form or a dialog.
        if key.typed == nil, keys.command(for: key, in: .everywhere) == .lock { return lock(.byPerson) }
        if overlay != nil { return handleOverlay(key) }
        guard let top else { return [] }
        if top.screen.isTyping {
            return commandWhileTyping(key, on: top.screen).map { give($0) } ?? send(.key(key))
        }
        guard let command = keys.command(for: key, in: top.screen.scope) else { return send(.key(key)) }
        return give(command)
    }

    /// What a key gives while somebody types: a general command, when the key neither types nor serves the field.
    private func commandWhileTyping(_ key: Key, on screen: any Screen) -> CommandId? {
        guard key.typed == nil, !screen.fieldUses(key), let command = keys.command(for: key, in: screen.scope),
            CommandTable.worksWhileTyping(command)
        else { return nil }
        return command
    }

    private var quitNote: String {
        let running = (summary.jobs[.running] ?? 0) + (summary.jobs[.queued] ?? 0)
        if running == 0 { return "Nothing is running." }
        let jobs = running == 1 ? "1 job goes" : "\(running.grouped) jobs go"
        return "\(jobs) on in the background; the desk shows how they went when you come back."
    }

    /// Gives a command by key, palette, hint or menu. A disabled one says why.
    mutating func give(_ command: CommandId) -> [Effect] {
        guard let top else { return [] }
        if let reason = disabledReason(command) { return [show(Toast(.warning, reason))] }
        toasts.removeAll { $0.toast.kind == .warning }
        switch command {
        case .help: overlay = .help(LineEditor(), scroll: 0)
        case .palette: overlay = .palette(LineEditor(), selected: 0)
        case .quit: return carryOut([.quit])
        case .suspend: return stack.indices.flatMap { send(.focusLost, to: $0) } + [.suspend]
        case .lock: return lock(.byPerson)
        case .logOut: return lock(.byPerson) + [.logOut]
        case .redraw: return [.redraw]
        case .toggleMouse:
            return carryOut([.setMouse(!isMouseOn), .toast(Toast(.info, isMouseOn ? "Mouse off" : "Mouse on"))])
        case .goPortals: return go(to: .portals)
        case .goNotices where !isOwn(command): return go(to: .notices(identity: nil))
        case .goBusinesses: return go(to: .businesses)
        case .goSessions: return go(to: .sessions)
        case .goCoverage where !isOwn(command): return go(to: .coverage(identity: nil))
        case .goStrays: return go(to: .strays)
        case .goAudit: return go(to: .audit(nil))
        case .auditHistory: return top.screen.auditTopic.map { push(.audit($0)) } ?? []
        case .goOperations: return go(to: .operations)
        case .goEInvoices: return go(to: .eInvoices)
        case .goEWayBills: return go(to: .eWayBills(isWatching: false))
        case .goFailures: return go(to: .failures)
        case .goSchedules: return go(to: .schedules)
        case .goProviders: return go(to: .providers)
        case .goApiUsers: return go(to: .apiUsers)
        case .goTdsRequests: return go(to: .tdsRequests)
        // Over whatever somebody is at: they answer, and Esc brings them back to it.
        case .goRelay: return top.screen.scope == .relay ? [] : push(.relay)
        case .goSupport:
            if [.support, .supportText].contains(top.screen.scope) { return [] }
            // What shows for seconds only is hidden before the screen is taken down.
            let hidden = send(.focusLost)
            return hidden + push(.support(screenText()))
        case .inbox: return top.screen.scope == .inbox ? [] : push(.inbox)
        case .authenticator: return top.screen.scope == .authenticator ? [] : push(.authenticator)
        default: return send(.command(command))
        }
        return []
    }

    /// Whether the top screen has the command in the table itself: there it means the selected identity.
    private func isOwn(_ command: CommandId) -> Bool {
        CommandTable.all.contains { $0.scope == scope && $0.id == command }
    }

    func disabledReason(_ command: CommandId) -> String? {
        guard let top else { return nil }
        if command == .inbox, !isDemo { return "Only a demo has an inbox; your mail goes to your own" }
        let context = context(layer: top.id)
        if command == .authenticator { return context.refusal(.revealPassword) }
        if command == .auditHistory, top.screen.auditTopic == nil {
            return "Nothing is selected here of which the audit trail tells"
        }
        return context.refusal(command, top.screen.scope) ?? top.screen.disabledReason(command, context)
    }

    /// To another module. Asks first where that would lose what somebody has typed into a form.
    private mutating func go(to kind: ScreenKind) -> [Effect] {
        if stack.count == 2, let top, top.screen.scope == kind.scope { return [] }
        return unlessUnsaved(above: 0, leadsTo: .module(kind)) ?? leave(for: kind)
    }

    /// Back to the main screen, and from there to another module.
    mutating func leave(for kind: ScreenKind) -> [Effect] {
        // What shows for seconds only is hidden, not just covered.
        let left = send(.focusLost)
        keepFilter()
        stack = Array(stack.prefix(1))
        return left + (kind == .portals ? send(.appeared) : push(kind, filter: filters[kind.scope]))
    }

    /// Back to a layer below, as Esc would step by step.
    private mutating func goBack(toLayer index: Int) -> [Effect] {
        guard index < stack.count - 1 else { return [] }
        return unlessUnsaved(above: index, leadsTo: .layer(index)) ?? uncover(index)
    }

    mutating func uncover(_ index: Int) -> [Effect] {
        let left = send(.focusLost)
        if index == 0 { keepFilter() }
        stack = Array(stack.prefix(index + 1))
        return left + send(.appeared)
    }

    private mutating func paste(_ text: String) -> [Effect] {
        switch overlay {
        case .prompt(let prompt, let written, _):
            var editor = prompt.field(written)
            editor.paste(text)
            overlay = .prompt(prompt, editor, isRefused: false)
        case .palette(var editor, _):
            editor.paste(text)
            overlay = .palette(editor, selected: 0)
        case .help(var editor, _):
            editor.paste(text)
            overlay = .help(editor, scroll: 0)
        case nil: return send(.paste(text))
        default: break
        }
        return []
    }

    private mutating func handle(_ target: HitTarget?, _ event: MouseEvent) -> [Effect] {
        if overlay != nil { return handleOverlay(target, event) }
        guard let target else { return [] }
        if target.name == "hint", event.action == .press, let hint = hintCommands.dropFirst(target.index).first {
            return give(hint)
        }
        if target.name == "path", event.action == .press, let step = trail.dropFirst(target.index).first {
            return goBack(toLayer: step.layer)
        }
        // The notes of the top line; forms have notes too.
        if target.name == "note", event.y == 0, event.action == .press {
            return target.index == needNote ? give(.goRelay) : []
        }
        if target.name == "toast", event.action == .press {
            toasts.removeAll()
            return []
        }
        return send(.mouse(target, event))
    }
}

extension ScreenKind {
    var scope: CommandScope {
        switch self {
        case .portals: .portals
        case .configure: .configure
        case .editLogin: .editLogin
        case .jobLog: .jobLog
        case .notices, .noticesOf: .notices
        case .noticeCalendar: .noticeCalendar
        case .noticeStory: .noticeStory
        case .addNotice: .addNotice
        case .businesses: .businesses
        case .editBusiness: .editBusiness
        case .importRefusals: .importRefusals
        case .inbox: .inbox
        case .history: .history
        case .authenticator: .authenticator
        case .relay: .relay
        case .sessions: .sessions
        case .connect: .connect
        case .coverage: .coverage
        case .strays: .strays
        case .audit: .audit
        case .auditRecord: .auditRecord
        case .auditReport: .auditReport
        case .auditPaper: .auditPaper
        case .auditKeys: .auditKeys
        case .operations: .operations
        case .operation: .operation
        case .eInvoices: .eInvoices
        case .eInvoice: .eInvoice
        case .draft: .draft
        case .cancelInvoice: .cancelInvoice
        case .eWayBills: .eWayBills
        case .changeBill, .makeBill, .consolidate: .changeBill
        case .readInvoice, .readBill: .readInvoice
        case .stray: .stray
        case .failures: .failures
        case .schedules: .schedules
        case .addSchedule: .addSchedule
        case .authority: .authority
        case .providers: .providers
        case .providerFiles: .providerFiles
        case .apiUsers: .apiUsers
        case .tdsRequests: .tdsRequests
        case .tdsRequest: .tdsRequest
        case .apiUser: .apiUser
        case .support: .support
        case .supportText: .supportText
        }
    }
}
