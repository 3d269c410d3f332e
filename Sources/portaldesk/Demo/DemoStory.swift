import Domain
import Sandbox
import Services

/// What the jobs of a demo left behind: how far each login is read, and what came of the calls to the provider.
struct DemoStory: Sendable {
    let history: DemoHistory

    /// How the places of a login stand after its last jobs; nil when none of them read any.
    func reading(of identity: PortalIdentity) -> Population.Reading? {
        guard let standing = history.standing[identity] else { return nil }
        let doneAt = standing.done.map { history.job($0).completedAt }
        let failed = standing.failed.map { history.job($0) }
        // Who could not log in has read nothing since.
        guard let failed, failed.cause == .placeFailed, let place = DemoHistory.failedPlace(of: identity.portal) else {
            return doneAt.map { Population.Reading(at: $0) }
        }
        return Population.Reading(
            at: failed.completedAt,
            failure: .init(place: place, error: DemoHistory.placeError, lastReadAt: doneAt))
    }

    /// Calls by hour of the last day, as those jobs made them.
    func hours(of provider: String, until now: Instant) -> [ProviderHour] {
        var hours: [Int64: ProviderHour] = [:]
        for index in stride(from: history.count - 1, through: 0, by: -1) {
            let job = history.job(index)
            guard now.since(job.completedAt) < .seconds(86_400) else { break }
            let number = ProviderHour.hour(of: job.completedAt)
            var hour = hours[number] ?? ProviderHour(provider: provider, hour: number)
            count(job, index, &hour)
            hours[number] = hour
        }
        return hours.values.sorted { $0.hour < $1.hour }
    }

    private func count(_ job: Population.PastJob, _ index: Int, _ hour: inout ProviderHour) {
        // A fetch is many short calls: a login, questions whether it is ready, lists and documents.
        let answered = job.status == .done ? 20 + index % 20 : job.cause == .gaveUp ? 0 : 6
        for call in 0..<answered { hour.latency.count(.milliseconds(30 + (index + call) * 37 % 400)) }
        hour.calls += answered
        guard job.cause == .gaveUp else { return }
        hour.calls += job.attempt
        hour.failures += job.attempt
        let took = job.lastCause == .portalTimeout ? Duration.seconds(30) : .milliseconds(120)
        for _ in 0..<job.attempt { hour.latency.count(took) }
    }
}
