/// Paths as people type them, in a field of the desk or in quotes that keep the shell from reading them.
public enum TypedPath {
    /// `~` and `~/…` in the home folder of the environment; anything else, `~somebody` too, as it is.
    public static func expanded(_ text: String, _ environment: [String: String]) -> String {
        guard text == "~" || text.hasPrefix("~/"), let home = environment["HOME"], home.hasPrefix("/") else {
            return text
        }
        return "\(home)\(text.dropFirst())"
    }

    /// The arguments of a command, alone or behind the `=` of an option, where no shell looks for a `~`.
    public static func expanded(arguments: [String], _ environment: [String: String]) -> [String] {
        arguments.map { argument in
            guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else {
                return expanded(argument, environment)
            }
            let value = argument.index(after: equals)
            return "\(argument[..<value])\(expanded(String(argument[value...]), environment))"
        }
    }
}

extension Workspace {
    /// A path that somebody typed on the desk.
    public func path(typed text: String) -> String { TypedPath.expanded(text, surroundings.environment) }
}
