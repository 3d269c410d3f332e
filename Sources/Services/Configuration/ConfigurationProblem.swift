/// One thing wrong in a settings file, with the line where it stands (0 when it is about something missing).
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public var file: String
    public var line: Int
    public var key: String
    public var message: String

    public init(file: String, line: Int, key: String, message: String) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
    }

    public var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}

/// Everything wrong in one file, so that it can be mended in one go.
public struct ConfigurationProblems: Error, Hashable, Sendable {
    public let problems: [ConfigurationProblem]
}
