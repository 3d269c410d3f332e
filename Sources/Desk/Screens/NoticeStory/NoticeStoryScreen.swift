import Domain
import Services
import TerminalKit

/// Everything that happened to one notice, newest first: what the portal changed, what people wrote and did. Notes stand
/// here in full.
struct NoticeStoryScreen: Screen {
    let notice: Notice
    var dossier: NoticeDossier?
    var pager = PagerState(wraps: true)
    var problem = ""

    init(notice: Notice) { self.notice = notice }

    var scope: CommandScope { .noticeStory }
    var trail: [String] { ["History"] }
    var isPanel: Bool { true }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed, .command(.refresh): return [.loadDossier(notice.id, context.ticket(0))]
        case .command(.back): return [.pop]
        case .key(let key): scroll(key, context)
        case .mouse(let target, let event) where event.action == .press:
            return target.name == "close" ? [.pop] : []
        case .mouse(_, let event) where event.action == .wheelUp: scroll(.up, context)
        case .mouse(_, let event) where event.action == .wheelDown: scroll(.down, context)
        case .loaded(.dossier(let found), _):
            dossier = found
            problem = found == nil ? "The notice is gone." : ""
        case .loaded(.failed(let complaint), _): problem = complaint.description
        default: break
        }
        return []
    }

    private mutating func scroll(_ key: Key, _ context: ScreenContext) {
        _ = text(context).handle(key, &pager, in: body(context.rect).size)
    }

    private func body(_ rect: Rect) -> Rect { rect.inset(columns: 3, rows: 2) }

    /// One line each; further rows of a long one stand under its words.
    private func text(_ context: ScreenContext) -> Pager {
        guard let dossier else { return Pager(lines: []) }
        var entries = dossier.changes.map { (at: $0.at, who: "portal", what: $0.words) }
        entries += dossier.notes.map { (at: $0.at, who: $0.author, what: "“\($0.text)”") }
        // A note speaks for itself.
        entries += dossier.deeds.filter { $0.what != NoticeDossier.noteWords }
            .map { (at: $0.at, who: $0.who, what: $0.what) }
        let newest = entries.enumerated().sorted { ($0.element.at, $0.offset) > ($1.element.at, $1.offset) }
            .map(\.element)
        let first = dossier.notice
        let began = (
            at: first.firstSeenAt, who: first.isManual ? "desk" : "portal",
            what: first.isManual ? "entered by hand" : "seen for the first time"
        )
        var lines: [Line] = []
        for entry in newest + (first.isManual ? [] : [began]) {
            let who = Text.clip(entry.who, to: 10)
            let gap = String(repeating: " ", count: max(1, 12 - Text.width(who)))
            lines.append(
                Line("\(context.full(entry.at))  ", .muted) + Line(who + gap, entry.who == "portal" ? .info : .accent)
                    + Line(HarmlessText.line(entry.what, limit: NoticeNote.longest + 2)))
        }
        return Pager(lines: lines, indents: lines.map { _ in 33 })
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var drawn = Drawn()
        let name = notice.facts.reference.isEmpty ? notice.identity.text : notice.facts.reference
        _ = PanelFrame.draw("History · \(Text.clip(name, to: 40))", on: &canvas, in: rect, hits: &drawn.hits)
        let body = body(rect)
        drawn.hits.add(body, HitTarget("story"))
        if dossier == nil || !problem.isEmpty {
            let words = problem.isEmpty ? "Loading…" : "✗ \(problem)"
            canvas.put(words, in: body, style: Style(problem.isEmpty ? .muted : .danger, on: .panel))
            return drawn
        }
        let text = text(context)
        text.draw(pager, on: &canvas, in: body, surface: .panel)
        canvas.put(
            text.moreNote(pager, in: body), in: Rect(x: body.x, y: body.bottom, width: body.width, height: 1),
            surface: .panel, alignment: .right)
        return drawn
    }
}
