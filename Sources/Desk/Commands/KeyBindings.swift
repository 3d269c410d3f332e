import TerminalKit

/// The keys of one scope. Lists, not dictionaries: the few entries are found as fast, and no hashing is set up for the
/// first paint.
struct KeyBindings: Sendable {
    let scope: CommandScope
    private var pairs: [(key: Key, id: CommandId)] = []
    /// Wishes of the user that are not followed: another one has the key.
    private(set) var problems: [String] = []
    /// Commands that have lost a key to a wish.
    private(set) var losses: [String] = []

    /// First what the user chose, then the scope's own defaults, then the general ones; a key that is taken is named.
    init(_ scope: CommandScope, _ chosen: [KeyMap.Choice]) {
        self.scope = scope
        let commands = CommandTable.commands(in: scope)
        for command in commands {
            guard let key = Self.wish(command.id, chosen) else { continue }
            if let other = self.command(for: key) {
                problems.append("keys.\(command.id.rawValue): \(key) is \(other.rawValue) already")
            } else {
                pairs.append((key, command.id))
            }
        }
        let count = pairs.count
        for command in commands where !pairs[..<count].contains(where: { $0.id == command.id }) {
            for key in command.keys {
                guard let other = self.command(for: key) else {
                    pairs.append((key, command.id))
                    continue
                }
                if Self.wish(other, chosen) != nil {
                    losses.append(
                        "keys.\(other.rawValue): \(key) was \(command.id.rawValue), which has lost it")
                }
            }
        }
    }

    private static func wish(_ id: CommandId, _ chosen: [KeyMap.Choice]) -> Key? {
        chosen.first { $0.id == id }?.key
    }

    func command(for key: Key) -> CommandId? { pairs.first { $0.key == key }?.id }

    func keys(for id: CommandId) -> [Key] { pairs.filter { $0.id == id }.map(\.key) }
}
