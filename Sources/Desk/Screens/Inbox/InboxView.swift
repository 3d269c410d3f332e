import Domain
import Services
import TerminalKit

extension InboxScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        var inner = PanelFrame.draw(
            "Demo inbox · nothing here was really sent", on: &canvas, in: rect, hits: &drawn.hits)
        guard let mail else {
            let text = problem.isEmpty ? (isLoaded ? "No message has come yet." : "Loading…") : "✗ \(problem)"
            canvas.put(text, in: inner, style: Style(problem.isEmpty ? .muted : .danger, on: .panel))
            return drawn
        }
        let place = Line("Message \((index + 1).grouped) of \(mails.count.grouped), the newest first", .muted)
        canvas.put(place, in: inner.sliceTop(1), surface: .panel)
        _ = inner.sliceTop(1)
        for (label, value) in [("To", mail.to), ("Subject", mail.subject), ("At", context.full(mail.arrivedAt))] {
            var row = inner.sliceTop(1)
            canvas.put(label, in: row.sliceLeft(10), style: Style(.accent, on: .panel))
            canvas.put(value, in: row, style: Style(.text, on: .panel))
        }
        _ = inner.sliceTop(1)
        for line in mail.text.split(separator: "\n", omittingEmptySubsequences: false) where inner.height > 0 {
            for part in Text.wrap(String(line), to: inner.width, lines: inner.height) where inner.height > 0 {
                canvas.put(part, in: inner.sliceTop(1), style: Style(.text, on: .panel))
            }
        }
        return drawn
    }
}
