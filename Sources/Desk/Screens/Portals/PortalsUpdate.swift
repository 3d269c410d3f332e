import Domain
import Services
import TerminalKit

extension PortalsScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared: return [.loadSummary] + refresh(context)
        case .key(let key): return handle(key, context)
        case .mouse(let target, let event): return handle(target, event, context)
        case .answered(let answer): return handle(answer, context)
        default: return updateList(event, context)
        }
    }

    func tablePlace(_ context: ScreenContext) -> Rect { layout(context).table }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .loadActivity(ActivityQuery(filter: filter, sort: sort, page: list.page, perPage: list.perPage), ticket)
    }

    mutating func filterChanged(_ context: ScreenContext) {
        (filter, filterNote) = ActivityFilterText.parse(
            list.filter.text, today: context.today, utcOffset: context.utcOffset)
    }

    /// Shows a page that was read before the first paint.
    mutating func show(_ page: ActivityPage, _ context: ScreenContext) {
        list.show(.init(page), visibleRows: visibleRows(context))
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .activity(let page):
            guard let more = show(.init(page), ticket, context) else { return [] }
            // A filter by text has no kept total: it follows its page.
            let count: [Effect] = page.total == nil && more.isEmpty ? [.countActivity(filter, ticket)] : []
            return count + more + reloaded()
        case .activityTotal(let total):
            if ticket.number == list.reading.number { list.setTotal(total) }
            return []
        case .fetchPlan(let plan): return confirm(plan)
        case .triggered, .done: return takeList(loaded, ticket, context) + refresh(context)
        case .failed(let complaint):
            tellsReload = false
            return took(complaint, ticket, context)
        default: return []
        }
    }

    private mutating func reloaded() -> [Effect] {
        defer { tellsReload = false }
        return tellsReload ? [.toast(Toast(.info, "Reloaded"))] : []
    }

    /// The words of the user's document for the usual case, and the plain truth for the others.
    static func toast(for result: SyncService.Triggered) -> Toast {
        let refused = result.refused.first.map { "\($0.identity): \($0.reason)" } ?? ""
        let without = result.withoutAuthority
        let leftOut = without > 0 ? "\(Counted.text(without, "login")) left out: no written authority" : ""
        if result.created.isEmpty, result.existing.isEmpty {
            if without > 0 { return Toast(.warning, "Not triggered", detail: leftOut) }
            return Toast(
                .warning, result.refused.isEmpty ? "Nothing to fetch: no login is configured" : "Not triggered",
                detail: refused)
        }
        if result.created.isEmpty { return Toast(.info, "Already queued or running", detail: refused) }
        var detail = result.created.count == 1 ? "" : "\(result.created.count.grouped) jobs queued"
        if !result.existing.isEmpty { detail += "\(detail.isEmpty ? "" : ", ")\(result.existingText)" }
        if !result.refused.isEmpty {
            detail += "\(detail.isEmpty ? "" : ", ")\(result.refused.count.grouped) not possible"
        }
        if without > 0 { detail += "\(detail.isEmpty ? "" : ", ")\(leftOut)" }
        return Toast(.success, "Triggered Successfully", detail: detail)
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        guard case .card(let portal) = area, !list.filter.isEditing else { return handleList(key, context) }
        switch key {
        case .left: area = .card(Portal.allCases[(portal.position + 2) % 3])
        case .right: area = .card(Portal.allCases[(portal.position + 1) % 3])
        case .down, "j": area = .table
        default: break
        }
        return []
    }

    private mutating func handle(
        _ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext
    ) -> [Effect] {
        guard event.action == .press else { return handleList(target, event, context) }
        switch target.name {
        case "card":
            area = .card(Portal.allCases[target.index])
            return []
        case "configure": return [.push(.configure(Portal.allCases[target.index], identity: nil))]
        case "refresh": return give(.refresh, context)
        case "openActions": return [.push(.operations)]
        case "openBills": return [.push(.eWayBills(isWatching: true))]
        case "eye":
            area = .table
            list.select(index: target.index, visibleRows: visibleRows(context))
            return list.selected.map { [.push(.jobLog($0.id))] } ?? []
        case "row":
            // A second click opens, as Enter does.
            if area == .table, list.selectedIndex == target.index { return give(.open, context) }
            area = .table
            return handleList(target, event, context)
        case "header": return sorted(byColumn: target.index, context)
        default: return handleList(target, event, context)
        }
    }

    /// A click on a header sorts by it; a second one reverses.
    private mutating func sorted(byColumn index: Int, _ context: ScreenContext) -> [Effect] {
        let id = columns(context)[index].id
        guard let field = Self.sortFields.first(where: { $0.rawValue == id }) else { return [] }
        let descending = sort.field == field ? !sort.descending : Self.startsDescending(field)
        return sorted(by: ActivitySort(field: field, descending: descending), context)
    }

    mutating func sorted(by newSort: ActivitySort, _ context: ScreenContext) -> [Effect] {
        sort = newSort
        list.reorder()
        let text = DeskSettings.sortText(newSort.field.rawValue, isDescending: newSort.descending)
        return [.remember(.activitySort, text)] + readAnew(context)
    }
}
