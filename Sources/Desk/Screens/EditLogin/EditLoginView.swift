import Domain
import TerminalKit

extension EditLoginScreen {
    private func frame(in rect: Rect, _ context: ScreenContext) -> Rect {
        let width = min(72, rect.width - 2)
        return rect.centred(Size(columns: width, rows: form(context).height(width: width - 4) + 3))
    }

    private var title: String {
        "Edit · \(account.business.isEmpty ? account.portal.shortName : Text.clip(account.business, to: 34)) · \(account.identity)"
    }

    public func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let frame = frame(in: rect, context)
        Overlay.draw(frame, title: Line(title, .heading, .bold), on: &canvas)
        return form(context).draw(state, on: &canvas, in: frame.inset(left: 2, top: 2, right: 2, bottom: 1)).hits
    }

    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? {
        guard !isBusy else { return nil }
        var scratch = Canvas(size: context.size)
        let frame = frame(in: rect, context)
        return form(context).draw(state, on: &scratch, in: frame.inset(left: 2, top: 2, right: 2, bottom: 1)).cursor
    }
}
