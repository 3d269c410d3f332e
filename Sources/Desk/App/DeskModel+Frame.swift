import Domain
import TerminalKit

/// One picture of the desk: what to draw, where the text cursor is, what lies where.
public struct Frame: Sendable {
    public var canvas: Canvas
    public var cursor: Point?
    public var hits: HitMap
}

extension DeskModel {
    public static let smallestSize = Size(columns: 80, rows: 24)
    /// From this width on a panel leaves part of the screen below visible.
    static let panelBesideFrom = 100
    static let mostPanelColumns = 116

    public func frame() -> Frame {
        var canvas = Canvas(size: size)
        guard !isTooSmall else { return tooSmall(&canvas) }
        if let lock {
            let drawn = lock.draw(on: &canvas, in: Rect(size), banner: isSandbox ? "SANDBOX" : "")
            return Frame(canvas: canvas, cursor: drawn.cursor, hits: drawn.hits)
        }
        var hits = HitMap()
        var cursor: Point?
        let header = drawHeader(on: &canvas)
        let first = stack.lastIndex { !$0.screen.isPanel } ?? 0
        for index in first..<stack.count {
            let layer = stack[index]
            let rect = rect(ofLayer: layer.id)
            if layer.screen.isPanel {
                canvas.dimBackdrop()
                drawHeader(on: &canvas)
                hits.removeAll()
            }
            let context = context(layer: layer.id)
            let drawn = layer.screen.draw(on: &canvas, in: rect, context)
            hits.merge(drawn.hits)
            cursor = drawn.cursor
        }
        hits.merge(header)
        hits.merge(drawHints(on: &canvas))
        if overlay != nil { cursor = nil }
        cursor = drawOverlay(on: &canvas, &hits) ?? cursor
        drawToasts(on: &canvas, &hits)
        return Frame(canvas: canvas, cursor: cursor, hits: hits)
    }

    /// A short toast stands on the line above the hints, the foot of every screen, beside what is there where it has room;
    /// a longer one takes that line and the hints for its seconds, and only what went wrong at length a line above. Neither
    /// a selected row nor the end of a page lies there.
    private func drawToasts(on canvas: inout Canvas, _ hits: inout HitMap) {
        guard !toasts.isEmpty else { return }
        let shown = toasts.map(\.toast)
        var room = Rect(size).bottom(shown.contains { $0.kind == .danger } ? 3 : 2)
        let rows = Toast.rows(shown, width: room.width, most: room.height)
        if rows == 1 {
            _ = room.sliceBottom(1)
            room = gap(in: room.bottom(1), for: Toast.columns(shown, in: room.width), on: canvas) ?? room
        }
        hits.merge(Toast.draw(shown, on: &canvas, in: room))
    }

    /// The right end of the widest empty part of a line; nil where it has no room.
    private func gap(in line: Rect, for columns: Int, on canvas: Canvas) -> Rect? {
        var widest = 0..<0
        var start = line.x
        for x in line.x...line.right where x == line.right || canvas.text(x: x, y: line.y) != " " {
            if x - start > widest.count { widest = start..<x }
            start = x + 1
        }
        guard widest.count >= columns + 1 else { return nil }
        return Rect(x: widest.upperBound - columns, y: line.y, width: columns, height: 1)
    }

    /// Nothing is shown then, so no key does anything but quit.
    var isTooSmall: Bool { !size.holds(Self.smallestSize) }

    private func tooSmall(_ canvas: inout Canvas) -> Frame {
        TooSmall.draw(on: &canvas)
        return Frame(canvas: canvas, cursor: nil, hits: HitMap())
    }

    func rect(ofLayer id: Int) -> Rect {
        let body = Rect(x: 0, y: 1, width: size.columns, height: max(0, size.rows - 2))
        guard let layer = stack.first(where: { $0.id == id }), layer.screen.isPanel,
            size.columns >= Self.panelBesideFrom
        else { return body }
        return body.right(min(size.columns - 12, Self.mostPanelColumns))
    }

    /// The words of the top line, each with the layer that it leads back to.
    var trail: [(title: String, layer: Int)] {
        var trail = [(title: "PortalDesk", layer: 0)]
        for (index, layer) in stack.enumerated() where layer.screen.scope != .portals || stack.count == 1 {
            trail += layer.screen.trail.map { ($0, index) }
        }
        return trail
    }

    @discardableResult
    private func drawHeader(on canvas: inout Canvas) -> HitMap {
        HeaderLine(path: trail.map(\.title), banner: isSandbox ? "SANDBOX" : "", notes: headerNotes).draw(
            on: &canvas, in: Rect(x: 0, y: 0, width: size.columns, height: 1))
    }

    /// Where room is short the first ones go first: on a narrow screen what runs matters more than the time, and what waits
    /// for a person more than what runs; that nothing is sent any more stays longest.
    private var headerNotes: [Line] {
        let waiting = summary.jobs[.needsInput] ?? 0
        let clock = Line(TimeText.minute(now, offset: utcOffset), .text)
        let trail = trailProblem == nil ? [] : [Line("✗ audit trail", .danger, .bold)]
        guard size.columns >= 100 else {
            if !trail.isEmpty { return trail + [clock] }
            let isBusy = summary.jobs.contains { !$0.key.isFinished && $0.value > 0 }
            let need = waiting > 0 ? [Line("? \(waiting.grouped)", .info, .bold)] : []
            return isBusy ? [shortWorkerNote] + need : [workerNote, clock]
        }
        let isRoomy = size.columns >= 120
        let date = isRoomy ? TimeText.date(CivilTime(now, offset: utcOffset).date) + " " : ""
        let day = Line(date, .muted)
        let need = waiting > 0 ? [Line("? \(waiting.grouped) need input", .info, .bold)] : []
        let person = user.map { "\($0.name) (\($0.role.rawValue))" } ?? ""
        return (person.isEmpty || !isRoomy ? [] : [Line(person, .muted)]) + [workerNote] + need + trail + [day + clock]
    }

    /// Which note of the top line says how many jobs wait for a person; nil while none does.
    var needNote: Int? { headerNotes.firstIndex { $0.text.hasPrefix("?") } }

    /// Beside the longest titles of 80 columns, with `? 12` behind it.
    private static let narrowNote = 26

    private var shortWorkerNote: Line {
        guard workerNote.width > Self.narrowNote else { return workerNote }
        let running = summary.jobs[.running] ?? 0
        let waiting = (summary.jobs[.queued] ?? 0) + (summary.jobs[.retrying] ?? 0)
        return running > 0
            ? Line("● \(running.grouped) running · \(waiting.grouped) wait", .running)
            : Line("○ \(waiting.grouped) wait", .muted)
    }

    private var workerNote: Line {
        let running = summary.jobs[.running] ?? 0
        let queued = summary.jobs[.queued] ?? 0
        let retrying = summary.jobs[.retrying] ?? 0
        let jobs = running + queued + retrying
        // What waits for a person needs no worker.
        let actions = summary.actions.queued + summary.actions.inDoubt + summary.actions.retrying
        // What the dead one had begun waits like the rest.
        if isWorkerMissing, jobs + actions > 0 {
            return Line("! no worker · \((jobs + actions).grouped) wait", .warning, .bold)
        }
        guard jobs > 0 else {
            let words = Counted.text(actions, "action")
            if summary.actions.queued > 0 { return Line("● \(words)", .running) }
            // Jobs are none, but what waits for the end of an outage is no idleness.
            return Line(actions > 0 ? "○ \(words) \(actions == 1 ? "waits" : "wait")" : "○ idle", .muted)
        }
        var parts: [String] = []
        if running > 0 { parts.append("\(running.grouped) running") }
        if queued > 0 { parts.append("\(queued.grouped) queued") }
        if retrying > 0 { parts.append("\(retrying.grouped) retrying") }
        return Line("\(running > 0 ? "●" : "○") " + parts.joined(separator: " · "), running > 0 ? .running : .muted)
    }

    /// The commands of the hints bar, in their order. Inside a screen the way back matters more than the way out.
    private var hinted: [Command] {
        let all = named
        guard stack.count > 1, let back = all.firstIndex(where: { $0.id == .back }) else { return all }
        // The way back stands beside what is always kept, so that it is never left out.
        let general = all.filter { $0.id == .palette || $0.id == .help }
        return all.filter { $0.id != .back && $0.id != .palette && $0.id != .help } + [all[back]] + general
    }

    private var named: [Command] {
        CommandTable.commands(in: scope).filter { command in
            guard !command.hint.isEmpty, top?.screen.hints(command.id) != false else { return false }
            // What this person may never do here only takes room from what they may; help and palette name it, with why.
            guard let top, context(layer: top.id).refusal(command.id, scope) == nil else { return false }
            switch command.id {
            case .quit: return stack.count == 1
            // Of use only while something is searched for.
            case .nextMatch, .previousMatch: return disabledReason(command.id) == nil
            // A demo's own.
            case .inbox: return isDemo
            // Where nobody is asked there is nothing to answer; inside a screen its own keys matter more.
            case .goRelay: return stack.count == 1 && (summary.jobs[.needsInput] ?? 0) > 0
            default: return true
            }
        }
    }

    /// At the end of the bar: back, every command, help; on the main screen every command, help, quit.
    private static let keptHints = 3

    var hintCommands: [CommandId] { hinted.map(\.id) }

    private func drawHints(on canvas: inout Canvas) -> HitMap {
        let rect = Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1)
        let hints = hinted.map { command in
            HintsBar.Hint(
                keys: labels(of: command).first ?? "", title: command.hint,
                isEnabled: disabledReason(command.id) == nil)
        }
        // Somebody whom a portal waits for is told how to answer, also where room is short.
        let isAsked = hintCommands.contains(.goRelay)
        return HintsBar(hints: hints, keptLast: Self.keptHints + (isAsked ? 1 : 0)).draw(
            on: &canvas, in: rect)
    }

    private func drawOverlay(on canvas: inout Canvas, _ hits: inout HitMap) -> Point? {
        let screen = Rect(size)
        guard let overlay else { return nil }
        hits.removeAll()
        switch overlay {
        case .help(let query, let scroll):
            return help.draw(query: query, offset: scroll, on: &canvas, in: screen).cursor
        case .palette(let editor, let selected):
            let drawing = palette.draw(
                query: editor, hits: palette.hits(for: editor.text), selected: selected, on: &canvas, in: screen)
            hits.merge(drawing.hits)
            return drawing.cursor
        case .question(let question, let focused, let scroll):
            hits.merge(question.dialog.draw(focused: focused, scroll: scroll, on: &canvas, in: screen))
            return nil
        case .prompt(let prompt, let editor, let isRefused):
            return prompt.draw(editor, isRefused: isRefused, accept: keys.label(.enter), on: &canvas, in: screen)
        case .menu(let menu, let selected):
            hits.merge(menu.widget.draw(selected: selected, on: &canvas, anchor: menu.anchor, in: screen))
            return nil
        }
    }
}
