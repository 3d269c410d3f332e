import Domain
import Services
import TerminalKit

extension ConfigureScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        if case .mouse(let target, let event) = event { return handle(target, event, context) }
        return updateList(event, context)
    }

    func tablePlace(_ context: ScreenContext) -> Rect { Layout(context.rect).table }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        var query = AccountFilterText.parse(list.filter.text)
        query.portal = portal
        query.page = list.page
        query.perPage = list.perPage
        return .loadAccounts(query, ticket)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .accounts(let page):
            guard let more = show(page, ticket, context) else { return [] }
            verified = page.verified
            attention = page.attention
            if let wanted {
                list.select(wanted, visibleRows: visibleRows(context))
                self.wanted = nil
            }
            return more + askForAuthorities(page.rows, context)
        case .authorities(let found):
            authorities = found
            return []
        default: return takeList(loaded, ticket, context)
        }
    }

    private mutating func handle(
        _ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext
    ) -> [Effect] {
        guard event.action == .press else { return handleList(target, event, context) }
        switch target.name {
        case "close": return [.pop]
        case "badge":
            list.select(index: target.index, visibleRows: visibleRows(context))
            if let refusal = context.refusal(.edit, .configure) { return [.toast(Toast(.warning, refusal))] }
            return give(.edit, context)
        case "dots":
            list.select(index: target.index, visibleRows: visibleRows(context))
            return give(.actions, context)
        default: return handleList(target, event, context)
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .edit, .actions, .copy, .goNotices, .goCoverage, .history:
            return list.selected == nil ? "No business is selected" : nil
        case .fetch, .verify:
            guard !list.targets.isEmpty else { return "No business is selected" }
            guard list.targets.contains(where: \.isConfigured) else {
                return "No login is stored yet: press \(context.label(.edit, .configure)) to enter it"
            }
            return missingAuthority(context)
        case .authority: return authorityReason
        default: return listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .actions: return menu(context)
        case .edit: return list.selected.map { [.push(.editLogin($0))] } ?? []
        case .fetch: return act { .fetch($0, context.ticket(0)) }
        case .verify: return act { .verify($0, context.ticket(0)) }
        case .goNotices: return list.selected.map { [.push(.notices(identity: $0.identity))] } ?? []
        case .goCoverage: return list.selected.map { [.push(.coverage(identity: $0.identity))] } ?? []
        case .history: return list.selected.map { [.push(.history($0))] } ?? []
        case .authority: return list.selected.map { [.push(.authority($0.identity, business: $0.business))] } ?? []
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        default: return giveList(command, context)
        }
    }

    private mutating func act(_ effect: ([PortalIdentity]) -> Effect) -> [Effect] {
        let identities = list.targets.filter(\.isConfigured).map(\.identity)
        list.clearMarks()
        return identities.isEmpty ? [] : [effect(identities)]
    }

    private func menu(_ context: ScreenContext) -> [Effect] {
        guard let account = list.selected else { return [] }
        let layout = Layout(context.rect)
        let row = layout.table.y + 1 + list.table.selectedIndex - list.table.offset
        var choices = [
            (CommandId.edit, "Edit"), (.fetch, "Fetch Data"), (.verify, "Verify"), (.goNotices, "Notices & Orders"),
            (.history, "History"), (.copy, "Copy \(portal.identityTitle)"),
        ]
        if mayNeedAuthority { choices.insert((.authority, "Written authority"), at: 3) }
        let entries = choices.map { id, title in
            ActionsMenu.Entry(
                command: id, title: title, key: context.keys.keys(for: id, in: .configure).first?.description ?? "",
                disabledReason: context.refusal(id, .configure) ?? disabledReason(id, context))
        }
        let title = account.business.isEmpty ? account.identity.text : account.business
        return [
            .openMenu(
                ActionsMenu(
                    title: Text.clip(title, to: 30), entries: entries, anchor: Point(x: layout.table.x + 8, y: row))
            )
        ]
    }
}
