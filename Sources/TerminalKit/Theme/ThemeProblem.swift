/// What is wrong with a theme file, and where.
public struct ThemeProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Severity: Hashable, Sendable {
        /// The theme cannot be used.
        case error
        /// It can be used, but something is missing or hard to read.
        case warning
    }

    public var file: String
    /// From 1; 0 when the problem has no line.
    public var line: Int
    /// Such as `roles.border_focused.rgb`; empty when the file as a whole is meant.
    public var key: String
    public var message: String
    public var severity: Severity

    public init(file: String, line: Int, key: String, message: String, severity: Severity = .error) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        self.severity = severity
    }

    /// `dark.toml:12: roles.text.rgb: …`
    public var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}

/// Why a theme could not be had.
public struct ThemeFailure: Error, Hashable, Sendable {
    public var problems: [ThemeProblem]
}
