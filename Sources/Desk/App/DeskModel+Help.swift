import Services
import TerminalKit

extension DeskModel {
    /// The keys of a command as hints, help and palette tell them: from within a field a general command has only those
    /// that the field has no use for.
    func labels(of command: Command) -> [String] {
        let all = keys.keys(for: command.id, in: scope)
        guard let screen = top?.screen, screen.isTyping else { return all.map(keys.label) }
        guard CommandTable.worksWhileTyping(command.id) else {
            // What a screen names in its hints it looks at itself, before the field does.
            return screen.hints(command.id) ? all.filter { $0.typed == nil }.map(keys.label) : []
        }
        return all.filter { $0 == .escape || $0.typed == nil && !screen.fieldUses($0) }.map(keys.label)
    }

    var help: HelpOverlay {
        func section(_ title: String, _ commands: [Command]) -> HelpOverlay.Section {
            HelpOverlay.Section(
                title: title,
                entries: commands.map { command in
                    HelpOverlay.Entry(
                        keys: labels(of: command).joined(separator: " "), title: command.title,
                        disabledReason: disabledReason(command.id))
                })
        }
        var all = CommandTable.commands(in: scope)
        if let screen = top?.screen, screen.isTyping {
            // From within a field the keys that type are letters: only those that still do something are listed.
            all = all.filter { !labels(of: $0).isEmpty }
            let field = FieldKeys.entries(of: screen, keys)
            return HelpOverlay(
                title: "Keys: \(scope.title), while you type",
                sections: [
                    HelpOverlay.Section(title: "In the field", entries: field),
                    section(scope.title, all.filter { $0.scope == scope }),
                    section("Everywhere", all.filter { $0.scope == .everywhere }),
                ])
        }
        return HelpOverlay(
            title: "Keys: \(scope.title)",
            sections: [
                section(scope.title, all.filter { $0.scope == scope }),
                section("Everywhere", all.filter { $0.scope == .everywhere }),
            ])
    }
}
