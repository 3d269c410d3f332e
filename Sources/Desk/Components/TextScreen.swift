import Domain
import Services
import TerminalKit

/// A screen that is one text under a head of a few lines: it scrolls, wraps, and goes to the clipboard as a whole.
protocol TextScreen: Screen {
    associatedtype Content: Sendable
    var text: ScrolledText<Content> { get set }

    /// What it shows, as toasts and reasons name it: `evidence`.
    static var noun: String { get }
    /// Whether a commit may change what it shows.
    static var isLive: Bool { get }
    /// Asks for the content; nil for one that is given with the screen.
    func reading(_ ticket: Ticket) -> Effect?
    static func content(of loaded: Loaded) -> Content?
    /// The lines above the rule.
    func head(_ content: Content, _ context: ScreenContext) -> [Line]
    func lines(_ content: Content, _ context: ScreenContext) -> [Line]
}

/// What such a screen keeps.
struct ScrolledText<Content: Sendable>: Sendable {
    fileprivate(set) var content: Content?
    fileprivate var failure: Complaint?
    fileprivate var state = PagerState(wraps: true)
    fileprivate var pager = Pager(lines: [])

    init(_ content: Content? = nil) { self.content = content }
}

extension TextScreen {
    static var isLive: Bool { false }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] { updateText(event, context) }

    /// What every text does with an event; a screen looks before at what it has of its own.
    mutating func updateText(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .command(.refresh): return read(context)
        case .changed: return Self.isLive ? read(context) : []
        case .loaded(.failed(let complaint), _): text.failure = complaint
        case .loaded(let loaded, _):
            if let content = Self.content(of: loaded) { show(content, context) }
        case .command(.copy): return copy()
        case .command(.wrap): scroll("w", context)
        case .command(.back): return [.pop]
        case .key(let key): scroll(key, context)
        case .mouse(_, let event):
            if event.action == .wheelUp { scroll(by: -3, context) }
            if event.action == .wheelDown { scroll(by: 3, context) }
        default: break
        }
        return []
    }

    private mutating func read(_ context: ScreenContext) -> [Effect] {
        if let effect = reading(context.ticket(0)) { return [effect] }
        if let content = text.content { show(content, context) }
        return []
    }

    private mutating func show(_ content: Content, _ context: ScreenContext) {
        text.content = content
        text.failure = nil
        text.pager = Pager(lines: lines(content, context))
    }

    private mutating func scroll(_ key: Key, _ context: ScreenContext) {
        let (pager, size) = (text.pager, size(context))
        _ = pager.handle(key, &text.state, in: size)
    }

    private mutating func scroll(by rows: Int, _ context: ScreenContext) {
        let (pager, size) = (text.pager, size(context))
        pager.scroll(&text.state, by: rows, in: size)
    }

    /// Brings the first line that fits to the top, or as far up as the text reaches.
    mutating func goTo(_ context: ScreenContext, where fits: (Line) -> Bool) {
        guard let line = text.pager.lines.firstIndex(where: fits) else { return }
        let (pager, size) = (text.pager, size(context))
        pager.show(line: line, &text.state, in: size)
    }

    private func copy() -> [Effect] {
        guard text.content != nil else { return [] }
        let lines = text.pager.lines.map(\.text).joined(separator: "\n")
        return [
            .copy(lines + "\n"),
            .toast(Toast(.info, "\(Self.noun.startingUpper) sent to the terminal's clipboard")),
        ]
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? { textReason(command) }

    func textReason(_ command: CommandId) -> String? {
        command == .copy && text.content == nil ? "The \(Self.noun) is not loaded" : nil
    }

    /// Head, rule and foot leave this much.
    private func size(_ context: ScreenContext) -> Size {
        let rows = text.content.map { head($0, context).count } ?? 0
        return Size(columns: max(1, context.rect.width - 2), rows: max(1, context.rect.height - rows - 2))
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var rest = rect.inset(left: 1, right: 1)
        guard let content = text.content else {
            let line = text.failure.map { Line($0.description.startingUpper, .danger) } ?? Line("Loading…", .muted)
            canvas.put(line, in: rest.row(1))
            return Drawn()
        }
        for line in head(content, context) { canvas.put(line, in: rest.sliceTop(1)) }
        let rule = rest.sliceTop(1)
        canvas.hline(x: rect.x, y: rule.y, width: rect.width, style: Style(.border))
        let foot = rest.sliceBottom(1)
        text.pager.draw(text.state, on: &canvas, in: rest)
        let count = Counted.text(text.pager.lines.count, "line")
        canvas.put(count + (text.state.wraps ? " · wrapped" : ""), in: foot, style: Style(.muted))
        canvas.put(text.pager.moreNote(text.state, in: rest), in: foot, alignment: .right)
        var hits = HitMap()
        hits.add(rect, HitTarget("text"))
        return Drawn(hits: hits)
    }
}
