import TerminalKit

/// Keys to commands, from the table and the user's `[keys]`.
public struct KeyMap: Sendable {
    private var bindings: [CommandScope: [Key: CommandId]] = [:]
    private var keys: [CommandScope: [CommandId: [Key]]] = [:]
    /// What was wrong with the user's keys; shown once at start, the rest holds.
    public private(set) var problems: [String] = []

    /// - Parameter custom: command name to key, as `[keys]` of config.toml has it. It replaces the default keys.
    public init(custom: [String: String] = [:]) {
        var chosen: [CommandId: [Key]] = [:]
        for (name, text) in custom.sorted(by: { $0.key < $1.key }) {
            guard let id = CommandId(rawValue: name) else {
                problems.append("keys.\(name): no such command; docs/keys.md lists them")
                continue
            }
            guard let key = Key(parsing: text) else {
                problems.append("keys.\(name): \"\(text)\" names no key, such as ctrl-r or f5")
                continue
            }
            chosen[id] = [key]
        }
        for command in CommandTable.all {
            let all = chosen[command.id] ?? command.keys
            keys[command.scope, default: [:]][command.id] = all
            for key in all {
                let other = bindings[command.scope]?[key]
                if let other, other != command.id {
                    problems.append("keys: \(key) is both \(other.rawValue) and \(command.id.rawValue)")
                } else {
                    bindings[command.scope, default: [:]][key] = command.id
                }
            }
        }
    }

    /// The command that `key` means in `scope`, the screen's own before the general ones.
    public func command(for key: Key, in scope: CommandScope) -> CommandId? {
        bindings[scope]?[key] ?? bindings[.everywhere]?[key]
    }

    public func keys(for id: CommandId, in scope: CommandScope) -> [Key] {
        keys[scope]?[id] ?? keys[.everywhere]?[id] ?? []
    }

    /// The commands that can be given in `scope`, each once.
    public func commands(in scope: CommandScope) -> [Command] {
        let own = CommandTable.all.filter { $0.scope == scope }
        let ownIds = Set(own.map(\.id))
        return own + CommandTable.all.filter { $0.scope == .everywhere && !ownIds.contains($0.id) }
    }
}
