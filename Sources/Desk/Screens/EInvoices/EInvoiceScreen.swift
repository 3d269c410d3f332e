import Domain
import Services
import TerminalKit

/// One e-invoice whole: what was sent, what the portal gave, and its signed QR.
struct EInvoiceScreen: Screen {
    let id: OperationId
    var dossier: EInvoiceService.Dossier?
    var failure: Complaint?
    var deeds = EInvoiceDeeds()
    var pager = PagerState(wraps: true)
    /// Whether the QR has the screen for itself.
    var isPictureLarge = false
    private(set) var qr: SignedQr?
    private(set) var document = Pager(lines: [])

    init(id: OperationId) { self.id = id }

    var scope: CommandScope { .eInvoice }
    var trail: [String] { ["Invoice"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh):
            return [.eInvoices(.dossier(id, drawsQr: true), context.ticket(0))]
        case .command(let command): return give(command, context)
        case .resized: if isPictureLarge { qr?.fit(Self.room(context.rect)) }
        case .key(let key) where isPictureLarge: _ = qr?.move(key, Self.room(context.rect))
        case .answered(let answer): return deeds.answered(answer, context) ?? []
        case .loaded(let loaded, _): return take(loaded, context)
        case .key(let key): _ = document.handle(key, &pager, in: size(context))
        case .mouse(_, let event):
            if event.action == .wheelUp { document.scroll(&pager, by: -3, in: size(context)) }
            if event.action == .wheelDown { document.scroll(&pager, by: 3, in: size(context)) }
        default: break
        }
        return []
    }

    private mutating func take(_ loaded: Loaded, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .eInvoice(let found):
            if found.qr != dossier?.qr {
                qr = found.qr.flatMap(SignedQr.init)
            }
            dossier = found
            failure = nil
            document = Pager(lines: EInvoicePaper.lines(found, context))
        case .verdict(let verdict): return [.toast(EInvoiceDeeds.toast(verdict))]
        case .fileExists(let file): return deeds.exists(file)
        case .done(let text):
            return [.toast(Toast(.success, text)), .eInvoices(.dossier(id, drawsQr: true), context.ticket(0))]
        case .failed(let complaint):
            guard dossier != nil else {
                failure = complaint
                return []
            }
            return [.toast(Toast(complaint))]
        default: break
        }
        return []
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .back:
            guard isPictureLarge else { return [.pop] }
            isPictureLarge = false
            return []
        case .picture:
            isPictureLarge.toggle()
            qr?.fit(Self.room(context.rect))
            return []
        case .zoomIn, .zoomOut:
            if isPictureLarge {
                qr?.zoom(by: command == .zoomIn ? 1 : -1, Self.room(context.rect))
            } else {
                isPictureLarge = true
                qr?.fit(Self.room(context.rect))
            }
            return []
        default: return dossier.flatMap { deeds.give(command, $0.invoice, context) } ?? []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .picture:
            return absence
        case .zoomIn:
            return isPictureLarge && qr?.zoom == SignedQr.mostZoom ? "This is the largest" : absence
        case .zoomOut: return isPictureLarge && qr?.zoom == 0 ? "The whole of it is shown" : absence
        case .cancel, .makeBill, .verify, .export, .print, .copy:
            return EInvoiceDeeds.reason(command, dossier?.invoice, context)
        case .evidence: return dossier == nil ? "The invoice is not loaded" : nil
        default: return nil
        }
    }

    /// Why there is no QR to show.
    private var absence: String? {
        if qr != nil { return nil }
        let told = dossier?.absence ?? ""
        return told.isEmpty ? "It is not registered: it has no QR" : told
    }

    /// Sizes belong to the QR alone, deeds to the invoice.
    func hints(_ command: CommandId) -> Bool {
        switch command {
        case .zoomIn, .zoomOut: isPictureLarge
        case .cancel, .verify, .makeBill, .evidence, .picture: !isPictureLarge
        default: true
        }
    }

    // MARK: Drawing

    private struct Layout {
        var head: Rect
        var rule: Rect
        var text: Rect
        var foot: Rect
        /// Empty where the QR has no room beside the text.
        var picture: Rect

        /// Columns that the text needs beside the QR.
        private static let least = 60

        init(_ rect: Rect, _ qr: SignedQr?) {
            var rest = rect
            foot = rest.sliceBottom(1).inset(left: 1, right: 1)
            var wanted = qr?.size(1) ?? Size(columns: 0, rows: 0)
            wanted.columns += SignedQr.margin
            let fits = qr != nil && rest.width >= wanted.columns + Self.least && rest.height >= wanted.rows
            self.picture = fits ? rest.sliceRight(wanted.columns) : Rect(x: 0, y: 0, width: 0, height: 0)
            head = rest.sliceTop(4).inset(left: 1, right: 1)
            rule = rest.sliceTop(1)
            text = rest.inset(left: 1, right: 1)
        }
    }

    private func size(_ context: ScreenContext) -> Size {
        let text = layout(context.rect, context).text
        return Size(columns: max(1, text.width), rows: max(1, text.height))
    }

    /// Where a terminal has only ASCII no reader would understand the blocks.
    private func layout(_ rect: Rect, _ context: ScreenContext) -> Layout {
        Layout(rect, context.keys.isAscii ? nil : qr)
    }

    /// What the QR alone has: all but two lines above it.
    private static func room(_ rect: Rect) -> Size { Size(columns: rect.width, rows: max(0, rect.height - 2)) }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        drawn.hits.add(rect, HitTarget("invoice"))
        guard let dossier else {
            let line = failure.map { Line($0.description.startingUpper, .danger) } ?? Line("Loading…", .muted)
            canvas.put(line, in: rect.inset(left: 1, right: 1).row(0))
            return drawn
        }
        if isPictureLarge, let qr {
            drawLarge(qr, dossier, on: &canvas, in: rect, context)
            return drawn
        }
        let layout = layout(rect, context)
        let words = EInvoiceWords(invoice: dossier.invoice, dossier: dossier, context: context)
        for (index, line) in [words.head, words.state, words.number, words.acknowledgement].enumerated() {
            canvas.put(line, in: layout.head.row(index))
        }
        canvas.hline(x: layout.rule.x, y: layout.rule.y, width: layout.rule.width, style: Style(.border))
        document.draw(pager, on: &canvas, in: layout.text)
        if !layout.picture.isEmpty { qr?.drawSmall(on: &canvas, in: layout.picture) }
        canvas.put(footer(layout.picture.isEmpty, context), in: layout.foot)
        canvas.put(document.moreNote(pager, in: layout.text), in: layout.foot, alignment: .right)
        return drawn
    }

    private func footer(_ isHidden: Bool, _ context: ScreenContext) -> Line {
        let count = Line(Counted.text(document.lines.count, "line"), .muted)
        guard qr != nil, isHidden else { return count }
        return count + Line(" · \(context.label(.picture, scope)) shows the signed QR", .muted)
    }

    private func drawLarge(
        _ qr: SignedQr, _ dossier: EInvoiceService.Dossier, on canvas: inout Canvas, in rect: Rect,
        _ context: ScreenContext
    ) {
        var rest = rect
        let head = rest.sliceTop(2).inset(left: 1, right: 1)
        canvas.put(Line("Signed QR", .heading, .bold) + Line(" · \(dossier.invoice.operation.title)"), in: head.row(0))
        canvas.put(note(qr, rect, context), in: head.row(1))
        if !context.keys.isAscii { qr.draw(on: &canvas, in: rest) }
    }

    /// Whether a camera can read what is shown, and what would help where it cannot.
    private func note(_ qr: SignedQr, _ rect: Rect, _ context: ScreenContext) -> Line {
        if context.keys.isAscii {
            return Line("This terminal shows only ASCII; \(context.label(.export, scope)) writes a PNG", .warning)
        }
        let room = Self.room(rect)
        if qr.isWhole(in: room) {
            return Line("✓ whole: it can be scanned", .success)
                + Line(" · size \(qr.zoom) of \(SignedQr.mostZoom)", .muted)
        }
        // The window that the smallest size to be scanned needs, or the one that is shown.
        let wanted = qr.size(max(qr.zoom, 1))
        let columns = wanted.columns + SignedQr.margin + context.size.columns - room.columns
        let rows = wanted.rows + context.size.rows - room.rows
        let least = DeskModel.smallestSize
        let need = "\(max(columns, least.columns))x\(max(rows, least.rows))"
        guard qr.zoom > 0 else {
            return Line("! too fine to scan unless the terminal draws pixels", .warning)
                + Line(" · size 1 needs \(need)", .muted)
        }
        return Line("! a part: it cannot be scanned", .warning)
            + Line(" · size \(qr.zoom) of \(SignedQr.mostZoom) needs \(need) · arrows move it", .muted)
    }
}
