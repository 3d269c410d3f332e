import Domain
import Secrets
import Services
import TerminalKit

extension AuthenticatorScreen {
    /// Columns beside the picture that the letters and the form need.
    private static let besideColumns = 34
    private static let gap = 3

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        var inner = PanelFrame.draw("Authenticator app", on: &canvas, in: rect, hits: &drawn.hits)
        switch phase {
        case .idle, .waiting, .removing:
            canvas.put("Please wait…", in: inner.sliceTop(1), style: Style(.muted, on: .panel))
        case .failed(let text): put("✗ \(text)", .danger, on: &canvas, in: &inner)
        case .set(let since):
            put("✓ Set up since \(context.full(since)).", .success, on: &canvas, in: &inner)
            put(notAskedFor, .muted, on: &canvas, in: &inner)
        case .enrolling(let offer), .checking(let offer): drawOffer(offer, on: &canvas, in: &inner, context)
        }
        _ = inner.sliceTop(1)
        let height = form.height(width: inner.width)
        let drawing = form.draw(state, on: &canvas, in: inner.top(height), surface: .panel)
        drawn.hits.merge(drawing.hits)
        switch phase {
        case .enrolling, .set: drawn.cursor = drawing.cursor
        default: break
        }
        return drawn
    }

    /// Leaves in `inner` the room for the form.
    private func drawOffer(
        _ offer: AuthenticatorOffer, on canvas: inout Canvas, in inner: inout Rect, _ context: ScreenContext
    ) {
        let absence = absence(offer, inner, context)
        if absence.isEmpty, let code = offer.code {
            var picture = inner.sliceLeft(code.columns)
            for line in code.lines { canvas.put(line, in: picture.sliceTop(1), style: Style(.text, on: .paper)) }
            _ = inner.sliceLeft(Self.gap)
            put("Scan the picture with your authenticator app, or type these letters into it:", on: &canvas, in: &inner)
        } else {
            put(absence, .warning, on: &canvas, in: &inner)
            _ = inner.sliceTop(1)
            put("Type these letters into your authenticator app:", on: &canvas, in: &inner)
        }
        _ = inner.sliceTop(1)
        let groups = offer.enrolment.letters.withBytes { String(decoding: $0, as: UTF8.self) }.split(separator: " ")
        for half in [groups.prefix(groups.count / 2), groups.dropFirst(groups.count / 2)] {
            canvas.put(half.joined(separator: " "), in: inner.sliceTop(1), style: Style(.accent, on: .panel, .bold))
        }
        _ = inner.sliceTop(1)
        put("Then enter the code that the app shows. Until then nothing is set up.", on: &canvas, in: &inner)
        if !isAskedFor { _ = inner.sliceTop(1) }
        put(notAskedFor, .muted, on: &canvas, in: &inner)
    }

    /// Why there is no picture; empty when it has room.
    private func absence(_ offer: AuthenticatorOffer, _ inner: Rect, _ context: ScreenContext) -> String {
        guard let code = offer.code else { return offer.absence }
        if context.keys.isAscii { return "This terminal shows only ASCII, so there is no QR code." }
        let lacking = Size(
            columns: max(0, code.columns + Self.gap + Self.besideColumns - inner.width),
            rows: max(0, code.rows - inner.height))
        guard lacking != Size(columns: 0, rows: 0) else { return "" }
        let need = Size(columns: context.size.columns + lacking.columns, rows: context.size.rows + lacking.rows)
        return "The QR code needs a window of \(need.columns)x\(need.rows); "
            + "this one is \(context.size.columns)x\(context.size.rows)."
    }

    private var notAskedFor: String {
        isAskedFor ? "" : "Codes are still mailed: config.toml does not say confirm = \"totp\" under [reveal]."
    }

    private func put(_ text: String, _ role: Role = .text, on canvas: inout Canvas, in inner: inout Rect) {
        for line in Text.wrap(text, to: inner.width, lines: inner.height) where !text.isEmpty {
            canvas.put(line, in: inner.sliceTop(1), style: Style(role, on: .panel))
        }
    }
}
