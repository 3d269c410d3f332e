import Domain
import Sandbox
import Testing

@testable import Services

extension WorkHouse {
    /// Returns when the job is as `condition` wants it. Woken by commits.
    @discardableResult
    func until(_ id: JobId, _ condition: (Job) -> Bool) async throws -> Job {
        for await _ in WakeStream(path: place.home.wake) {
            let job = try await job(id)
            if condition(job) { return job }
        }
        return try await job(id)
    }

    @discardableResult
    func untilFinished(_ id: JobId) async throws -> Job { try await until(id) { $0.status.isFinished } }

    /// Returns when the portals were asked this `times` times more.
    func untilAsked(_ call: String, times: Int = 1) async throws {
        let before = await calls(call)
        while await calls(call) < before + times {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
