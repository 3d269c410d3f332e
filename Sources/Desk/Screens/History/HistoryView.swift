import Domain
import Services
import TerminalKit

extension HistoryScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        canvas.fill(rect, style: Style(on: .panel))
        let business = account.business.isEmpty ? account.portal.shortName : Text.clip(account.business, to: 34)
        canvas.box(
            rect, title: Line("History · \(business) · \(account.identity)", .heading, .bold),
            style: Style(.borderFocused, on: .panel))
        canvas.put(" × ", x: rect.right - 5, y: rect.y, style: Style(.key, on: .panel, .bold))
        drawn.hits.add(Rect(x: rect.right - 5, y: rect.y, width: 3, height: 1), HitTarget("close"))
        var inner = rect.inset(columns: 2, rows: 1)
        drawn.hits.add(inner, HitTarget("history"))
        _ = inner.sliceTop(1)
        guard !happenings.isEmpty else {
            let text =
                problem.isEmpty ? (isLoaded ? "Nothing has happened to this login yet." : "Loading…") : "✗ \(problem)"
            canvas.put(text, in: inner, style: Style(problem.isEmpty ? .muted : .danger, on: .panel))
            return drawn
        }
        let foot = inner.sliceBottom(1)
        for happening in happenings.dropFirst(offset).prefix(inner.height) {
            var row = inner.sliceTop(1)
            canvas.put(context.full(happening.at), in: row.sliceLeft(21), style: Style(.muted, on: .panel))
            canvas.put(Text.clip(happening.who, to: 12), in: row.sliceLeft(14), style: Style(.accent, on: .panel))
            canvas.put(Text.clip(happening.what, to: row.width), in: row, style: Style(.text, on: .panel))
        }
        let last = min(happenings.count, offset + visibleRows(context))
        canvas.put(
            "\((offset + 1).grouped)–\(last.grouped) of \(happenings.count.grouped), newest first", in: foot,
            style: Style(.muted, on: .panel))
        return drawn
    }
}
