import Domain
import TerminalKit

/// What every paged list keeps: where it is, what is selected and marked, and what its filter says.
///
/// The selection belongs to a row's identity, not to its place: when rows come, go or move, it stays on its row.
public struct ListControl<ID: Hashable & Sendable>: Sendable {
    /// From 1.
    public var page = 1
    public var perPage: Int
    public private(set) var pageCount: Int?
    public private(set) var total: Int?
    public private(set) var ids: [ID] = []
    public private(set) var isLoaded = false
    public var table = TableState()
    public private(set) var selected: ID?
    public var marks: Set<ID> = []
    public var filter = FilterLine()

    public init(perPage: Int) { self.perPage = perPage }

    public var selectedIndex: Int? { isLoaded && !ids.isEmpty ? min(max(0, table.selectedIndex), ids.count - 1) : nil }
    /// The marked rows, else the selected one: what verbs act on.
    public var targets: [ID] {
        marks.isEmpty ? selected.map { [$0] } ?? [] : ids.filter(marks.contains) + marks.filter { !ids.contains($0) }
    }

    public mutating func loaded(_ newIds: [ID], page: Int, pageCount: Int?, total: Int?, visibleRows: Int) {
        ids = newIds
        self.page = page
        self.pageCount = pageCount
        self.total = total
        isLoaded = true
        if let selected, let index = newIds.firstIndex(of: selected) { table.selectedIndex = index }
        table = table.clamped(rowCount: newIds.count, visibleRows: visibleRows)
        remember()
    }

    public mutating func setTotal(_ count: Int) {
        total = count
        pageCount = max(1, (count + perPage - 1) / perPage)
    }

    public mutating func select(_ id: ID, visibleRows: Int) {
        selected = id
        guard let index = ids.firstIndex(of: id) else { return }
        table.select(index, rowCount: ids.count, visibleRows: visibleRows)
    }

    public mutating func select(index: Int, visibleRows: Int) {
        table.select(index, rowCount: ids.count, visibleRows: visibleRows)
        remember()
    }

    /// Forgets the place: another filter or sort shows other rows.
    public mutating func restart() {
        page = 1
        table = TableState()
        selected = nil
    }

    private mutating func remember() {
        selected = selectedIndex.map { ids[$0] }
    }

    /// Movement keys inside the page. Beyond its ends the page keys go to the neighbouring page.
    public mutating func handle(_ key: Key, visibleRows: Int) -> Change? {
        if key == .pageDown, selectedIndex == ids.count - 1, let change = turn(to: page + 1) { return change }
        if key == .pageUp, selectedIndex == 0, page > 1 { return turn(to: page - 1) }
        guard table.handle(key, rowCount: ids.count, visibleRows: visibleRows) else { return nil }
        remember()
        return Change.moved
    }

    public mutating func wheel(_ rows: Int, visibleRows: Int) {
        table.scroll(by: rows, rowCount: ids.count, visibleRows: visibleRows)
        remember()
    }

    public enum Change: Sendable { case moved, reload }

    private mutating func turn(to target: Int) -> Change? {
        let last = pageCount ?? Int.max
        guard target >= 1, target <= last, target != page else { return nil }
        page = target
        table = TableState()
        selected = nil
        return .reload
    }

    /// The commands that all lists share. nil when `command` is none of them.
    public mutating func handle(_ command: CommandId, visibleRows: Int) -> Change? {
        switch command {
        case .previousPage: return turn(to: page - 1) ?? .moved
        case .nextPage: return turn(to: page + 1) ?? .moved
        case .firstPage: return turn(to: 1) ?? .moved
        case .lastPage: return pageCount.flatMap { turn(to: $0) } ?? .moved
        case .mark:
            guard let selected else { return .moved }
            if marks.remove(selected) == nil { marks.insert(selected) }
            table.move(by: 1, rowCount: ids.count, visibleRows: visibleRows)
            remember()
            return .moved
        case .markAll:
            if ids.allSatisfy(marks.contains) { marks.subtract(ids) } else { marks.formUnion(ids) }
            return .moved
        case .invertMarks:
            marks.formSymmetricDifference(ids)
            return .moved
        default: return nil
        }
    }

    /// - Returns: true when the page exists.
    public mutating func goTo(page text: String) -> Bool {
        guard let number = Int(text.filter { !$0.isWhitespace }), number >= 1, number <= pageCount ?? Int.max else {
            return false
        }
        _ = turn(to: number)
        return true
    }

    public var paginator: Paginator {
        Paginator(
            total: total ?? ids.count + (page - 1) * perPage, page: page - 1, pageSize: perPage,
            isTotalExact: total != nil)
    }

    /// A click on the paginator or on a row; nil when it is neither.
    public mutating func handle(_ target: HitTarget, visibleRows: Int) -> Change? {
        switch target.name {
        case "row":
            select(index: target.index, visibleRows: visibleRows)
            return .moved
        case "page": return turn(to: target.index + 1) ?? .moved
        case "previousPage": return handle(CommandId.previousPage, visibleRows: visibleRows)
        case "nextPage": return handle(CommandId.nextPage, visibleRows: visibleRows)
        default: return nil
        }
    }
}

/// The filter of a list: filters while it is typed; Enter keeps it, Esc clears it.
public struct FilterLine: Sendable, Hashable {
    public private(set) var editor: LineEditor?
    public private(set) var text = ""

    public init() {}

    public var isEditing: Bool { editor != nil }

    public mutating func begin() { editor = LineEditor(text) }
    public mutating func set(_ text: String) {
        self.text = text
        editor = nil
    }

    /// Whether the text changed.
    public mutating func handle(_ key: Key) -> Bool {
        guard var line = editor else { return false }
        switch key {
        case .enter, .tab, .down:
            editor = nil
            return false
        case .escape:
            editor = nil
            defer { text = "" }
            return !text.isEmpty
        default:
            guard line.handle(key) else { return false }
            return take(line)
        }
    }

    public mutating func paste(_ pasted: String) -> Bool {
        guard var line = editor else { return false }
        line.paste(pasted)
        return take(line)
    }

    private mutating func take(_ line: LineEditor) -> Bool {
        editor = line
        defer { text = line.text }
        return text != line.text
    }

    /// `filter: none`, or the text with its cursor. Returns where the cursor stands while it is typed.
    public func draw(on canvas: inout Canvas, in rect: Rect, surface: Surface, placeholder: String) -> Point? {
        let label = canvas.put("filter: ", x: rect.x, y: rect.y, style: Style(.muted, on: surface), width: rect.width)
        let field = rect.inset(left: label)
        if let editor {
            return editor.draw(
                on: &canvas, in: field, style: Style(.inputText, on: .inputFocused), placeholder: placeholder)
        }
        let style = Style(text.isEmpty ? .muted : .accent, on: surface, text.isEmpty ? [] : .bold)
        canvas.put(text.isEmpty ? "none" : text, in: field, style: style)
        return nil
    }
}
