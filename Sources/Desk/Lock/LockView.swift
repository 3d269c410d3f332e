import Secrets
import TerminalKit

extension LockState {
    func draw(on canvas: inout Canvas, in rect: Rect, banner: String) -> Drawn {
        canvas.fill(rect, style: Style())
        if let recoveryCode {
            let intro = "This workspace now has a vault. When every password is lost, only this code opens it:"
            RecoveryCodePage.draw(recoveryCode, intro: intro, on: &canvas, in: rect)
            return Drawn()
        }
        let drawing = FormDialog(title: banner.isEmpty ? "PortalDesk" : "PortalDesk · \(banner)", form: form, width: 64)
            .draw(state, on: &canvas, in: rect)
        return Drawn(hits: drawing.hits, cursor: isBusy ? nil : drawing.cursor)
    }
}
