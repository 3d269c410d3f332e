import Domain
import Store

/// In which order an attempt reads the places of a portal.
enum PlaceOrder {
    /// The place that was not read for longest comes first, so that what one attempt has no time for is the first thing of
    /// the next. What earlier attempts of the job have read comes last; among the others each attempt begins with another
    /// one, or a place that takes a whole attempt would keep the others waiting for good.
    ///
    /// - Parameter times: when each place was last truly read.
    static func places(_ places: [Place], read times: [Place: Instant], of claimed: ClaimedJob) -> [Place] {
        func time(_ place: Place) -> Int64 { times[place]?.milliseconds ?? .min }
        let sorted = places.enumerated().sorted {
            (time($0.element), $0.offset) < (time($1.element), $1.offset)
        }.map(\.element)
        let due = sorted.filter { time($0) < claimed.job.createdAt.milliseconds }
        let turn = due.isEmpty ? 0 : max(0, claimed.attempt - 1) % due.count
        return Array(due[turn...]) + due[..<turn] + sorted.dropFirst(due.count)
    }
}
