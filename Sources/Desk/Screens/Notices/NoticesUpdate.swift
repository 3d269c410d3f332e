import Domain
import Services
import TerminalKit

extension NoticesScreen {
    public mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return reload(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text): return list.filter.paste(text) ? filterChanged(context) : []
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("page", let text)):
            return list.goTo(page: text) ? reload(context) : [.toast(Toast(.warning, "There is no page \(text)"))]
        case .answered(.text("export", let file)):
            return [.exportNotices(query(context), file: file, context.ticket(0))]
        case .answered(.text("documents", let folder)):
            return selected.map { [.saveDocuments($0.id, folder: folder, context.ticket(0))] } ?? []
        case .answered, .summary, .resized, .focusLost: return []
        }
    }

    func visibleRows(_ context: ScreenContext) -> Int {
        Table.visibleRows(in: Layout(context, isDetailOpen: isDetailOpen).table)
    }

    private mutating func reload(_ context: ScreenContext) -> [Effect] {
        lastTicket += 1
        return [.loadNotices(query(context), context.ticket(lastTicket))]
    }

    private mutating func filterChanged(_ context: ScreenContext) -> [Effect] {
        filter = NoticeFilterText.parse(list.filter.text)
        list.restart()
        return reload(context)
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .notices(let page):
            guard ticket.number == lastTicket else { return [] }
            rows = page.rows
            unseen = page.unseen
            firstSerial = page.firstSerial
            failure = nil
            list.loaded(
                rows.map(\.id), page: page.page, pageCount: page.pageCount, total: page.total,
                visibleRows: visibleRows(context))
        case .done(let text): return [.toast(Toast(.success, text))]
        case .failed(let complaint):
            guard list.isLoaded else {
                failure = complaint
                return []
            }
            return [.toast(Toast(.danger, complaint.what, detail: complaint.why))]
        default: break
        }
        return []
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if list.filter.isEditing { return list.filter.handle(key) ? filterChanged(context) : [] }
        let change = list.handle(key, visibleRows: visibleRows(context))
        return change == .reload ? reload(context) : seen(context)
    }

    /// A notice whose detail is on the screen has been seen.
    private func seen(_ context: ScreenContext) -> [Effect] {
        guard isDetailOpen, let selected, unseen.contains(selected.id) else { return [] }
        return [.markSeen([selected.id], context.ticket(0))]
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
            return list.handle(target, visibleRows: rows) == .reload ? reload(context) : seen(context)
        }
        return []
    }

    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy, .markSeen: return selected == nil ? "No notice is selected" : nil
        case .saveDocument:
            guard let selected else { return "No notice is selected" }
            if selected.facts.documents.isEmpty { return "This notice has no documents" }
            return selected.facts.documents.contains { $0.sha256 != nil }
                ? nil : "Its documents were not downloaded yet"
        case .export: return (list.total ?? 0) == 0 ? "The list is empty" : nil
        case .previousPage: return list.page > 1 ? nil : "This is the first page"
        case .nextPage: return list.page < list.pageCount ?? 1 ? nil : "This is the last page"
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open:
            isDetailOpen.toggle()
            list.select(index: list.table.selectedIndex, visibleRows: visibleRows(context))
            return seen(context)
        case .saveDocument:
            return [
                .prompt(
                    Prompt(
                        id: "documents", title: "Save documents", label: "Folder",
                        initial: context.settings.exportFolder))
            ]
        case .export:
            let file = "\(context.settings.exportFolder)/notices.csv"
            return [
                .prompt(
                    Prompt(
                        id: "export", title: "Export \(list.total ?? 0) notices", label: "File", initial: file,
                        hint: "a name that ends in .json gives JSON Lines, any other CSV"))
            ]
        case .markSeen:
            let ids = list.targets
            list.marks = []
            return [.markSeen(ids, context.ticket(0))]
        case .refresh: return reload(context)
        case .filter: list.filter.begin()
        case .sort:
            let fields = Self.sortFields
            sort = fields[((fields.firstIndex(of: sort) ?? 0) + 1) % fields.count]
            isDescending = sort == .issued || sort == .firstSeen
            return sorted(context)
        case .reverseSort:
            isDescending.toggle()
            return sorted(context)
        case .copy:
            return selected.map {
                [.copy($0.facts.reference), .toast(Toast(.info, "\($0.facts.reference) sent to the clipboard"))]
            } ?? []
        case .goToPage:
            return [
                .prompt(Prompt(id: "page", title: "Go to page", label: "Page", hint: "1 to \(list.pageCount ?? 1)"))
            ]
        case .pageSize:
            list.perPage = Settings.pageSizes.first { $0 > list.perPage } ?? Settings.pageSizes[0]
            list.page = 1
            return reload(context)
        case .back: return back(context)
        default: return list.handle(command, visibleRows: visibleRows(context)) == .reload ? reload(context) : []
        }
        return []
    }

    private mutating func sorted(_ context: ScreenContext) -> [Effect] {
        list.page = 1
        return [.remember(setting: "desk.notice_sort", value: "\(sort.rawValue):\(isDescending ? "desc" : "asc")")]
            + reload(context)
    }

    private mutating func back(_ context: ScreenContext) -> [Effect] {
        if isDetailOpen {
            isDetailOpen = false
        } else if !list.marks.isEmpty {
            list.marks = []
        } else if !list.filter.text.isEmpty {
            list.filter.set("")
            return filterChanged(context)
        } else {
            return [.pop]
        }
        return []
    }
}
