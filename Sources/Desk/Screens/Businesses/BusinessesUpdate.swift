import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        if case .answered(let answer) = event { return handle(answer, context) }
        return updateList(event, context)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .businesses(let page):
            return show(page, ticket, context) ?? []
        case .imported(let summary):
            isImporting = false
            let all: [Effect] = summary.refusals.isEmpty ? [] : [.push(.importRefusals(summary))]
            return [.toast(Self.toast(for: summary))] + refresh(context) + all
        case .done: return takeList(loaded, ticket, context) + refresh(context)
        case .failed(let complaint):
            if ticket.number == 0 { isImporting = false }
            return took(complaint, ticket, context)
        default: return takeList(loaded, ticket, context)
        }
    }

    static func toast(for summary: ImportSummary) -> Toast {
        let text = summary.counts
        guard let first = summary.refusals.first else { return Toast(.success, "Imported", detail: text) }
        let more = summary.refusals.count > 1 ? " and \((summary.refusals.count - 1).grouped) more" : ""
        return Toast(.warning, "Imported: \(text)", detail: "refused line \(first.line): \(first.reason)\(more)")
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .remove, .copy: list.selected == nil ? "No business is selected" : nil
        case .importFile: isImporting ? "An import is running" : nil
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.editBusiness($0))] } ?? []
        case .add: return [.push(.editBusiness(nil))]
        case .importFile:
            let hint = "first row: name,gstin,pan,tan,gst_username,…,group"
            return [
                .prompt(
                    Prompt(
                        id: "import", title: "Import businesses", label: "CSV file", hint: hint,
                        needed: EInvoiceDeeds.fileNeeded))
            ]
        case .remove: return askToRemove()
        case .copy: return list.selected.map { copied($0.pan?.text ?? $0.gstins.first ?? $0.name) } ?? []
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
            return [
                .importBusinesses(file: file, Ticket(screen: context.screen, number: 0, isAwaited: true)),
                .toast(Toast(.info, "Importing…")),
            ]
        case .text("page", let text): return goTo(page: text, context)
        default: return []
        }
    }
}
