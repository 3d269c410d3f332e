import Services
import TerminalKit

/// Themes for the command line, which never speaks to the terminal layer itself.
public enum DeskThemes {
    public static func names(in folders: [String]) -> [String] { Theme.names(searchPaths: folders) }

    /// Each mistake with its place; empty when the file is fine.
    public static func check(_ file: String) -> [ConfigurationProblem] {
        Theme.check(file).map {
            ConfigurationProblem(file: $0.file, line: $0.line, key: $0.key, message: $0.message)
        }
    }
}
