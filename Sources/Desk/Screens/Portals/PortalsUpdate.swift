import Domain
import Services
import TerminalKit

extension PortalsScreen {
    public mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared: return [.loadSummary] + reload(context)
        case .changed: return reload(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handle(key, context)
        case .paste(let text): return list.filter.paste(text) ? filterChanged(context) : []
        case .mouse(let target, let event): return handle(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(let answer): return handle(answer, context)
        case .resized:
            list.loaded(
                list.ids, page: list.page, pageCount: list.total.map { max(1, ($0 + list.perPage - 1) / list.perPage) },
                total: list.total, visibleRows: visibleRows(context))
            return []
        case .summary, .focusLost: return []
        }
    }

    func visibleRows(_ context: ScreenContext) -> Int { Layout(context).visibleRows }

    /// Shows a page that was read before the first paint.
    mutating func show(_ page: ActivityPage, _ context: ScreenContext) {
        rows = page.rows
        firstSerial = page.firstSerial
        failure = nil
        list.loaded(
            page.rows.map(\.id), page: page.page, pageCount: page.pageCount, total: page.total,
            visibleRows: visibleRows(context))
    }

    mutating func reload(_ context: ScreenContext) -> [Effect] {
        // While a page is being read, more commits only mean: read once more afterwards.
        if isReading {
            isStale = true
            return []
        }
        return read(context)
    }

    private mutating func read(_ context: ScreenContext) -> [Effect] {
        isReading = true
        isStale = false
        lastTicket += 1
        return [.loadActivity(query, context.ticket(lastTicket))]
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .activity(let page):
            guard ticket.number == lastTicket else { return [] }
            isReading = false
            show(page, context)
            let count: [Effect] = page.total == nil ? [.countActivity(filter, ticket)] : []
            return count + (isStale ? read(context) : [])
        case .activityTotal(let total):
            if ticket.number == lastTicket { list.setTotal(total) }
            return []
        case .triggered(let result): return [.toast(Self.toast(for: result))] + reload(context)
        case .done(let text): return [.toast(Toast(.success, text))] + reload(context)
        case .failed(let complaint):
            if ticket.number == lastTicket, isReading {
                isReading = false
                failure = complaint
                return []
            }
            return [.toast(Toast(.danger, complaint.what, detail: complaint.why))]
        default: return []
        }
    }

    /// The words of the user's document for the usual case, and the plain truth for the others.
    static func toast(for result: SyncService.Triggered) -> Toast {
        let refused = result.refused.first.map { "\($0.identity): \($0.reason)" } ?? ""
        if result.created.isEmpty, result.existing.isEmpty {
            return Toast(
                .warning, result.refused.isEmpty ? "Nothing to fetch: no login is configured" : "Not triggered",
                detail: refused)
        }
        if result.created.isEmpty { return Toast(.info, "Already queued or running", detail: refused) }
        var detail = result.created.count == 1 ? "" : "\(result.created.count) jobs queued"
        if !result.existing.isEmpty { detail += "\(detail.isEmpty ? "" : ", ")\(result.existing.count) ran already" }
        if !result.refused.isEmpty { detail += "\(detail.isEmpty ? "" : ", ")\(result.refused.count) not possible" }
        return Toast(.success, "Triggered Successfully", detail: detail)
    }

    private mutating func handle(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if list.filter.isEditing {
            return list.filter.handle(key) ? filterChanged(context) : []
        }
        if case .card(let portal) = area {
            switch key {
            case .left: area = .card(Portal.allCases[(portal.position + 2) % 3])
            case .right: area = .card(Portal.allCases[(portal.position + 1) % 3])
            case .down: area = .table
            default: break
            }
            return []
        }
        if key == .up || key == "k", list.table.selectedIndex == 0 { return [] }
        return list.handle(key, visibleRows: visibleRows(context)) == .reload ? reloadNow(context) : []
    }

    /// Another page, sort or filter: what is being read is of no more use.
    private mutating func reloadNow(_ context: ScreenContext) -> [Effect] {
        isReading = false
        return read(context)
    }

    private mutating func filterChanged(_ context: ScreenContext) -> [Effect] {
        (filter, filterNote) = ActivityFilterText.parse(
            list.filter.text, today: context.today, utcOffset: context.utcOffset)
        list.restart()
        return reloadNow(context)
    }

    private mutating func handle(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        let rows = visibleRows(context)
        switch event.action {
        case .wheelUp: list.wheel(-3, visibleRows: rows)
        case .wheelDown: list.wheel(3, visibleRows: rows)
        case .press: return press(target, context)
        case .release: break
        }
        return []
    }

    private mutating func press(_ target: HitTarget, _ context: ScreenContext) -> [Effect] {
        switch target.name {
        case "card":
            area = .card(Portal.allCases[target.index])
            return []
        case "configure": return [.push(.configure(Portal.allCases[target.index], identity: nil))]
        case "refresh": return give(.refresh, context)
        case "eye":
            list.select(index: target.index, visibleRows: visibleRows(context))
            return selectedJob.map { [.push(.jobLog($0.id))] } ?? []
        case "header":
            let column = ActivityColumns.ids(context)[target.index]
            guard let field = Self.sortFields.first(where: { $0.rawValue == column }) else { return [] }
            return sorted(
                by: ActivitySort(
                    field: field,
                    descending: sort.field == field ? !sort.descending : field == .startTime || field == .completedTime),
                context)
        case "pageSize": return give(.pageSize, context)
        default:
            area = .table
            return list.handle(target, visibleRows: visibleRows(context)) == .reload ? reloadNow(context) : []
        }
    }

    mutating func sorted(by newSort: ActivitySort, _ context: ScreenContext) -> [Effect] {
        sort = newSort
        let selected = list.selected
        list.page = 1
        // The row stays selected when it is on the new page.
        list.table = TableState()
        if let selected { list.select(selected, visibleRows: visibleRows(context)) }
        let value = "\(newSort.field.rawValue):\(newSort.descending ? "desc" : "asc")"
        return [.remember(setting: "desk.activity_sort", value: value)] + reloadNow(context)
    }

    mutating func resized(to perPage: Int, _ context: ScreenContext) -> [Effect] {
        list.page = ((list.page - 1) * list.perPage + list.table.selectedIndex) / perPage + 1
        list.perPage = perPage
        return [.remember(setting: "desk.page_size", value: String(perPage))] + reloadNow(context)
    }

    mutating func went(toPage text: String, _ context: ScreenContext) -> [Effect] {
        let before = list.page
        guard list.goTo(page: text) else { return [.toast(Toast(.warning, "There is no page \(text)"))] }
        return list.page == before ? [] : reloadNow(context)
    }

    mutating func turned(_ command: CommandId, _ context: ScreenContext) -> [Effect]? {
        guard let change = list.handle(command, visibleRows: visibleRows(context)) else { return nil }
        return change == .reload ? reloadNow(context) : []
    }

    mutating func clearFilter(_ context: ScreenContext) -> [Effect] {
        list.filter.set("")
        return filterChanged(context)
    }
}
