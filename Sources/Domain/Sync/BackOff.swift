/// How long to wait before trying again (facts: reliability 1.2).
public struct BackOff: Sendable, Hashable {
    public let base: Duration
    public let cap: Duration

    public init(base: Duration, cap: Duration) {
        self.base = base
        self.cap = cap
    }

    /// Between two attempts of a job: 15 s doubling to 1 h, equal jitter.
    public static let job = BackOff(base: .seconds(15), cap: .seconds(3_600))
    /// Between two tries of one harmless call inside an attempt: 0.5 s doubling to 20 s, full jitter.
    public static let call = BackOff(base: .milliseconds(500), cap: .seconds(20))

    /// A server's Retry-After beyond this counts as this.
    public static let longestAsked = Duration.seconds(86_400)

    /// The same after a provider said that it is asked too often: from 1 s.
    public static let throttled = BackOff(base: .seconds(1), cap: .seconds(20))

    /// The wait without jitter after the `failures`-th failure, `failures` from 1. Never falls as `failures` grows.
    public func ceiling(failures: Int) -> Duration {
        let doublings = min(max(failures, 1) - 1, 40)
        let (product, overflowed) = base.milliseconds.multipliedReportingOverflow(by: 1 << doublings)
        return overflowed ? cap : min(cap, .milliseconds(product))
    }

    /// Half the ceiling, plus a random share of the other half.
    public func equalJitter(failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        let half = ceiling(failures: failures).milliseconds / 2
        return .milliseconds(half + Int64.random(in: 0...max(half, 0), using: &random))
    }

    /// A random share of the ceiling.
    public func fullJitter(failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        .milliseconds(Int64.random(in: 0...ceiling(failures: failures).milliseconds, using: &random))
    }

    /// Honours a server's Retry-After: never earlier than asked, up to 10 % later, at most a day.
    public static func honouring(
        retryAfter: Duration?, computed: Duration, using random: inout some RandomNumberGenerator
    ) -> Duration {
        guard let retryAfter, retryAfter > .zero else { return computed }
        let asked = max(computed, min(retryAfter, longestAsked)).milliseconds
        return .milliseconds(asked + Int64.random(in: 0...max(asked / 10, 1), using: &random))
    }
}
