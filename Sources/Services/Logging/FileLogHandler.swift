import Domain
import Logging

/// Writes swift-log's events as lines: time, level, message, `key=value` pairs. Texts are made harmless to read.
struct FileLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let file: LogFile
    private let clock: @Sendable () -> Instant

    init(file: LogFile, level: Logger.Level, clock: @escaping @Sendable () -> Instant) {
        self.file = file
        logLevel = level
        self.clock = clock
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let pairs = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        var line =
            "\(TimeText.rfc3339(clock())) \(event.level.rawValue) \(HarmlessText.line(event.message.description))"
        for (key, value) in pairs { line += " \(key)=\(HarmlessText.line(value.description, limit: 200))" }
        file.append(line)
    }
}

extension Logger {
    /// The worker's log of a workspace. It names jobs, portals and causes; never a login, an answer or a secret.
    static func worker(_ workspace: Workspace) -> Logger {
        let level = workspace.settings.worker.logLevel
        let handler = FileLogHandler(
            file: LogFile(path: workspace.home.workerLog), level: Logger.Level(rawValue: level.rawValue) ?? .info,
            clock: workspace.surroundings.clock)
        return Logger(label: "worker") { _ in handler }
    }
}
