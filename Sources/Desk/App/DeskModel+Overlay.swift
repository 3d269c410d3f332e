import Domain
import Services
import TerminalKit

extension DeskModel {
    mutating func handleOverlay(_ key: Key) -> [Effect] {
        switch overlay {
        case .help(let query, let scroll): return handleHelp(key, query, scroll)
        case .palette(let editor, let selected): return handlePalette(key, editor, selected)
        case .question(let question, let focused, let scroll): return handleQuestion(key, question, focused, scroll)
        case .prompt(let prompt, let editor, _): return handlePrompt(key, prompt, editor)
        case .menu(let menu, let selected): return handleMenu(key, menu, selected)
        case nil: return []
        }
    }

    /// Letters search at once; the arrows scroll.
    private mutating func handleHelp(_ key: Key, _ query: LineEditor, _ scroll: Int) -> [Effect] {
        switch key {
        case .escape, .function(1), .enter: overlay = nil
        case .down: overlay = .help(query, scroll: scroll + 1)
        case .up: overlay = .help(query, scroll: max(0, scroll - 1))
        case .pageDown: overlay = .help(query, scroll: scroll + 10)
        case .pageUp: overlay = .help(query, scroll: max(0, scroll - 10))
        default:
            var editor = query
            if editor.handle(key) { overlay = .help(editor, scroll: 0) }
        }
        return []
    }

    private mutating func handlePalette(_ key: Key, _ editor: LineEditor, _ selected: Int) -> [Effect] {
        let hits = palette.hits(for: editor.text)
        switch key {
        case .escape: overlay = nil
        case .up, .control("p"): overlay = .palette(editor, selected: max(0, selected - 1))
        case .down, .control("n"): overlay = .palette(editor, selected: min(max(0, hits.count - 1), selected + 1))
        case .enter: return choose(hits, selected)
        default:
            var editor = editor
            if editor.handle(key) { overlay = .palette(editor, selected: 0) }
        }
        return []
    }

    private mutating func choose(_ hits: [Palette.Hit], _ index: Int) -> [Effect] {
        guard hits.indices.contains(index), let command = CommandId(rawValue: hits[index].item.id) else { return [] }
        overlay = nil
        return give(command)
    }

    private mutating func handleQuestion(
        _ key: Key, _ question: Question, _ focused: Int, _ scroll: Int
    ) -> [Effect] {
        if key == "y" { return answer(question, isYes: true) }
        if key == "n" { return answer(question, isYes: false) }
        if let rows = Self.rows(of: key) {
            let last = question.dialog.lastScroll(in: Rect(size))
            overlay = .question(question, focused: focused, scroll: min(max(0, scroll + rows), last))
            return []
        }
        switch question.dialog.handle(key, focused: focused) {
        case .focus(let index): overlay = .question(question, focused: index, scroll: scroll)
        case .chosen(let id): return answer(question, isYes: id == "yes")
        case .cancelled: return answer(question, isYes: false)
        case nil: break
        }
        return []
    }

    /// By how many rows a key scrolls what is read; nil for any other key.
    private static func rows(of key: Key) -> Int? {
        switch key {
        case .up: -1
        case .down: 1
        case .pageUp: -5
        case .pageDown: 5
        default: nil
        }
    }

    private mutating func answer(_ question: Question, isYes: Bool) -> [Effect] {
        overlay = nil
        guard isYes else {
            stay()
            return []
        }
        if question.id == "quit" { return carryOut([.quit]) }
        if question.id == Self.unsaved { return goOn() }
        return send(.answered(.yes(id: question.id)))
    }

    private mutating func handlePrompt(_ key: Key, _ prompt: Prompt, _ editor: LineEditor) -> [Effect] {
        switch key {
        case .escape: return leavePrompt(prompt, editor)
        case .enter:
            guard prompt.needed.isEmpty || !editor.text.trimmed.isEmpty else {
                var prompt = prompt
                prompt.refusal = ""
                overlay = .prompt(prompt, editor, isRefused: true)
                return []
            }
            overlay = nil
            return send(.answered(.text(id: prompt.id, editor.text)))
        default:
            var editor = key.typed == nil ? editor : prompt.field(editor)
            if editor.handle(key) { overlay = .prompt(prompt, editor, isRefused: false) }
        }
        return []
    }

    private mutating func handleMenu(_ key: Key, _ menu: ActionsMenu, _ selected: Int) -> [Effect] {
        // An entry's own key chooses it at once.
        if let entry = menu.entries.first(where: { !$0.key.isEmpty && Key(parsing: $0.key) == key }) {
            return choose(entry)
        }
        switch menu.widget.handle(key, selected: selected) {
        case .select(let index): overlay = .menu(menu, selected: index)
        case .chosen(let id):
            if let entry = menu.entries.first(where: { $0.command.rawValue == id }) { return choose(entry) }
        case .refused(let reason): return [show(Toast(.warning, reason))]
        case .cancelled: overlay = nil
        case nil: break
        }
        return []
    }

    private mutating func choose(_ entry: ActionsMenu.Entry) -> [Effect] {
        if let reason = entry.disabledReason { return [show(Toast(.warning, reason))] }
        overlay = nil
        return give(entry.command)
    }

    mutating func handleOverlay(_ target: HitTarget?, _ event: MouseEvent) -> [Effect] {
        guard event.action == .press else { return scrollOverlay(event) }
        switch (overlay, target?.name) {
        case (.menu(let menu, _), "entry"):
            guard let index = target?.index, menu.entries.indices.contains(index) else { return [] }
            return choose(menu.entries[index])
        case (.question(let question, _, _), "button"): return answer(question, isYes: target?.index == 0)
        case (.palette(let editor, _), "item"): return choose(palette.hits(for: editor.text), target?.index ?? 0)
        case (.menu, _), (.palette, _), (.help, _): overlay = nil
        default: break
        }
        return []
    }

    private mutating func scrollOverlay(_ event: MouseEvent) -> [Effect] {
        guard event.action == .wheelUp || event.action == .wheelDown else { return [] }
        return handleOverlay(event.action == .wheelUp ? Key.up : Key.down)
    }

    /// Every command that can be given here, with its key and, when it cannot be given, the reason.
    var palette: Palette {
        let items = CommandTable.commands(in: scope).filter { $0.id != .palette && $0.id != .back }.map { command in
            Palette.Item(
                id: command.id.rawValue, title: command.title,
                keys: labels(of: command).joined(separator: " "), disabledReason: disabledReason(command.id))
        }
        return Palette(items: items)
    }
}

extension Question {
    var dialog: Dialog { .confirm(title: title, facts: facts, notes: notes, body: body, yes: yes, no: "No") }
}

extension ActionsMenu {
    var widget: Menu {
        Menu(
            title: title,
            entries: entries.map { entry in
                Menu.Entry(
                    id: entry.command.rawValue, key: entry.key, title: entry.title, disabledReason: entry.disabledReason
                )
            })
    }
}
