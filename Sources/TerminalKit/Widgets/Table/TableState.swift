/// Which row of a table is selected and which one stands at the top of the window. Counts from 0.
public struct TableState: Hashable, Sendable {
    public var selectedIndex: Int
    public var offset: Int

    public init(selectedIndex: Int = 0, offset: Int = 0) {
        self.selectedIndex = selectedIndex
        self.offset = offset
    }

    /// The same state brought inside `rowCount` rows, with the selection inside a window of `visibleRows`.
    public func clamped(rowCount: Int, visibleRows: Int) -> TableState {
        let window = max(1, visibleRows)
        let selected = min(max(0, selectedIndex), max(0, rowCount - 1))
        var top = min(max(0, offset), max(0, rowCount - window))
        top = min(top, selected)
        top = max(top, selected - window + 1)
        return TableState(selectedIndex: selected, offset: top)
    }

    public mutating func move(by rows: Int, rowCount: Int, visibleRows: Int) {
        selectedIndex = max(0, selectedIndex) + rows
        self = clamped(rowCount: rowCount, visibleRows: visibleRows)
    }

    public mutating func select(_ index: Int, rowCount: Int, visibleRows: Int) {
        selectedIndex = index
        self = clamped(rowCount: rowCount, visibleRows: visibleRows)
    }

    /// Moves the window without the selection until the edge takes the selection along: what a mouse wheel does.
    public mutating func scroll(by rows: Int, rowCount: Int, visibleRows: Int) {
        let window = max(1, visibleRows)
        offset = min(max(0, offset + rows), max(0, rowCount - window))
        selectedIndex = min(max(selectedIndex, offset), max(0, min(offset + window, rowCount) - 1))
    }

    /// Arrows, `j` and `k`, page keys, Home and End, `g` and `G`. False when the key is none of these.
    public mutating func handle(_ key: Key, rowCount: Int, visibleRows: Int) -> Bool {
        let page = max(1, visibleRows - 1)
        switch key {
        case .up, "k": move(by: -1, rowCount: rowCount, visibleRows: visibleRows)
        case .down, "j": move(by: 1, rowCount: rowCount, visibleRows: visibleRows)
        case .pageUp: move(by: -page, rowCount: rowCount, visibleRows: visibleRows)
        case .pageDown: move(by: page, rowCount: rowCount, visibleRows: visibleRows)
        case .home, "g": select(0, rowCount: rowCount, visibleRows: visibleRows)
        case .end, "G": select(rowCount - 1, rowCount: rowCount, visibleRows: visibleRows)
        default: return false
        }
        return true
    }
}
