import Secrets
import TerminalKit

/// A recovery code, which is shown this one time.
enum RecoveryCodePage {
    /// Says that it is written down. No other key takes it away: it cannot be had again.
    static let key: Key = "w"

    /// - Parameter intro: why it is here, up to the code itself.
    static func draw(_ code: SecretBytes, intro: String, on canvas: inout Canvas, in rect: Rect) {
        let frame = rect.centred(Size(columns: min(rect.width - 2, 70), rows: 11))
        Overlay.draw(frame, title: Line("The vault's recovery code", .heading, .bold), on: &canvas)
        var inner = frame.inset(columns: 3, rows: 2)
        for line in Text.wrap(intro, to: inner.width, lines: 2) {
            canvas.put(line, in: inner.sliceTop(1), style: Style(.text, on: .dialog))
        }
        _ = inner.sliceTop(1)
        let text = code.withBytes { String(decoding: $0, as: UTF8.self) }
        canvas.put(text, in: inner.sliceTop(1), style: Style(.accent, on: .dialog, .bold))
        _ = inner.sliceTop(1)
        let end = "Write it down now and keep it elsewhere: it is not shown again. Press w when it is written down."
        for line in Text.wrap(end, to: inner.width, lines: 2) {
            canvas.put(line, in: inner.sliceTop(1), style: Style(.muted, on: .dialog))
        }
    }
}
