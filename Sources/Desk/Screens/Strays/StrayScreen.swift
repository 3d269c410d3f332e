import Domain
import Services
import TerminalKit

/// One record that was set aside: what is wrong with it, and what the portal sent.
struct StrayScreen: Screen {
    let id: StrayId
    var record: StrayService.Record?
    var failure: Complaint?
    var pager = PagerState(wraps: true)
    private(set) var document = Pager(lines: [])

    init(id: StrayId) { self.id = id }

    var scope: CommandScope { .stray }
    var trail: [String] { ["\(id)"] }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .command(.refresh): return [.loadStray(id, context.ticket(0))]
        case .loaded(.stray(let record), _):
            self.record = record
            failure = nil
            document = Pager(
                lines: record.text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) })
            return []
        case .loaded(.failed(let complaint), _):
            failure = complaint
            return []
        case .command(.copy):
            guard let record else { return [] }
            return [.copy(record.text + "\n"), .toast(Toast(.info, "Record sent to the terminal's clipboard"))]
        case .command(.wrap): _ = document.handle("w", &pager, in: size(context))
        case .command(.back): return [.pop]
        case .key(let key): _ = document.handle(key, &pager, in: size(context))
        case .mouse(_, let event):
            if event.action == .wheelUp { document.scroll(&pager, by: -3, in: size(context)) }
            if event.action == .wheelDown { document.scroll(&pager, by: 3, in: size(context)) }
        default: break
        }
        return []
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        command == .copy && record == nil ? "The record is not loaded" : nil
    }

    private static let headRows = 4

    private func size(_ context: ScreenContext) -> Size {
        Size(columns: max(1, context.rect.width - 2), rows: max(1, context.rect.height - Self.headRows - 1))
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var rest = rect.inset(left: 1, right: 1)
        guard let record else {
            canvas.put(
                failure.map { Line($0.description.startingUpper, .danger) } ?? Line("Loading…", .muted),
                in: rest.row(1))
            return Drawn()
        }
        let stray = record.stray
        let name = stray.business.isEmpty ? "" : " · \(stray.business)"
        let key = stray.key.isEmpty ? "no key could be read" : "key \(stray.key)"
        canvas.put(
            Line("\(stray.identity.portal.shortName) · \(stray.identity)", .heading, .bold)
                + Line("\(name) · \(stray.place.title) · \(key)"), in: rest.sliceTop(1))
        canvas.put(Line("Why it was set aside  ", .muted) + Line(stray.problem, .warning), in: rest.sliceTop(1))
        canvas.put(
            Line(
                "\(Counted.text(stray.byteCount, "byte")) · stood in \(Counted.text(stray.times, "fetch", "fetches")), first \(context.full(stray.firstSeenAt)), last \(context.full(stray.lastSeenAt))",
                .muted), in: rest.sliceTop(1))
        let rule = rest.sliceTop(1)
        canvas.hline(x: rect.x, y: rule.y, width: rect.width, style: Style(.border))
        let foot = rest.sliceBottom(1)
        document.draw(pager, on: &canvas, in: rest)
        let lines = Counted.text(document.lines.count, "line")
        canvas.put(lines + (pager.wraps ? " · wrapped" : ""), in: foot, style: Style(.muted))
        var hits = HitMap()
        hits.add(rect, HitTarget("record"))
        return Drawn(hits: hits)
    }
}
