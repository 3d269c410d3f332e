import Domain
import Store

extension SyncService {
    /// What asking for jobs gave, by identity.
    public struct Triggered: Sendable, Hashable {
        public var created: [JobId] = []
        /// Jobs that stand unfinished already: nothing is fetched twice at once.
        public var existing: [JobId] = []
        /// How many of `existing` stand in which status.
        public var standing: [JobStatus: Int] = [:]
        public var refused: [Refusal] = []
        /// Left out because the taxpayer's written authority is needed and not recorded.
        public var withoutAuthority = 0

        public struct Refusal: Sendable, Hashable {
            public var identity: PortalIdentity
            public var reason: String
        }

        public init() {}

        mutating func add(_ outcome: EnqueueOutcome, _ reader: StoreReader) throws {
            switch outcome {
            case .created(let id): created.append(id)
            case .existing(let id):
                existing.append(id)
                if let status = try reader.job(id)?.status { standing[status, default: 0] += 1 }
            }
        }

        /// What became of the jobs that stood already: `1 already queued, 2 already running`; empty without any.
        public var existingText: String {
            let words: [(JobStatus, String)] = [
                (.queued, "already queued"), (.running, "already running"), (.retrying, "already waiting for a retry"),
                (.needsInput, "waiting for an answer"),
            ]
            var parts = words.compactMap { status, text in standing[status].map { "\($0) \(text)" } }
            let unknown = existing.count - words.reduce(0) { $0 + (standing[$1.0] ?? 0) }
            if unknown > 0 { parts.append("\(unknown) already queued or running") }
            return parts.joined(separator: ", ")
        }

        public var ids: [JobId] { created + existing }

        /// Whether a job that was asked for is under way already: what was wanted since it began it does not know of.
        public var runsAlready: Bool { standing[.running, default: 0] > 0 }
    }
}
