import Domain
import Services
import TerminalKit

/// A screen around one paged list. What all such screens do alike stands here once.
protocol ListScreen: Screen {
    associatedtype Row: ListRow
    var list: ListControl<Row> { get set }
    /// Where this list's own number of rows a page is kept; nil for a few rows that are shown whole, without pages.
    var pageSizeSetting: DeskSetting? { get }
    /// Whether a page has as many rows as the screen shows until somebody chooses a number.
    var fillsScreen: Bool { get }

    /// Asks for the page that list, filter and sort describe.
    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect
    /// The rows with their header.
    func tablePlace(_ context: ScreenContext) -> Rect
    /// Rows that the screen shows at the most: a page that fills it has so many.
    func mostRows(_ context: ScreenContext) -> Int
    /// Understands the filter's text anew, before the list is read again.
    mutating func filterChanged(_ context: ScreenContext)
    /// What a second click on the selected row does; nil where a click only selects.
    var openCommand: CommandId? { get }
    /// Carries a command out; those that all lists share go to `giveList`.
    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect]
    /// Takes what was asked for; what all lists understand goes to `takeList`.
    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect]
}

extension ListScreen {
    var isTyping: Bool { list.filter.isEditing }

    var fieldMoves: [(keys: [Key], title: String)] {
        [([.enter], "Keep the filter, and go to the list"), ([.escape], "Clear the filter")]
    }

    var fillsScreen: Bool { true }

    var openCommand: CommandId? { nil }

    /// While the filter is typed, letters are letters and Enter keeps it.
    func hints(_ command: CommandId) -> Bool { !list.filter.isEditing || CommandTable.worksWhileTyping(command) }

    mutating func filterChanged(_ context: ScreenContext) {}

    func visibleRows(_ context: ScreenContext) -> Int { Table.visibleRows(in: tablePlace(context)) }
    func mostRows(_ context: ScreenContext) -> Int { visibleRows(context) }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] { updateList(event, context) }

    /// What every list does with an event; a screen looks before at what it has of its own.
    mutating func updateList(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handleList(key, context)
        case .paste(let text): return pasteList(text, context)
        case .mouse(let target, let event): return handleList(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("page", let text)): return goTo(page: text, context)
        case .resized:
            list.fit(visibleRows: visibleRows(context))
            return list.fill(visibleRows: mostRows(context)) ? readAnew(context) : []
        case .unmark:
            list.clearMarks()
            return []
        case .locked:
            list.reading.abandon()
            return []
        case .answered, .summary, .focusLost, .tick: return []
        }
    }

    // MARK: Coming back

    var keptFilter: String { list.filter.isCleared ? "" : list.filter.text }

    mutating func takeUp(filter: String, _ context: ScreenContext) {
        list.filter.set(filter)
        filterChanged(context)
    }

    // MARK: Reading

    /// Something was committed: what is shown may be old.
    mutating func refresh(_ context: ScreenContext) -> [Effect] {
        _ = list.fill(visibleRows: mostRows(context))
        return list.reading.refresh().map { [pageRead(context.ticket($0), context)] } ?? []
    }

    mutating func readAnew(_ context: ScreenContext) -> [Effect] {
        [pageRead(context.ticket(list.reading.restart()), context)]
    }

    mutating func refilter(_ context: ScreenContext) -> [Effect] {
        filterChanged(context)
        list.restart()
        return readAnew(context)
    }

    /// Shows a page that came; a late one is dropped, and one that was overtaken by a commit is read once more.
    mutating func show(_ page: ListControl<Row>.Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect]? {
        guard list.reading.finish(ticket.number) else { return nil }
        list.show(page, visibleRows: visibleRows(context))
        return list.reading.isStale ? readAnew(context) : []
    }

    mutating func show<Page: ListPage>(_ page: Page, _ ticket: Ticket, _ context: ScreenContext) -> [Effect]?
    where Page.Row == Row {
        show(ListControl<Row>.Loaded(page), ticket, context)
    }

    /// What became of the deeds that lists offer, in a toast.
    mutating func takeList(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .triggered(let result): [.toast(PortalsScreen.toast(for: result))]
        case .done(let text): [.toast(Toast(.success, text))]
        case .told(let text, let detail): [.toast(Toast(.warning, text, detail: detail))]
        case .account(let account): openLogin(account)
        case .failed(let complaint): took(complaint, ticket, context)
        default: []
        }
    }

    /// A read that failed shows in the list, anything else as a toast.
    mutating func took(_ complaint: Complaint, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        if list.reading.finish(ticket.number) {
            list.failure = complaint
            return []
        }
        return [.toast(Toast(complaint))]
    }

    // MARK: Keys, clicks and answers

    mutating func handleList(_ key: Key, _ context: ScreenContext) -> [Effect] {
        if list.filter.isEditing { return list.filter.handle(key) ? refilter(context) : [] }
        return follow(list.handle(key, visibleRows: visibleRows(context)), context)
    }

    mutating func pasteList(_ text: String, _ context: ScreenContext) -> [Effect] {
        list.filter.paste(text) ? refilter(context) : []
    }

    /// Row, paginator and wheel; what a screen has of its own it looks at before.
    mutating func handleList(_ target: HitTarget, _ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        let rows = visibleRows(context)
        switch (event.action, target.name) {
        case (.wheelUp, _): list.wheel(-3, visibleRows: rows)
        case (.wheelDown, _): list.wheel(3, visibleRows: rows)
        case (.press, "row"):
            if list.selectedIndex == target.index, let openCommand {
                return barred(openCommand, context) ?? give(openCommand, context)
            }
            list.select(index: target.index, visibleRows: rows)
        case (.press, "page"): return follow(list.turn(to: target.index + 1), context)
        case (.press, "previousPage"): return follow(list.turn(to: list.page - 1), context)
        case (.press, "nextPage"): return follow(list.turn(to: list.page + 1), context)
        case (.press, "pageSize"): return giveList(.pageSize, context)
        case (.press, "filter"): list.filter.begin()
        default: break
        }
        return []
    }

    mutating func follow(_ change: ListControl<Row>.Change?, _ context: ScreenContext) -> [Effect] {
        change == .reload ? readAnew(context) : []
    }

    func listReason(_ command: CommandId) -> String? {
        switch command {
        case .previousPage, .firstPage: list.page > 1 ? nil : "This is the first page"
        case .nextPage, .lastPage: list.page < list.pageCount ?? .max ? nil : "This is the last page"
        case .mark, .markRange: list.selected == nil ? "No row is selected" : nil
        default: nil
        }
    }

    /// The commands that all lists share; other commands do nothing.
    mutating func giveList(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .filter: list.filter.begin()
        case .refresh: return refresh(context)
        case .back: return backInList(context) ?? [.pop]
        case .previousPage: return follow(list.turn(to: list.page - 1), context)
        case .nextPage: return follow(list.turn(to: list.page + 1), context)
        case .firstPage: return follow(list.turn(to: 1), context)
        case .lastPage: return follow(list.pageCount.flatMap { list.turn(to: $0) }, context)
        case .goToPage:
            let pages = list.pageCount.map { "1 to \($0.grouped)" } ?? ""
            return [
                .prompt(
                    Prompt(
                        id: "page", title: "Go to page", label: "Page", hint: pages,
                        needed: "the number of a page is needed"))
            ]
        case .pageSize:
            return pageSizeSetting.map { nextPageSize($0, context) } ?? []
        case .mark: list.toggleMark(visibleRows: visibleRows(context))
        case .markRange: list.markRange()
        case .markAll: list.toggleAllMarks()
        case .invertMarks: list.invertMarks()
        default: break
        }
        return []
    }

    /// The next number of rows a page, after the last one of them pages that fill the screen, where there are such.
    private mutating func nextPageSize(_ setting: DeskSetting, _ context: ScreenContext) -> [Effect] {
        let sizes = Settings.pageSizes
        let next = list.leastPerPage == nil ? sizes.first { $0 > list.perPage } : sizes[0]
        if next == nil, fillsScreen {
            let least = context.settings.pageSize
            list.choose(max(least, mostRows(context)), least: least)
            return [
                .remember(setting, DeskSettings.fit), .toast(Toast(.info, "As many rows a page as the screen shows")),
            ]
                + readAnew(context)
        }
        list.choose(next ?? sizes[0])
        return [.remember(setting, String(list.perPage))] + readAnew(context)
    }

    mutating func goTo(page text: String, _ context: ScreenContext) -> [Effect] {
        guard let number = Int(text.filter { !$0.isWhitespace && $0 != "," }), number >= 1,
            number <= list.pageCount ?? .max
        else {
            let pages = list.pageCount.map { "there are \($0.grouped)" } ?? ""
            return [.toast(Toast(.warning, "There is no page \(HarmlessText.line(text, limit: 20))", detail: pages))]
        }
        return follow(list.turn(to: number), context)
    }

    /// One layer back: marks, then what was typed into the filter, then the screen itself (nil).
    mutating func backInList(_ context: ScreenContext) -> [Effect]? {
        if list.markCount > 0 {
            list.clearMarks()
            return []
        }
        guard !list.filter.isCleared else { return nil }
        list.filter.clear()
        return refilter(context)
    }
}
