import Secrets
import TerminalKit

extension LockState {
    func draw(on canvas: inout Canvas, in rect: Rect, banner: String) -> Drawn {
        canvas.fill(rect, style: Style())
        guard recoveryCode == nil else { return drawCode(on: &canvas, in: rect) }
        let drawing = FormDialog(title: banner.isEmpty ? "PortalDesk" : "PortalDesk · \(banner)", form: form, width: 64)
            .draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isBusy ? nil : drawing.cursor)
    }

    private func drawCode(on canvas: inout Canvas, in rect: Rect) -> Drawn {
        let frame = rect.centred(Size(columns: min(rect.width - 2, 70), rows: 11))
        Overlay.draw(frame, title: Line("The vault's recovery code", .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 3, rows: 2)
        let intro = "This workspace now has a vault. When every password is lost, only this code opens it:"
        for line in Text.wrap(intro, to: inner.width, lines: 2) {
            canvas.put(line, in: inner.sliceTop(1), style: Style(.text, on: .dialog))
        }
        _ = inner.sliceTop(1)
        let code = recoveryCode?.withBytes { String(decoding: $0, as: UTF8.self) } ?? ""
        canvas.put(code, in: inner.sliceTop(1), style: Style(.accent, on: .dialog, .bold))
        _ = inner.sliceTop(1)
        let end = "Write it down now and keep it elsewhere: it is not shown again. Any key opens the desk."
        for line in Text.wrap(end, to: inner.width, lines: 2) {
            canvas.put(line, in: inner.sliceTop(1), style: Style(.muted, on: .dialog))
        }
        return Drawn()
    }
}
