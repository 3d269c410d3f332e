import TerminalKit

/// Stands alone where a window has too little room for anything else.
enum TooSmall {
    static func draw(on canvas: inout Canvas) {
        let (need, size) = (DeskModel.smallestSize, canvas.size)
        let text =
            "PortalDesk needs \(need.columns)x\(need.rows); this window is \(size.columns)x\(size.rows). Enlarge it, or press q to quit."
        for (index, line) in Text.wrap(text, to: max(1, size.columns), lines: size.rows).enumerated() {
            canvas.put(line, in: canvas.bounds.row(index), style: Style(.muted))
        }
    }
}
