import TerminalKit

/// Keys to commands, from the table and the user's `[keys]`. What the user chose comes before every default.
public struct KeyMap: Sendable {
    private var bindings: [CommandScope: [Key: CommandId]] = [:]
    private var keys: [CommandScope: [CommandId: [Key]]] = [:]
    /// Set where the terminal has only ASCII: keys are words then.
    var isAscii = false
    /// What was wrong with the user's keys; shown once at start, the rest holds.
    public private(set) var problems: [String] = []

    /// - Parameter custom: command name to key, as `[keys]` of config.toml has it. It replaces the default keys.
    public init(custom: [String: String] = [:]) {
        let chosen = read(custom)
        for scope in CommandScope.allCases { bind(scope, chosen) }
    }

    private mutating func read(_ custom: [String: String]) -> [CommandId: Key] {
        var chosen: [CommandId: Key] = [:]
        for (name, text) in custom.sorted(by: { $0.key < $1.key }) {
            guard let id = CommandId(rawValue: name) else {
                problems.append("keys.\(name): no such command; docs/keys.md lists them")
                continue
            }
            guard let key = Key(parsing: text) else {
                problems.append("keys.\(name): \"\(text)\" names no key, such as ctrl-r or f5")
                continue
            }
            chosen[id] = key
        }
        return chosen
    }

    /// First what the user chose, then the scope's own defaults, then the general ones; a key that is taken is named.
    private mutating func bind(_ scope: CommandScope, _ chosen: [CommandId: Key]) {
        let commands = CommandTable.commands(in: scope)
        var bound: [Key: CommandId] = [:]
        var free: [CommandId: [Key]] = [:]
        for command in commands {
            guard let key = chosen[command.id] else { continue }
            if let other = bound[key] {
                complain("keys.\(command.id.rawValue): \(key) is \(other.rawValue) already")
                continue
            }
            bound[key] = command.id
            free[command.id] = [key]
        }
        for command in commands where free[command.id] == nil {
            for key in command.keys {
                guard let other = bound[key] else {
                    bound[key] = command.id
                    free[command.id, default: []].append(key)
                    continue
                }
                if chosen[other] != nil {
                    complain("keys.\(other.rawValue): \(key) was \(command.id.rawValue), which has lost it")
                }
            }
        }
        bindings[scope] = bound
        keys[scope] = free
    }

    /// The same conflict may stand in several scopes; it is told once.
    private mutating func complain(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// The command that `key` means in `scope`, the screen's own before the general ones.
    public func command(for key: Key, in scope: CommandScope) -> CommandId? { bindings[scope]?[key] }

    public func keys(for id: CommandId, in scope: CommandScope) -> [Key] { keys[scope]?[id] ?? [] }

    /// The keys of a command as they stand in hints and help.
    func labels(for id: CommandId, in scope: CommandScope) -> [String] { keys(for: id, in: scope).map(label) }

    func label(_ key: Key) -> String { isAscii ? key.asciiLabel : key.label }
}
