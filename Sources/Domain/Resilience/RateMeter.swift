/// A limit of calls: so many a second in the long run, so many at once.
public struct RateLimit: Sendable, Hashable {
    /// Microseconds between two calls.
    public let interval: Int64
    public let burst: Int

    /// nil unless `perSecond` is above 0 and at most 10,000, and `burst` 1 to 10,000.
    public init?(perSecond: Double, burst: Int = 1) {
        guard perSecond > 0, perSecond <= 10_000, (1...10_000).contains(burst) else { return nil }
        interval = Int64((1_000_000 / perSecond).rounded(.up))
        self.burst = burst
    }

    /// In the long run, rounded.
    public var perMinute: Int { Int((60_000_000 + interval / 2) / interval) }

    var tolerance: Int64 { Int64(burst - 1) * interval }
}

/// Counts the calls of one key against its limit: the generic cell rate algorithm, in whole microseconds
/// (facts: reliability 2). A clock that goes back grants nothing and locks nobody out for longer than its jump.
public struct RateMeter: Sendable, Hashable {
    private var arrival: Int64

    /// - Parameter isSpent: starts without any of its burst, for a process that cannot know what left before it.
    public init(at now: Instant, isSpent: Bool = false, limit: RateLimit) {
        let time = Self.microseconds(now)
        arrival = isSpent ? time + limit.tolerance : time
    }

    /// Takes one call if it may leave now.
    ///
    /// - Returns: nil when taken, else how long to wait before asking again.
    public mutating func take(at now: Instant, limit: RateLimit) -> Duration? {
        let time = Self.microseconds(now)
        arrival = min(arrival, time + limit.tolerance + limit.interval)
        let earliest = arrival - limit.tolerance
        guard time >= earliest else { return .microseconds(earliest - time) }
        arrival = max(time, arrival) + limit.interval
        return nil
    }

    /// Whether the key has been quiet for so long that nothing need be remembered of it.
    public func isAtRest(at now: Instant) -> Bool { arrival <= Self.microseconds(now) }

    private static func microseconds(_ instant: Instant) -> Int64 {
        instant.milliseconds.multipliedReportingOverflow(by: 1_000).partialValue
    }
}
