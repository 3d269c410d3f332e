public enum LogLevel: String, CaseIterable, Sendable, Comparable {
    case debug, info, warning, error

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}

/// One step of a job's history. `step` is a short word (claim, login, place, notice, retry …).
public struct JobLogEntry: Hashable, Sendable {
    /// Position within the job, from 1; given by the store.
    public var sequence: Int
    public var at: Instant
    public var level: LogLevel
    public var step: String
    /// One line, at most 500 characters, harmless to show.
    public var message: String
    /// Further text, possibly several lines, at most 64 KiB, harmless to show. Never a secret.
    public var detail: String

    public init(sequence: Int = 0, at: Instant, level: LogLevel, step: String, message: String, detail: String = "") {
        self.sequence = sequence
        self.at = at
        self.level = level
        self.step = step
        self.message = message
        self.detail = detail
    }
}

extension JobLogEntry {
    /// The step for people: one that is the name of a cause in the words for that.
    public var stepTitle: String { Cause(rawValue: step)?.title ?? step }
}
