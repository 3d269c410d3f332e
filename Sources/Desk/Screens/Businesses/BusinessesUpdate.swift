import Domain
import Services
import TerminalKit

extension BusinessesScreen {
    public mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return reload(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text): return list.filter.paste(text) ? restart(context) : []
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(let answer): return handle(answer, context)
        case .summary, .resized, .focusLost: return []
        }
    }

    func visibleRows(_ context: ScreenContext) -> Int { Table.visibleRows(in: table(context.rect)) }

    private mutating func reload(_ context: ScreenContext) -> [Effect] {
        lastTicket += 1
        return [.loadBusinesses(query, context.ticket(lastTicket))]
    }

    private mutating func restart(_ context: ScreenContext) -> [Effect] {
        list.restart()
        return reload(context)
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .businesses(let page):
            guard ticket.number == lastTicket else { return [] }
            rows = page.rows
            firstSerial = page.firstSerial
            failure = nil
            list.loaded(
                rows.map(\.id), page: page.page, pageCount: page.pageCount, total: page.total,
                visibleRows: visibleRows(context))
        case .imported(let summary):
            isImporting = false
            return [.toast(Self.toast(for: summary))] + reload(context)
        case .done(let text): return [.toast(Toast(.success, text))] + reload(context)
        case .failed(let complaint):
            isImporting = false
            guard list.isLoaded else {
                failure = complaint
                return []
            }
            return [
                .toast(Toast(.danger, complaint.what, detail: complaint.why.isEmpty ? complaint.remedy : complaint.why))
            ]
        default: break
        }
        return []
    }

    static func toast(for summary: ImportSummary) -> Toast {
        let text = "\(summary.created) added, \(summary.extended) extended, \(summary.unchanged) unchanged"
        guard let first = summary.refusals.first else { return Toast(.success, "Imported", detail: text) }
        let more = summary.refusals.count > 1 ? " and \(summary.refusals.count - 1) more" : ""
        return Toast(.warning, "Imported: \(text)", detail: "refused line \(first.line): \(first.reason)\(more)")
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if list.filter.isEditing { return list.filter.handle(key) ? restart(context) : [] }
        return list.handle(key, visibleRows: visibleRows(context)) == .reload ? reload(context) : []
    }

    private mutating func handle(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        let rows = visibleRows(context)
        switch event.action {
        case .wheelUp: list.wheel(-3, visibleRows: rows)
        case .wheelDown: list.wheel(3, visibleRows: rows)
        case .release: break
        case .press:
            if target.name == "pageSize" { return give(.pageSize, context) }
            if target.name == "row", list.selectedIndex == target.index { return give(.open, context) }
            return list.handle(target, visibleRows: rows) == .reload ? reload(context) : []
        }
        return []
    }

    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .remove, .copy: return selected == nil ? "No business is selected" : nil
        case .importFile: return isImporting ? "An import is running" : nil
        case .previousPage: return list.page > 1 ? nil : "This is the first page"
        case .nextPage: return list.page < list.pageCount ?? 1 ? nil : "This is the last page"
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return selected.map { [.push(.editBusiness($0))] } ?? []
        case .add: return [.push(.editBusiness(nil))]
        case .importFile:
            return [
                .prompt(
                    Prompt(
                        id: "import", title: "Import businesses", label: "CSV file",
                        hint: "first row: name,gstin,pan,tan,gst_username,…,group"))
            ]
        case .remove:
            guard let selected else { return [] }
            let count = selected.gstins.count + selected.tans.count + (selected.pan == nil ? 0 : 1)
            return [
                .ask(
                    Question(
                        id: "remove", title: "Remove \(Text.clip(selected.name, to: 40))?",
                        body:
                            "Its \(count) identities and their logins are removed. Its jobs and notices stay in the records.",
                        yes: "Remove"))
            ]
        case .refresh: return reload(context)
        case .filter: list.filter.begin()
        case .copy:
            return selected.map {
                [.copy($0.pan?.text ?? $0.gstins.first ?? $0.name), .toast(Toast(.info, "Sent to the clipboard"))]
            } ?? []
        case .goToPage:
            return [
                .prompt(Prompt(id: "page", title: "Go to page", label: "Page", hint: "1 to \(list.pageCount ?? 1)"))
            ]
        case .pageSize:
            list.perPage = Settings.pageSizes.first { $0 > list.perPage } ?? Settings.pageSizes[0]
            list.page = 1
            return reload(context)
        case .back:
            if !list.marks.isEmpty {
                list.marks = []
                return []
            }
            guard list.filter.text.isEmpty else {
                list.filter.set("")
                return restart(context)
            }
            return [.pop]
        default: return list.handle(command, visibleRows: visibleRows(context)) == .reload ? reload(context) : []
        }
        return []
    }

    private mutating func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .yes("remove"): return selected.map { [.removeBusiness($0.id, context.ticket(0))] } ?? []
        case .text("import", let file):
            isImporting = true
            return [.importBusinesses(file: file, context.ticket(0)), .toast(Toast(.info, "Importing…"))]
        case .text("page", let text):
            return list.goTo(page: text) ? reload(context) : [.toast(Toast(.warning, "There is no page \(text)"))]
        default: return []
        }
    }
}
