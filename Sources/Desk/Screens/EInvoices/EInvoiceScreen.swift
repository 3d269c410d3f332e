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
    private(set) var picture: PixelPicture?
    /// The same in half blocks, which need no colours.
    private var blocks: [String] = []
    private(set) var document = Pager(lines: [])

    init(id: OperationId) { self.id = id }

    var scope: CommandScope { .eInvoice }
    var trail: [String] { ["Invoice"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh):
            return [.eInvoices(.dossier(id, drawsQr: true), context.ticket(0))]
        case .command(let command): return give(command, context)
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
                picture = found.qr.flatMap(Self.picture)
                blocks = found.qr?.lines ?? []
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
            return []
        default: return dossier.flatMap { deeds.give(command, $0.invoice, context) } ?? []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .picture:
            if isPictureLarge { return nil }
            if picture != nil { return nil }
            let absence = dossier?.absence ?? ""
            return absence.isEmpty ? "It is not registered: it has no QR" : absence
        case .cancel, .makeBill, .verify, .export, .copy:
            return EInvoiceDeeds.reason(command, dossier?.invoice, context)
        case .evidence: return dossier == nil ? "The invoice is not loaded" : nil
        default: return nil
        }
    }

    /// Black modules on white; what it says is no secret, it is printed on paper.
    private static func picture(_ code: QrCode) -> PixelPicture? {
        var rgb: [UInt8] = []
        rgb.reserveCapacity(code.columns * code.columns * 3)
        for row in 0..<code.columns {
            for column in 0..<code.columns {
                let isDark = code.isDark(column - QrCode.quietZone, row - QrCode.quietZone)
                rgb += isDark ? [0, 0, 0] : [255, 255, 255]
            }
        }
        return PixelPicture(columns: code.columns, rows: code.columns, rgb: rgb)
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
        static let margin = 4

        init(_ rect: Rect, _ picture: PixelPicture?) {
            var rest = rect
            foot = rest.sliceBottom(1).inset(left: 1, right: 1)
            let wanted = Size(
                columns: (picture?.columns ?? 0) + Self.margin, rows: ((picture?.rows ?? 0) + 1) / 2)
            let fits = picture != nil && rest.width >= wanted.columns + Self.least && rest.height >= wanted.rows
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
        Layout(rect, context.keys.isAscii ? nil : picture)
    }

    private func drawBlocks(on canvas: inout Canvas, in rect: Rect) {
        let place = rect.centred(Size(columns: blocks.first?.count ?? 0, rows: blocks.count))
        for (index, line) in blocks.enumerated() where index < place.height {
            canvas.put(line, in: place.row(index), style: Style(.text, on: .paper))
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        drawn.hits.add(rect, HitTarget("invoice"))
        guard let dossier else {
            let line = failure.map { Line($0.description.startingUpper, .danger) } ?? Line("Loading…", .muted)
            canvas.put(line, in: rect.inset(left: 1, right: 1).row(0))
            return drawn
        }
        if isPictureLarge, let picture {
            drawLarge(picture, dossier, on: &canvas, in: rect, context)
            return drawn
        }
        let layout = layout(rect, context)
        let words = EInvoiceWords(invoice: dossier.invoice, dossier: dossier, context: context)
        for (index, line) in [words.head, words.state, words.number, words.acknowledgement].enumerated() {
            canvas.put(line, in: layout.head.row(index))
        }
        canvas.hline(x: layout.rule.x, y: layout.rule.y, width: layout.rule.width, style: Style(.border))
        document.draw(pager, on: &canvas, in: layout.text)
        if !layout.picture.isEmpty { drawBlocks(on: &canvas, in: layout.picture) }
        canvas.put(footer(layout.picture.isEmpty, context), in: layout.foot)
        return drawn
    }

    private func footer(_ isHidden: Bool, _ context: ScreenContext) -> Line {
        let count = Line(Counted.text(document.lines.count, "line"), .muted)
        guard picture != nil, isHidden else { return count }
        return count + Line(" · \(context.label(.picture, scope)) shows the signed QR", .muted)
    }

    private func drawLarge(
        _ picture: PixelPicture, _ dossier: EInvoiceService.Dossier, on canvas: inout Canvas, in rect: Rect,
        _ context: ScreenContext
    ) {
        var rest = rect
        let head = rest.sliceTop(1).inset(left: 1, right: 1)
        let rows = (picture.rows + 1) / 2
        let lacking = Size(
            columns: max(0, picture.columns + Layout.margin - rest.width), rows: max(0, rows - rest.height))
        let title = Line("Signed QR", .heading, .bold) + Line(" · \(dossier.invoice.operation.title)")
        guard lacking != Size(columns: 0, rows: 0) else {
            let words = "This terminal shows only ASCII; \(context.label(.export, scope)) writes a PNG"
            canvas.put(context.keys.isAscii ? Line(words, .warning) : title, in: head)
            if !context.keys.isAscii { drawBlocks(on: &canvas, in: rest) }
            return
        }
        let need = Size(columns: context.size.columns + lacking.columns, rows: context.size.rows + lacking.rows)
        canvas.put(
            Line("Too fine for this window unless the terminal draws pixels: ", .warning)
                + Line(
                    "\(need.columns)x\(need.rows) is needed, or \(context.label(.export, scope)) writes a PNG", .muted),
            in: head)
        canvas.put(picture, in: rest, growth: 1)
    }
}
