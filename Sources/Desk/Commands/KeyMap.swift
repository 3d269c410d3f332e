import Synchronization
import TerminalKit

/// Keys to commands, from the table and the user's `[keys]`. What the user chose comes before every default.
public struct KeyMap: Sendable {
    private let chosen: [Choice]
    private let bound = BoundScopes()
    /// Set where the terminal has only ASCII: keys are words then.
    var isAscii = false
    /// Wishes that are not followed, each with its setting first; the rest holds.
    public private(set) var problems: [String] = []
    /// Commands that have lost a key to a wish, in the same way.
    public private(set) var losses: [String] = []

    /// A command's key as the settings have it.
    struct Choice: Sendable {
        var id: CommandId
        var key: Key
    }

    /// - Parameter custom: command name to key, as `[keys]` of config.toml has it. It replaces the default keys.
    public init(custom: [String: String] = [:]) {
        var problems: [String] = []
        chosen = custom.isEmpty ? [] : Self.read(custom, &problems)
        self.problems = problems
        // Only wishes can be in each other's way; without any, a scope is worked out when it is first looked at.
        guard !chosen.isEmpty else { return }
        for scope in CommandScope.allCases {
            let bindings = KeyBindings(scope, chosen)
            Self.add(bindings.problems, to: &self.problems)
            Self.add(bindings.losses, to: &losses)
        }
    }

    private static func read(_ custom: [String: String], _ problems: inout [String]) -> [Choice] {
        var chosen: [Choice] = []
        for (name, text) in custom.sorted(by: { $0.key < $1.key }) {
            guard let id = CommandId(rawValue: name) else {
                problems.append("keys.\(name): no such command; docs/keys.md lists them")
                continue
            }
            guard let key = Key(parsing: text) else {
                problems.append("keys.\(name): \"\(text)\" names no key, such as ctrl-r or f5")
                continue
            }
            chosen.append(Choice(id: id, key: key))
        }
        return chosen
    }

    /// The same conflict may stand in several scopes; it is told once.
    private static func add(_ more: [String], to all: inout [String]) {
        for one in more where !all.contains(one) { all.append(one) }
    }

    /// The command that `key` means in `scope`, the screen's own before the general ones.
    public func command(for key: Key, in scope: CommandScope) -> CommandId? {
        bound.bindings(of: scope, chosen).command(for: key)
    }

    public func keys(for id: CommandId, in scope: CommandScope) -> [Key] {
        bound.bindings(of: scope, chosen).keys(for: id)
    }

    /// The keys of a command as they stand in hints and help.
    func labels(for id: CommandId, in scope: CommandScope) -> [String] { keys(for: id, in: scope).map(label) }

    func label(_ key: Key) -> String { isAscii ? key.asciiLabel : key.label }
}

/// The scopes that were looked at so far.
private final class BoundScopes: Sendable {
    private let known = Mutex<[KeyBindings]>([])

    func bindings(of scope: CommandScope, _ chosen: [KeyMap.Choice]) -> KeyBindings {
        known.withLock { known in
            if let bindings = known.first(where: { $0.scope == scope }) { return bindings }
            let bindings = KeyBindings(scope, chosen)
            known.append(bindings)
            return bindings
        }
    }
}
