import Domain
import Services
import TerminalKit

extension Ticket {
    /// Number of what is asked about drafts; the list counts its own from 1.
    static let drafts = -1
}

// What is prepared in files: read, looked over, sent after a yes, or put aside.
extension EInvoicesScreen {
    /// What a person means: the marked drafts, or without marks those that the filter shows.
    private var meant: [InvoiceSurvey.Draft] {
        list.markCount > 0 ? list.targets.compactMap(\.draft) : filter.drafts(tray.drafts)
    }

    mutating func check(_ context: ScreenContext, adding path: String? = nil) -> [Effect] {
        guard let paths = tray.check(adding: path) else { return [] }
        return [.eInvoices(.survey(paths: paths), context.ticket(Ticket.drafts))]
    }

    mutating func surveyed(_ survey: InvoiceSurvey, _ context: ScreenContext) -> [Effect] {
        let isAdded = tray.isAdding
        tray.take(survey)
        // Whoever adds files wants to see what they hold; whoever comes back stays where the selection is.
        if isAdded, !tray.drafts.isEmpty { list.restart() }
        return [.keepDrafts(tray.choice)] + told(isAdded) + readAnew(context)
    }

    /// Reads what a lock broke off.
    mutating func resume(_ context: ScreenContext) -> [Effect] {
        guard let paths = tray.resume() else { return [] }
        return [.eInvoices(.survey(paths: paths), context.ticket(Ticket.drafts))]
    }

    /// Files of which nothing is left to send would otherwise leave no word at all.
    private func told(_ isAdded: Bool) -> [Effect] {
        guard isAdded, tray.drafts.isEmpty, tray.standing > 0 else { return [] }
        let open = tray.standing - tray.registered - tray.stopped
        let parts = [
            tray.registered > 0 ? "\(tray.registered) registered" : nil,
            tray.stopped > 0 ? "\(tray.stopped) for a person" : nil, open > 0 ? "\(open) under way" : nil,
        ]
        let told = parts.compactMap(\.self).joined(separator: " · ")
        return [
            .toast(
                Toast(tray.stopped > 0 ? .warning : .info, "Nothing is left to send", detail: "of these files \(told)"))
        ]
    }

    mutating func answered(_ answer: Answer, _ context: ScreenContext) -> [Effect]? {
        switch answer {
        case .text("register", let path):
            let path = path.trimmed
            return path.isEmpty ? [] : check(context, adding: path)
        case .yes("leave"): return send(context)
        default: return nil
        }
    }

    private mutating func send(_ context: ScreenContext) -> [Effect] {
        guard !tray.isSending, let offer = offered else { return [] }
        offered = nil
        tray.isSending = true
        if let draft = list.selected?.draft, draft.isInOrder, meant.contains(where: { $0.id == draft.id }) {
            followed = draft.key
        }
        return [.eInvoices(offer, context.ticket(Ticket.drafts))]
    }

    mutating func sent(_ queued: InvoiceBatch.Queued, _ context: ScreenContext) -> [Effect] {
        tray.isSending = false
        list.clearMarks()
        return [.toast(Self.toast(queued))] + check(context)
    }

    private static func toast(_ queued: InvoiceBatch.Queued) -> Toast {
        let text = "\(Counted.text(queued.operations.count, "invoice")) queued"
        guard queued.refused > 0 else { return Toast(.success, text, detail: "they go on by themselves") }
        let why = queued.refusals.first ?? "the files were changed since they were checked"
        return Toast(queued.operations.isEmpty ? .danger : .warning, "\(text), \(queued.refused) not", detail: why)
    }

    /// The selection goes on to the invoice that a draft became.
    mutating func follow(_ context: ScreenContext) {
        guard let key = followed, list.rows.contains(where: { $0.rowId == key }) else { return }
        followed = nil
        list.select(key, visibleRows: visibleRows(context))
    }

    func draftReason(_ command: CommandId) -> String? {
        let add = "There are no drafts: add files first"
        switch command {
        case .register:
            if tray.isSending { return "They are being queued" }
            if tray.isChecking { return "The files are being checked" }
            if tray.drafts.isEmpty { return add }
            return meant.contains(where: \.isInOrder) ? nil : "Nothing of it is in order and not registered yet"
        case .add: return tray.isChecking ? "The files are being checked" : nil
        case .provider:
            if tray.survey == nil { return add }
            return tray.hasOtherProvider ? nil : "There is no other provider"
        case .remove:
            if tray.isSending { return "They are being queued" }
            return list.targets.contains { $0.draft != nil } ? nil : "Only a draft can be removed from the list"
        case .undo: return tray.canUndo ? nil : "Nothing was removed here"
        default: return nil
        }
    }

    /// nil for a command that is not about drafts.
    mutating func giveDrafts(_ command: CommandId, _ context: ScreenContext) -> [Effect]? {
        switch command {
        case .add:
            return [
                .prompt(
                    Prompt(
                        id: "register", title: "Prepare e-invoices", label: "From",
                        hint: "a .json, a .csv or a folder; checked first, nothing is sent",
                        needed: EInvoiceDeeds.fileNeeded))
            ]
        case .register: return ask()
        case .provider: tray.chooseNextProvider()
        case .remove:
            let drafts = list.targets.compactMap(\.draft)
            tray.remove(drafts)
            list.clearMarks()
            let key = context.label(.undo, scope)
            let text = "\(Counted.text(drafts.count, "draft")) removed from the list"
            return kept([.toast(Toast(.info, text, detail: "the files stay · \(key) brings back"))], context)
        case .back where tray.isChecking && tray.isAdding && list.markCount == 0 && list.filter.text.isEmpty:
            tray.forgetWork()
            return [
                .eInvoices(.stopSurvey, context.ticket(Ticket.drafts)),
                .toast(Toast(.info, "The check was stopped", detail: "nothing was added")),
            ]
        case .undo:
            tray.undo()
            return kept([], context)
        case .open:
            guard let draft = list.selected?.draft else { return nil }
            return [.push(.draft(draft))]
        case .copy:
            guard let draft = list.selected?.draft else { return nil }
            let lines = draft.findings.map(\.line) + [draft.refusal].compactMap(\.self)
            let text = ([draft.source, draft.title] + lines).joined(separator: "\n")
            return [.copy(text + "\n"), .toast(Toast(.info, "What was found sent to the clipboard"))]
        default: return nil
        }
        return []
    }

    private mutating func kept(_ effects: [Effect], _ context: ScreenContext) -> [Effect] {
        effects + [.keepDrafts(tray.choice)] + readAnew(context)
    }

    /// The yes is about what the question shows, whatever is read meanwhile.
    private mutating func ask() -> [Effect] {
        guard let provider = tray.provider, let chosen = tray.chosen(meant), let plan = chosen.plan(provider) else {
            return []
        }
        offered = .register(
            paths: chosen.paths, provider: provider.name, isChosen: tray.isProviderChosen,
            confirmed: chosen.confirmable)
        return [.ask(question(plan))]
    }

    private func question(_ plan: ActionPlan) -> Question {
        let count = plan.documents.count
        let others = tray.drafts.count - count
        let rest =
            others > 0
            ? " \(Counted.text(others, "other draft")) \(others == 1 ? "stays as it is" : "stay as they are")." : ""
        return .leaving(
            plan, title: count == 1 ? "Register this invoice?" : "Register \(count.grouped) invoices?",
            body: "What is registered can be taken back for 24 hours only, and its number is then spent.\(rest)",
            yes: "Register")
    }
}
