/// How calls to one provider went within one hour.
public struct ProviderHour: Sendable, Hashable {
    public var provider: String
    /// Hours since 1 January 1970, UTC.
    public var hour: Int64
    public var calls = 0
    /// Of `calls`: no answer, or one that says the provider itself is at fault.
    public var failures = 0
    public var latency = LatencyTally()

    public init(provider: String, hour: Int64) {
        self.provider = provider
        self.hour = hour
    }

    public static func hour(of instant: Instant) -> Int64 { instant.milliseconds.flooredDivision(by: 3_600_000) }

    public mutating func add(_ other: ProviderHour) {
        calls += other.calls
        failures += other.failures
        latency.add(other.latency)
    }
}

/// Counts of calls by how long they took.
public struct LatencyTally: Sendable, Hashable {
    /// Upper ends in milliseconds; what takes longer than the last is counted behind it.
    public static let bounds: [Int64] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000]
    public private(set) var counts: [Int]

    public init() { counts = Array(repeating: 0, count: Self.bounds.count + 1) }

    /// nil unless the text is what `text` gave.
    public init?(_ text: String) {
        let counts = text.split(separator: ",").compactMap { Int($0) }
        guard counts.count == Self.bounds.count + 1, counts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.counts = counts
    }

    public var text: String { counts.map(String.init).joined(separator: ",") }

    public mutating func count(_ duration: Duration) {
        let place = Self.bounds.firstIndex { duration.milliseconds <= $0 } ?? Self.bounds.count
        counts[place] += 1
    }

    public mutating func add(_ other: LatencyTally) {
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// The bound below which so many of a hundred calls stayed, in milliseconds; nil without calls, or when it lies
    /// beyond the last bound.
    public func bound(percent: Int) -> Int64? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        let wanted = (total * percent + 99) / 100
        var seen = 0
        for (index, bound) in Self.bounds.enumerated() {
            seen += counts[index]
            if seen >= wanted { return bound }
        }
        return nil
    }
}

/// A circuit breaker as it is kept between two starts of the worker.
public struct CircuitRecord: Sendable, Hashable {
    public var provider: String
    /// The family of calls it stands for.
    public var family: String
    public var breaker: CircuitBreaker
    public var changedAt: Instant

    public init(provider: String, family: String, breaker: CircuitBreaker, changedAt: Instant) {
        self.provider = provider
        self.family = family
        self.breaker = breaker
        self.changedAt = changedAt
    }
}

/// What goes wrong at a provider now, for one cause.
public struct ProviderTrouble: Sendable, Hashable {
    public var cause: Cause
    /// Failed, or waiting for another try.
    public var jobs: [JobId]
    /// When the newest of them stopped.
    public var latestAt: Instant
    public var latest: JobId

    public init(cause: Cause, jobs: [JobId], latestAt: Instant, latest: JobId) {
        self.cause = cause
        self.jobs = jobs
        self.latestAt = latestAt
        self.latest = latest
    }
}

/// GSTN actions that wait for a provider after something went wrong: not sent, or in doubt.
public struct WaitingActions: Sendable, Hashable {
    public var ids: [OperationId]
    /// Of the one that was tried last, and what was said then.
    public var latestAt: Instant
    public var message: String

    public init(ids: [OperationId], latestAt: Instant, message: String) {
        self.ids = ids
        self.latestAt = latestAt
        self.message = message
    }
}

extension CircuitBreaker {
    /// For people.
    public var title: String {
        switch phase {
        case .closed: "Closed"
        case .open: "Open"
        case .halfOpen: "Probing"
        }
    }

    /// For programs.
    public var name: String {
        switch phase {
        case .closed: "closed"
        case .open: "open"
        case .halfOpen: "half_open"
        }
    }
}
