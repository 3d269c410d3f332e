internal import Domain

/// The small numbers under which the tables keep words of the trade. A number once given never changes its meaning.
extension Portal {
    var code: Int64 { Int64(position) }

    init(code: Int64) {
        switch code {
        case 1: self = .incomeTax
        case 2: self = .traces
        default: self = .gst
        }
    }
}

extension JobStatus {
    /// In the order in which activity sorts by status; 4 and above are finished.
    var code: Int64 {
        switch self {
        case .queued: 0
        case .running: 1
        case .retrying: 2
        case .needsInput: 3
        case .done: 4
        case .failed: 5
        case .cancelled: 6
        }
    }

    init(code: Int64) {
        switch code {
        case 0: self = .queued
        case 1: self = .running
        case 2: self = .retrying
        case 3: self = .needsInput
        case 4: self = .done
        case 5: self = .failed
        default: self = .cancelled
        }
    }

    static let inOrder: [JobStatus] = [.queued, .running, .retrying, .needsInput, .done, .failed, .cancelled]
}

extension JobKind {
    var code: Int64 { self == .fetch ? 0 : 1 }
    init(code: Int64) { self = code == 0 ? .fetch : .verify }
}

extension JobTrigger {
    var code: Int64 {
        switch self {
        case .desk: 0
        case .command: 1
        case .schedule: 2
        case .credential: 3
        }
    }

    init(code: Int64) {
        switch code {
        case 0: self = .desk
        case 1: self = .command
        case 2: self = .schedule
        default: self = .credential
        }
    }
}

extension LogLevel {
    var code: Int64 {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    init(code: Int64) {
        switch code {
        case 0: self = .debug
        case 1: self = .info
        case 2: self = .warning
        default: self = .error
        }
    }
}

/// Days as the counters count them: Indian days, for legal dates and the default screen are Indian.
enum CounterDay {
    static let offset: Int64 = 19_800_000
    static let length: Int64 = 86_400_000
    /// 9999-12-31: where a job sorts by completion that has none.
    static let never: Int64 = 253_402_214_400_000

    static func of(_ milliseconds: Int64) -> Int64 {
        // A damaged database may hold any number.
        let local = Instant(milliseconds: milliseconds).milliseconds + offset
        return local >= 0 ? local / length : (local - length + 1) / length
    }

    static func start(_ day: Int64) -> Int64 { day * length - offset }
    /// 32 days together, so that a jump to any page reads few counters.
    static func block(_ day: Int64) -> Int64 { day >> 5 }
}

/// Time columns that pages can be sorted by.
enum TimeBasis: Int64, CaseIterable {
    case start = 0
    case done = 1

    var column: String { self == .start ? "sort_start" : "sort_done" }
    var index: String { self == .start ? "job_by_start" : "job_by_done" }
    var dayBasis: Int64 { rawValue }
    var blockBasis: Int64 { rawValue + 2 }
}
