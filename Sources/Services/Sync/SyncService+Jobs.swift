import Domain
import Store

// What people ask of single jobs.
extension SyncService {
    /// What became of a wish about each of several jobs.
    public struct Verdict: Sendable, Hashable {
        public var id: JobId
        public var isAccepted: Bool
        /// In words for people.
        public var text: String

        public init(id: JobId, isAccepted: Bool, text: String) {
            self.id = id
            self.isAccepted = isAccepted
            self.text = text
        }
    }

    /// Puts failed, cancelled or waiting jobs back to the front of the queue.
    public func retry(_ ids: [JobId]) async throws(Complaint) -> [Verdict] {
        try await checkReadiness()
        let now = workspace.now
        let isAhead = ids.count <= Self.fewEnoughToGoAhead
        let outcomes = try await workspace.write { try $0.retry(ids, now: now, isAhead: isAhead) }
        if outcomes.contains(.queued) { try startWorker() }
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .queued: Verdict(id: id, isAccepted: true, text: "queued again")
            case .existing(let other):
                Verdict(id: id, isAccepted: false, text: "job \(other) of this account is not finished yet")
            case .notPossible(let status):
                Verdict(id: id, isAccepted: false, text: "is \(status.title.lowercased()), not failed")
            case .unknown: Verdict(id: id, isAccepted: false, text: "there is no such job")
            }
        }
    }

    /// Cancels queued jobs at once; a running one ends at its next safe point.
    public func cancel(_ ids: [JobId]) async throws(Complaint) -> [Verdict] {
        let now = workspace.now
        let outcomes = try await workspace.write { try $0.requestCancel(ids, now: now) }
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .cancelled: Verdict(id: id, isAccepted: true, text: "cancelled")
            case .requested: Verdict(id: id, isAccepted: true, text: "asked to stop")
            case .finishedAlready(let status):
                Verdict(id: id, isAccepted: false, text: "is \(status.title.lowercased()) already")
            case .unknown: Verdict(id: id, isAccepted: false, text: "there is no such job")
            }
        }
    }

    /// Refuses a job that is unknown or waits for no answer, before anybody is asked for one.
    public func requireWaiting(_ id: JobId) async throws(Complaint) {
        guard let job = try await job(id) else { throw Complaint.unknownJob(id) }
        guard job.status == .needsInput else { throw Complaint.waitsForNoAnswer(id, job.status) }
    }

    /// Hands a person's answer to the captcha or OTP that a job waits for.
    public func answer(_ id: JobId, text: String) async throws(Complaint) {
        let now = workspace.now
        switch try await workspace.write({ try $0.answer(id, text: text, now: now) }) {
        case .accepted: try startWorker()
        case .expired:
            try startWorker()
            throw Complaint(
                "the question of job \(id) has run out", remedy: "It is asked anew; answer it then", status: .tryLater)
        case .notWaiting(let status):
            throw Complaint.waitsForNoAnswer(id, status)
        case .unknown: throw Complaint.unknownJob(id)
        }
    }
}
