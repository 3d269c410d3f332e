import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handleList(key, context)
        case .paste(let text): return pasteList(text, context)
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(let answer): return handle(answer, context)
        case .resized:
            list.fit(visibleRows: visibleRows(context))
            return []
        case .summary, .focusLost, .locked, .tick: return []
        }
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .businesses(let page):
            let loaded = ListControl<Business>.Loaded(
                rows: page.rows, page: page.page, pageCount: page.pageCount, total: page.total,
                firstSerial: page.firstSerial)
            return take(loaded, ticket, context) ?? []
        case .imported(let summary):
            isImporting = false
            return [.toast(Self.toast(for: summary))] + refresh(context)
        case .done(let text): return [.toast(Toast(.success, text))] + refresh(context)
        case .failed(let complaint):
            if ticket.number == 0 { isImporting = false }
            return took(complaint, ticket, context)
        default: return []
        }
    }

    static func toast(for summary: ImportSummary) -> Toast {
        let text = "\(summary.created) added, \(summary.extended) extended, \(summary.unchanged) unchanged"
        guard let first = summary.refusals.first else { return Toast(.success, "Imported", detail: text) }
        let more = summary.refusals.count > 1 ? " and \(summary.refusals.count - 1) more" : ""
        return Toast(.warning, "Imported: \(text)", detail: "refused line \(first.line): \(first.reason)\(more)")
    }

    private mutating func handle(
        _ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext
    ) -> [Effect] {
        if event.action == .press, target.name == "row", list.selectedIndex == target.index {
            return give(.open, context)
        }
        return handleList(target, event, context)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .remove, .copy: list.selected == nil ? "No business is selected" : nil
        case .importFile: isImporting ? "An import is running" : nil
        default: listReason(command)
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.editBusiness($0))] } ?? []
        case .add: return [.push(.editBusiness(nil))]
        case .importFile:
            let hint = "first row: name,gstin,pan,tan,gst_username,…,group"
            return [.prompt(Prompt(id: "import", title: "Import businesses", label: "CSV file", hint: hint))]
        case .remove: return askToRemove()
        case .refresh: return refresh(context)
        case .copy: return list.selected.map { copied($0.pan?.text ?? $0.gstins.first ?? $0.name) } ?? []
        case .back: return backInList(context) ?? [.pop]
        default: return giveList(command, context)
        }
    }

    private mutating func askToRemove() -> [Effect] {
        guard let business = list.selected else { return [] }
        toRemove = business.id
        let count = business.gstins.count + business.tans.count + (business.pan == nil ? 0 : 1)
        let identities = count == 1 ? "Its identity and the login" : "Its \(count) identities and their logins"
        let question = Question(
            id: "remove", title: "Remove \(Text.clip(business.name, to: 40))?",
            body: "\(identities) are removed. Its jobs and notices stay in the records.", yes: "Remove")
        return [.ask(question)]
    }

    private mutating func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .yes("remove"): return toRemove.map { [.removeBusiness($0, context.ticket(0))] } ?? []
        case .text("import", let file):
            isImporting = true
            return [.importBusinesses(file: file, context.ticket(0)), .toast(Toast(.info, "Importing…"))]
        case .text("page", let text): return goTo(page: text, context)
        default: return []
        }
    }
}
