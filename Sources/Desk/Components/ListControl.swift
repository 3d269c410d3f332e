import Domain
import Services
import TerminalKit

/// A row that a list can follow wherever it goes.
protocol ListRow: Sendable {
    associatedtype RowId: Hashable & Sendable
    var rowId: RowId { get }
}

extension Job: ListRow { var rowId: JobId { id } }
extension PortalAccount: ListRow { var rowId: PortalIdentity { identity } }
extension Notice: ListRow { var rowId: NoticeId { id } }
extension Business: ListRow { var rowId: BusinessId { id } }

/// A page of rows as a service answers it, with its place in the whole.
protocol ListPage<Row> {
    associatedtype Row: ListRow
    var rows: [Row] { get }
    /// From 1.
    var page: Int { get }
    var pageCount: Int { get }
    var total: Int { get }
    /// Serial number of the first row, from 1.
    var firstSerial: Int { get }
    /// What of the page cannot be read.
    var damaged: [DamagedOperation] { get }
}

extension ListPage { var damaged: [DamagedOperation] { [] } }

extension AccountPage: ListPage {}
extension NoticePage: ListPage {}
extension BusinessPage: ListPage {}

/// What every paged list keeps: its rows, where it is, what is selected and marked, and what its filter says.
///
/// The selection belongs to a row's identity, not to its place: when rows come, go or move, it stays on its row.
struct ListControl<Row: ListRow>: Sendable {
    /// From 1.
    var page = 1
    var perPage: Int
    /// Rows that a page has at least when it has as many as the screen shows; nil where a number was chosen.
    private(set) var leastPerPage: Int?
    private(set) var pageCount: Int?
    private(set) var total: Int?
    private(set) var rows: [Row] = []
    /// Serial number of the first row, from 1.
    private(set) var firstSerial = 1
    /// What of the page cannot be read, and so is no row.
    private(set) var damaged: [DamagedOperation] = []
    private(set) var isLoaded = false
    private(set) var table = TableState()
    private(set) var selectedId: Row.RowId?
    private var marks: [Row.RowId: Row] = [:]
    /// Order of marking, so that what is done to several rows is done in the order a person chose them.
    private var markOrder: [Row.RowId] = []
    /// Whether other rows were asked for by another filter: what the answer does not show loses its mark.
    private var isSifting = false
    /// Whether the same page in the same order is shown again: a marked row that is gone from it may have left the list.
    private var isSamePage = false
    var filter = FilterLine()
    var reading = PageReading()
    /// Why the page that was asked for could not be read.
    var failure: Complaint?

    init(perPage: Int = Settings.pageSizes.last ?? 100) { self.perPage = perPage }

    /// A list whose pages fill the screen until somebody chooses how many rows they have.
    init(filling setting: DeskSetting, _ settings: DeskSettings) {
        perPage = settings.pageSize(of: setting)
        leastPerPage = settings.isChosen(setting) ? nil : perPage
    }

    var selectedIndex: Int? { isLoaded && !rows.isEmpty ? min(max(0, table.selectedIndex), rows.count - 1) : nil }
    var selected: Row? { selectedIndex.map { rows[$0] } }
    var markCount: Int { markOrder.count }
    /// The marked rows of every page, else the selected one: what verbs act on.
    var targets: [Row] { markOrder.isEmpty ? selected.map { [$0] } ?? [] : markOrder.compactMap { marks[$0] } }

    func isMarked(_ index: Int) -> Bool { rows.indices.contains(index) && marks[rows[index].rowId] != nil }
    func row(at index: Int) -> Row? { rows.indices.contains(index) ? rows[index] : nil }

    mutating func show(_ loaded: Loaded, visibleRows: Int) {
        dropMarks(loaded)
        rows = loaded.rows
        firstSerial = loaded.firstSerial
        page = loaded.page
        pageCount = loaded.pageCount
        total = loaded.total
        damaged = loaded.damaged
        isLoaded = true
        failure = nil
        for row in rows where marks[row.rowId] != nil { marks[row.rowId] = row }
        if let selectedId, let index = rows.firstIndex(where: { $0.rowId == selectedId }) {
            table.selectedIndex = index
        }
        fit(visibleRows: visibleRows)
    }

    /// A page as it came from a service.
    struct Loaded {
        var rows: [Row]
        var page: Int
        var pageCount: Int?
        var total: Int?
        var firstSerial: Int
        var damaged: [DamagedOperation] = []

        init(_ page: some ListPage<Row>) {
            rows = page.rows
            self.page = page.page
            pageCount = page.pageCount
            total = page.total
            firstSerial = page.firstSerial
            damaged = page.damaged
        }

        /// Rows that need no pages.
        init(whole rows: [Row]) {
            self.rows = rows
            page = 1
            pageCount = 1
            total = rows.count
            firstSerial = 1
        }

        /// A page of jobs may not know its total yet.
        init(_ page: ActivityPage) where Row == Job {
            rows = page.rows
            self.page = page.page
            pageCount = page.pageCount
            total = page.total
            firstSerial = page.firstSerial
        }
    }

    mutating func setTotal(_ count: Int) {
        total = count
        pageCount = max(1, (count + perPage - 1) / perPage)
    }

    /// Brings the selection into a window of another height.
    mutating func fit(visibleRows: Int) {
        table = table.clamped(rowCount: rows.count, visibleRows: visibleRows)
        remember()
    }

    mutating func select(_ id: Row.RowId, visibleRows: Int) {
        selectedId = id
        guard let index = rows.firstIndex(where: { $0.rowId == id }) else { return }
        table.select(index, rowCount: rows.count, visibleRows: visibleRows)
    }

    mutating func select(index: Int, visibleRows: Int) {
        table.select(index, rowCount: rows.count, visibleRows: visibleRows)
        remember()
    }

    /// Forgets the place: another filter shows other rows.
    mutating func restart() {
        isSifting = true
        page = 1
        table = TableState()
        selectedId = nil
    }

    /// To the first page of another order; the row stays selected when it is there.
    mutating func reorder() {
        isSamePage = false
        page = 1
        table = TableState()
    }

    private mutating func remember() { selectedId = selected?.rowId }

    // MARK: Moving

    enum Change: Sendable { case moved, reload }

    /// Movement keys inside the page. Beyond its ends the page keys go to the neighbouring page.
    mutating func handle(_ key: Key, visibleRows: Int) -> Change? {
        if key == .pageDown, selectedIndex == rows.count - 1, let change = turn(to: page + 1) { return change }
        if key == .pageUp, selectedIndex == 0, page > 1 { return turn(to: page - 1) }
        guard table.handle(key, rowCount: rows.count, visibleRows: visibleRows) else { return nil }
        remember()
        return .moved
    }

    mutating func wheel(_ lines: Int, visibleRows: Int) {
        table.scroll(by: lines, rowCount: rows.count, visibleRows: visibleRows)
        remember()
    }

    /// nil when there is no such page, or it is this one.
    mutating func turn(to target: Int) -> Change? {
        guard target >= 1, target <= pageCount ?? Int.max, target != page else { return nil }
        isSamePage = false
        page = target
        table = TableState()
        selectedId = nil
        return .reload
    }

    /// Another number of rows a page; the selected row stays on the page that is shown.
    mutating func resize(to size: Int) {
        isSamePage = false
        page = ((page - 1) * perPage + (selectedIndex ?? 0)) / size + 1
        perPage = size
    }

    /// Somebody chose a number of rows, or (`least`) that pages fill the screen.
    mutating func choose(_ size: Int, least: Int? = nil) {
        leastPerPage = least
        resize(to: size)
    }

    /// Makes a page as long as the screen; false when it is that long already, or has a chosen length.
    ///
    /// - Parameter visibleRows: what the screen shows with nothing over the table.
    mutating func fill(visibleRows: Int) -> Bool {
        guard let leastPerPage, perPage != max(leastPerPage, visibleRows) else { return false }
        resize(to: max(leastPerPage, visibleRows))
        return true
    }

    // MARK: Marks

    mutating func toggleMark(visibleRows: Int) {
        guard let selected else { return }
        if marks[selected.rowId] == nil { mark(selected) } else { unmark(selected.rowId) }
        table.move(by: 1, rowCount: rows.count, visibleRows: visibleRows)
        remember()
    }

    /// Marks every row of the page, or takes all their marks away when they have them.
    mutating func toggleAllMarks() {
        let isFull = rows.allSatisfy { marks[$0.rowId] != nil }
        for row in rows { if isFull { unmark(row.rowId) } else { mark(row) } }
    }

    mutating func invertMarks() {
        for row in rows { if marks[row.rowId] == nil { mark(row) } else { unmark(row.rowId) } }
    }

    /// Marks everything between the mark set last and the selection.
    mutating func markRange() {
        guard let here = selectedIndex else { return }
        let last = markOrder.last.flatMap { id in rows.firstIndex { $0.rowId == id } } ?? here
        for row in rows[min(last, here)...max(last, here)] { mark(row) }
    }

    mutating func clearMarks() {
        marks = [:]
        markOrder = []
    }

    /// Nothing is done to rows that nobody sees: a row that leaves the list loses its mark. What stands on other pages
    /// keeps it.
    private mutating func dropMarks(_ loaded: Loaded) {
        defer { (isSifting, isSamePage) = (false, true) }
        let shown = Set(loaded.rows.map(\.rowId))
        // All that there is, or the first of what another filter gives.
        if isSifting || loaded.pageCount == 1 {
            for id in markOrder where !shown.contains(id) { unmark(id) }
        } else if isSamePage, loaded.page == page, !filter.text.isEmpty {
            // Without a filter a row that is not here any more has moved to another page.
            for row in rows where !shown.contains(row.rowId) { unmark(row.rowId) }
        }
    }

    private mutating func mark(_ row: Row) {
        if marks.updateValue(row, forKey: row.rowId) == nil { markOrder.append(row.rowId) }
    }

    private mutating func unmark(_ id: Row.RowId) {
        marks[id] = nil
        markOrder.removeAll { $0 == id }
    }
}
