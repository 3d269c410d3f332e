import Domain
import TerminalKit

extension EditLoginScreen {
    private var title: String {
        let business = account.business.isEmpty ? account.portal.shortName : Text.clip(account.business, to: 34)
        return "Edit · \(business) · \(account.identity)"
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        let drawing = FormDialog(title: title, form: form(context), width: 76).draw(state, on: &canvas, in: rect)
        guard let step = reveal, let form = step.form(context) else {
            return Drawn(hits: drawing.hits, cursor: isBusy ? nil : drawing.cursor)
        }
        canvas.dimBackdrop()
        let title = step == .reason ? "Show the password of \(account.identity)" : "The code for \(account.identity)"
        let dialog = FormDialog(title: title, form: form, width: 64).draw(revealState, on: &canvas, in: rect)
        return Drawn(hits: dialog.hits, cursor: step.isWaiting ? nil : dialog.cursor)
    }
}
