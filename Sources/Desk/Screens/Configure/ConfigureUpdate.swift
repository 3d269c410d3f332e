import Domain
import Services
import TerminalKit

extension ConfigureScreen {
    public mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return reload(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text): return list.filter.paste(text) ? restart(context) : []
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("page", let text)):
            return list.goTo(page: text) ? reload(context) : [.toast(Toast(.warning, "There is no page \(text)"))]
        case .answered, .summary, .resized, .focusLost: return []
        }
    }

    func visibleRows(_ context: ScreenContext) -> Int { Table.visibleRows(in: Layout(context.rect).table) }

    private mutating func reload(_ context: ScreenContext) -> [Effect] {
        lastTicket += 1
        return [.loadAccounts(query, context.ticket(lastTicket))]
    }

    private mutating func restart(_ context: ScreenContext) -> [Effect] {
        list.restart()
        return reload(context)
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .accounts(let page):
            guard ticket.number == lastTicket else { return [] }
            rows = page.rows
            firstSerial = page.firstSerial
            verified = page.verified
            attention = page.attention
            failure = nil
            list.loaded(
                rows.map(\.identity), page: page.page, pageCount: page.pageCount, total: page.total,
                visibleRows: visibleRows(context))
            if let wanted {
                list.select(wanted, visibleRows: visibleRows(context))
                self.wanted = nil
            }
        case .triggered(let result): return [.toast(PortalsScreen.toast(for: result))]
        case .done(let text): return [.toast(Toast(.success, text))]
        case .failed(let complaint):
            if ticket.number == lastTicket, !list.isLoaded {
                failure = complaint
            } else {
                return [.toast(Toast(.danger, complaint.what, detail: complaint.why))]
            }
        default: break
        }
        return []
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
            switch target.name {
            case "close": return [.pop]
            case "badge":
                list.select(index: target.index, visibleRows: rows)
                return give(.edit, context)
            case "dots":
                list.select(index: target.index, visibleRows: rows)
                return give(.actions, context)
            case "pageSize": return give(.pageSize, context)
            default: return list.handle(target, visibleRows: rows) == .reload ? reload(context) : []
            }
        }
        return []
    }

    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .edit, .actions, .copy, .goNotices: return selected == nil ? "No business is selected" : nil
        case .fetch, .verify:
            guard !targets.isEmpty else { return "No business is selected" }
            return targets.contains(where: \.isConfigured)
                ? nil : "No login is stored yet: press \(context.label(.edit, .configure)) to enter it"
        case .previousPage: return list.page > 1 ? nil : "This is the first page"
        case .nextPage: return list.page < list.pageCount ?? 1 ? nil : "This is the last page"
        default: return nil
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .actions: return menu(context)
        case .edit: return selected.map { [.push(.editLogin($0))] } ?? []
        case .fetch: return act { .fetch($0, context.ticket(0)) }
        case .verify: return act { .verify($0, context.ticket(0)) }
        case .goNotices: return selected.map { [.push(.notices(identity: $0.identity))] } ?? []
        case .refresh: return reload(context)
        case .filter: list.filter.begin()
        case .copy:
            return selected.map {
                [.copy($0.identity.text), .toast(Toast(.info, "\($0.identity) sent to the clipboard"))]
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

    private mutating func act(_ effect: ([PortalIdentity]) -> Effect) -> [Effect] {
        let identities = targets.filter(\.isConfigured).map(\.identity)
        list.marks = []
        return identities.isEmpty ? [] : [effect(identities)]
    }

    private mutating func back(_ context: ScreenContext) -> [Effect] {
        if !list.marks.isEmpty {
            list.marks = []
            return []
        }
        guard list.filter.text.isEmpty else {
            list.filter.set("")
            return restart(context)
        }
        return [.pop]
    }

    private func menu(_ context: ScreenContext) -> [Effect] {
        guard let account = selected else { return [] }
        let layout = Layout(context.rect)
        let row = layout.table.y + 1 + list.table.selectedIndex - list.table.offset
        let entries = [
            (CommandId.edit, "Edit"), (.fetch, "Fetch Data"), (.verify, "Verify"), (.goNotices, "Notices & Orders"),
            (.copy, "Copy \(portal.identityTitle)"),
        ]
        .map { id, title in
            ActionsMenu.Entry(
                command: id, title: title, key: context.keys.keys(for: id, in: .configure).first?.description ?? "",
                disabledReason: disabledReason(id, context))
        }
        let title = account.business.isEmpty ? account.identity.text : account.business
        return [
            .openMenu(
                ActionsMenu(
                    title: Text.clip(title, to: 30), entries: entries, anchor: Point(x: layout.table.x + 8, y: row + 1))
            )
        ]
    }
}
