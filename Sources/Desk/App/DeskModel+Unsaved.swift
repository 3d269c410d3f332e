import Domain
import TerminalKit

/// What somebody has typed is lost only when they say so: by whichever way they leave a form, one question.
extension DeskModel {
    /// Asks where going on would lose what somebody has typed into a form; nil where it loses nothing.
    ///
    /// - Parameter index: the layers above it go.
    mutating func unlessUnsaved(above index: Int, leadsTo destination: Destination) -> [Effect]? {
        guard let form = stack.dropFirst(index + 1).last(where: { $0.screen.holdsUnsaved }) else { return nil }
        return askBeforeLosing(form.screen.trail.last ?? form.screen.scope.title, leadsTo: destination)
    }

    /// What a form answered to a key or a click: where it would go although something was typed, a question takes the
    /// place of that.
    mutating func askedBeforeLosing(_ effects: [Effect], at index: Int) -> [Effect] {
        let leaves = effects.contains { if case .pop = $0 { true } else { false } }
        guard leaves, index > 0, let question = unlessUnsaved(above: index - 1, leadsTo: .layer(index - 1)) else {
            return effects
        }
        return effects.filter { if case .pop = $0 { false } else { true } } + question
    }

    /// Leaves a prompt; asks first where a text stands in it that somebody has composed.
    mutating func leavePrompt(_ prompt: Prompt, _ typed: LineEditor) -> [Effect] {
        overlay = nil
        guard prompt.isComposed, typed.text != prompt.initial, !typed.text.trimmed.isEmpty else { return [] }
        held = (prompt, typed)
        return askBeforeLosing(prompt.title, leadsTo: .promptLess)
    }

    private mutating func askBeforeLosing(_ name: String, leadsTo destination: Destination) -> [Effect] {
        self.destination = destination
        return carryOut([
            .ask(
                Question(
                    id: Self.unsaved, title: "Discard what you typed?",
                    body: "What was typed in \(name) would be lost.", yes: "Discard"))
        ])
    }

    static let unsaved = "unsaved"

    /// A person said yes to losing what was typed.
    mutating func goOn() -> [Effect] {
        held = nil
        switch destination {
        case .module(let kind): return leave(for: kind)
        case .layer(let index): return uncover(index)
        case .promptLess: return []
        }
    }

    /// A person keeps what was typed: a form is still there, a prompt comes back.
    mutating func stay() {
        guard let held else { return }
        overlay = .prompt(held.prompt, held.typed, isRefused: false)
        self.held = nil
    }
}

extension ScreenEvent {
    /// Whether somebody pressed or clicked something, as against what comes back or passes.
    var isByPerson: Bool {
        switch self {
        case .key, .command, .mouse: true
        default: false
        }
    }
}
