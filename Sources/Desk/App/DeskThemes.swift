import TerminalKit

/// Themes for the command line, which never speaks to the terminal layer itself.
public enum DeskThemes {
    public static func names(in folders: [String]) -> [String] { Theme.names(searchPaths: folders) }

    /// One line for each mistake, with its place; empty when the file is fine.
    public static func check(_ file: String) -> [String] { Theme.check(file).map(\.description) }
}
