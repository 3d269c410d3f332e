import Domain
import Foundation
import Portals
import Secrets
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

    static let waitsForKey = "queued again; it runs when somebody who holds the vault's key is logged in"

    /// Puts failed, cancelled or waiting jobs back to the front of the queue.
    public func retry(_ ids: [JobId]) async throws(Complaint) -> [Verdict] {
        let doer = try await workspace.permit(.controlJobs)
        try await checkReadiness()
        let now = workspace.now
        let isAhead = ids.count <= Self.fewEnoughToGoAhead
        let outcomes = try await workspace.write { writer in
            let outcomes = try writer.retry(ids, now: now, isAhead: isAhead)
            for (id, outcome) in zip(ids, outcomes) where outcome == .queued {
                try writer.recordEvent(doer.event("job.retry", id.auditSubject, at: now))
            }
            return outcomes
        }
        let isServed = try outcomes.contains(.queued) ? startWorker() : true
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .queued: Verdict(id: id, isAccepted: true, text: isServed ? "queued again" : Self.waitsForKey)
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
        let doer = try await workspace.permit(.controlJobs)
        let now = workspace.now
        let outcomes = try await workspace.write { writer in
            let outcomes = try writer.requestCancel(ids, now: now)
            for (id, outcome) in zip(ids, outcomes) where outcome == .cancelled || outcome == .requested {
                try writer.recordEvent(doer.event("job.cancel", id.auditSubject, at: now))
            }
            return outcomes
        }
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
        try await workspace.permit(.answer, on: id.auditSubject)
        guard let job = try await job(id) else { throw Complaint.unknownJob(id) }
        guard job.status == .needsInput else { throw Complaint.waitsForNoAnswer(id, job.status) }
        try await requireReadable(id)
    }

    /// An answer to a question that nobody can read would be lost, and a one-time password with it.
    private func requireReadable(_ id: JobId) async throws(Complaint) {
        guard let asked = try await workspace.read({ try $0.challenge(of: id) }) else { return }
        if (try? Challenge(json: asked.json)) == nil { throw Complaint.unreadableQuestion(id) }
    }

    private static let longestAnswer = 64

    /// Hands a person's answer to the captcha or OTP that a job waits for.
    public func answer(_ id: JobId, text: String) async throws(Complaint) {
        try await workspace.permit(.answer, on: id.auditSubject)
        let answer = text.trimmingCharacters(in: .whitespacesAndNewlines)
        // What no picture and no message holds would cost a login attempt for nothing.
        guard !answer.isEmpty, answer.utf8.count <= Self.longestAnswer, HarmlessText.line(answer) == answer else {
            throw Complaint(
                "this is no answer to job \(id)", why: "an OTP or captcha is one line of at most 64 bytes",
                remedy: "Nothing was sent; type what the message or the picture says", status: .badData)
        }
        try await requireReadable(id)
        let now = workspace.now
        let workspace = workspace
        let outcome = try await workspace.write { writer in
            let sealed = try workspace.sealer(writer.reader).seal(SecretBytes(utf8: answer), at: id.answerPlace)
            return try writer.answer(id, sealed: sealed, now: now)
        }
        switch outcome {
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
