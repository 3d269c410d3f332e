import TerminalKit

/// `docs/keys.md`, made from the command table so that it cannot drift from what the keys do.
public enum KeysDocument {
    public static var markdown: String {
        let sections = CommandScope.allCases.map { section($0) }
        return """
            # Keys

            Made from the command table; do not edit. `?` shows the keys of the screen you are on, `:` finds every action by \
            name. Esc goes back one layer. A command can have another key in the workspace's `config.toml`, by its name:

            ```toml
            [keys]
            refresh = "ctrl-r"
            ```

            Keys are written `r`, `R`, `ctrl-r`, `alt-n`, `f5`, `enter`, `space`, `shift-tab`. Your key comes before every \
            default; a command that loses its key to yours is named when the desk opens. Ctrl-C asks before it quits.

            In every list the arrows or `j` and `k` select, PgUp and PgDn go by a screenful, Home and End or `g` and `G` to \
            the first and last row. In forms Tab and the arrows change the field, Enter goes on and submits from the last.

            What works everywhere works from within a field as well, by keys that type nothing; `alt-b`, `alt-f` and `alt-d` \
            go by words there. A form that holds something unsaved asks before it is left so.

            \(sections.joined(separator: "\n\n"))

            """
    }

    private static func section(_ scope: CommandScope) -> String {
        let rows = CommandTable.all.filter { $0.scope == scope }.map { command in
            let keys = command.keys.map { "`\($0)`" }.joined(separator: " ")
            return "| \(keys.isEmpty ? "none" : keys) | \(escaped(command.title)) | `\(command.id.rawValue)` |"
        }
        return "## \(scope.title)\n\n| key | what it does | name |\n| --- | --- | --- |\n"
            + rows.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
