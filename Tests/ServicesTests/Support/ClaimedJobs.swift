import Domain
import Store

/// Claims that nobody made.
enum ClaimedJobs {
    static func of(_ job: Job) -> ClaimedJob { ClaimedJob(job: job, generation: 99, attempt: 1) }
}

extension Sequence {
    func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
