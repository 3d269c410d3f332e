import Domain

/// A part of a support bundle that can be left out.
public enum SupportPart: String, CaseIterable, Sendable, Hashable {
    case about, doctor, settings, logs, jobs, store, hashes, screen

    public var title: String {
        switch self {
        case .about: "Program, system, terminal"
        case .doctor: "Findings of doctor"
        case .settings: "Settings and provider files"
        case .logs: "Logs of the last days"
        case .jobs: "Failures by cause, logs of failed jobs"
        case .store: "Schema and counts of the store"
        case .hashes: "Hashes of files of the workspace"
        case .screen: "Text of the screen you came from"
        }
    }
}

/// What a screen showed, as text.
public struct SupportScreenText: Sendable, Hashable {
    /// The words of its top line.
    public var title: String
    public var columns: Int
    /// Empty where a screen shows what never leaves the machine.
    public var rows: [String]

    public init(title: String, columns: Int, rows: [String]) {
        (self.title, self.columns, self.rows) = (title, columns, rows)
    }
}

/// What somebody wants in a bundle.
public struct SupportRequest: Sendable, Hashable {
    /// Jobs whose logs are wanted; with none, those of the newest failed jobs.
    public var jobs: [JobId] = []
    /// Logs of so many days.
    public var days = Self.usualDays
    public var screen: SupportScreenText?
    /// Whether words of others that the program does not use stay as they are, in job logs, on the screen and in comments.
    public var isVerbatim = false
    /// Columns and rows of the terminal.
    public var terminal: (columns: Int, rows: Int)? {
        get { size.map { ($0[0], $0[1]) } }
        set { size = newValue.map { [$0.columns, $0.rows] } }
    }
    private var size: [Int]?

    public static let usualDays = 3
    public static let mostDays = 90
    public static let mostJobs = 50

    public init() {}
}

/// A bundle as it would be written: collected and masked, in memory.
public struct SupportBundle: Sendable, Hashable {
    public struct File: Sendable, Hashable {
        public var part: SupportPart
        /// Within the bundle.
        public var path: String
        /// Masked.
        public var text: String
        /// Whether its beginning was left out for its length.
        public var isCut: Bool
        /// How often each mask stands in it.
        public var masks: [String: Int]
        public var byteCount: Int { text.utf8.count }

        public init(part: SupportPart, path: String, text: String, isCut: Bool = false, masks: [String: Int] = [:]) {
            (self.part, self.path, self.text, self.isCut, self.masks) = (part, path, text, isCut, masks)
        }
    }

    /// How much of one kind was masked.
    public struct Masked: Sendable, Hashable {
        public var kind: MaskKind
        /// Different values, and how often one of them stands there.
        public var values: Int
        public var times: Int
        /// One of the masks.
        public var sample: String
    }

    /// Eight hexadecimal digits.
    public let id: String
    public let createdAt: Instant
    public let days: Int
    /// Whether words of others stand in it as they are.
    public let isVerbatim: Bool
    public let files: [File]
    /// What found no room, in words.
    public let leftOut: [String]
    let entries: [MaskEntry]

    init(
        id: String, createdAt: Instant, days: Int, isVerbatim: Bool, files: [File], leftOut: [String],
        entries: [MaskEntry]
    ) {
        (self.id, self.createdAt, self.days, self.isVerbatim) = (id, createdAt, days, isVerbatim)
        (self.files, self.leftOut, self.entries) = (files, leftOut, entries)
    }

    /// One whose masks cannot be looked up: for pictures of the desk.
    public init(id: String, createdAt: Instant, isVerbatim: Bool = false, files: [File], leftOut: [String] = []) {
        self.init(
            id: id, createdAt: createdAt, days: SupportRequest.usualDays, isVerbatim: isVerbatim, files: files,
            leftOut: leftOut, entries: [])
    }

    /// By part, then by name.
    static func sorted(_ files: [File]) -> [File] {
        let order = SupportPart.allCases
        return files.sorted {
            (order.firstIndex(of: $0.part) ?? 0, $0.path) < (order.firstIndex(of: $1.part) ?? 0, $1.path)
        }
    }

    /// The parts that there are, in their order.
    public var parts: [SupportPart] { SupportPart.allCases.filter { part in files.contains { $0.part == part } } }

    public func files(without left: Set<SupportPart>) -> [File] { files.filter { !left.contains($0.part) } }

    /// What was masked, by kind.
    public func masked(without left: Set<SupportPart> = []) -> [Masked] {
        var times: [String: Int] = [:]
        for file in files(without: left) { times.merge(file.masks) { $0 + $1 } }
        return MaskKind.allCases.compactMap { kind in
            let own = times.filter { $0.key.hasPrefix("\(kind.rawValue)-") }
            guard let sample = own.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return nil }
            return Masked(kind: kind, values: own.count, times: own.values.reduce(0, +), sample: sample)
        }
    }

    /// The name that its file gets where nobody chooses another.
    public func fileName(utcOffset: Int) -> String {
        let time = TimeText.full(createdAt, offset: utcOffset)
        let digits = time.split { !$0.isNumber }
        let day = digits.prefix(3).reversed().joined()
        return "portaldesk-support-\(day)-\(digits.dropFirst(3).prefix(2).joined())-\(id).tar.gz"
    }

    /// Bytes as people say them.
    public static func size(_ bytes: Int) -> String {
        bytes < 10_000
            ? Counted.text(bytes, "byte")
            : bytes < 10_000_000 ? "\((bytes / 1_000).grouped) kB" : "\(bytes / 1_000_000) MB"
    }
}
