/// Keeps calls away from a provider that fails, and lets it be tried again carefully. One for each provider and family
/// of calls.
///
/// Opens after 5 failures in a row, or when half of at least 20 calls within 60 s failed; stays open for 30 s, twice as
/// long at each reopening, 10 min at most, each time 10 % more or less; then lets one call through at a time, and
/// closes after 3 successes (facts: reliability 1.5). What a portal decides (a refusal, a wrong password) is a success
/// here: it answered. Of the failures in a row one account counts for four at the most, so that none alone can close a
/// provider to all the others.
public struct CircuitBreaker: Sendable, Hashable {
    public enum Phase: Sendable, Hashable {
        case closed
        /// No call before this moment.
        case open(until: Instant)
        /// One call at a time, until enough went well.
        case halfOpen(successes: Int, isProbing: Bool)
    }

    public static let failuresInARow = 5
    public static let window = 60
    public static let callsInWindow = 20
    /// Failures in a row of one account that count.
    public static let mostOfOneKey = failuresInARow - 1
    public static let successesToClose = 3
    public static let firstPause = Duration.seconds(30)
    public static let longestPause = Duration.seconds(600)
    /// A probe whose end nobody told of is given up after so long.
    public static let probeLife = Duration.seconds(120)

    public private(set) var phase: Phase
    /// How often it opened again without having closed in between.
    public private(set) var reopenings: Int
    private var inARow: [String: Int] = [:]
    private var tally = SlidingTally(seconds: window)
    private var probeBegan: Instant?

    public init(phase: Phase = .closed, reopenings: Int = 0) {
        self.phase = phase
        self.reopenings = max(0, reopenings)
    }

    public enum Admission: Sendable, Hashable {
        case go
        case notBefore(Instant)
    }

    /// Asks for one call; a `.go` is to be followed by `record`.
    public mutating func admit(at now: Instant) -> Admission {
        switch phase {
        case .closed: return .go
        case .open(let until):
            guard now >= until else { return .notBefore(until) }
            phase = .halfOpen(successes: 0, isProbing: true)
            probeBegan = now
            return .go
        case .halfOpen(let successes, let isProbing):
            if isProbing, let began = probeBegan, now < began + Self.probeLife {
                return .notBefore(now + .seconds(1))
            }
            phase = .halfOpen(successes: successes, isProbing: true)
            probeBegan = now
            return .go
        }
    }

    /// When a call may leave next; nil when one may leave now. Changes nothing.
    public func nextChance(at now: Instant) -> Instant? {
        switch phase {
        case .closed: nil
        case .open(let until): now < until ? until : nil
        case .halfOpen(_, let isProbing):
            isProbing && probeBegan.map { now < $0 + Self.probeLife } ?? false ? now + .seconds(1) : nil
        }
    }

    /// - Parameters:
    ///   - key: whose call it was; calls of nobody in particular are each their own.
    ///   - jitter: uniform in 0...1.
    public mutating func record(isFailure: Bool, of key: String = "", at now: Instant, jitter: Double) {
        tally.count(isFailure: isFailure, at: now)
        if isFailure {
            inARow[key] = min((inARow[key] ?? 0) + 1, key.isEmpty ? Self.failuresInARow : Self.mostOfOneKey)
        } else if !inARow.isEmpty {
            inARow = [:]
        }
        switch phase {
        case .closed:
            let failures = inARow.values.reduce(0, +)
            if isFailure, failures >= Self.failuresInARow || isMostlyFailing(at: now) { open(now, jitter) }
        case .open: break
        case .halfOpen(let successes, _):
            if isFailure {
                reopenings += 1
                open(now, jitter)
            } else if successes + 1 >= Self.successesToClose {
                self = CircuitBreaker()
            } else {
                phase = .halfOpen(successes: successes + 1, isProbing: false)
            }
        }
    }

    /// Whether it is half open, with nothing under way.
    public var isWaitingForProbe: Bool { if case .halfOpen(_, false) = phase { true } else { false } }

    /// Whether it is not closed, and a probe may go now.
    public func isDueForProbe(at now: Instant) -> Bool { phase != .closed && nextChance(at: now) == nil }

    /// A probe that was cut short by us: it said nothing, and the next one may go.
    public mutating func abandonProbe() {
        if case .halfOpen(let successes, true) = phase { phase = .halfOpen(successes: successes, isProbing: false) }
    }

    private func isMostlyFailing(at now: Instant) -> Bool {
        let (calls, failures) = tally.totals(at: now)
        return calls >= Self.callsInWindow && failures * 2 >= calls
    }

    private mutating func open(_ now: Instant, _ jitter: Double) {
        let whole = BackOff(base: Self.firstPause, cap: Self.longestPause).ceiling(failures: reopenings + 1)
        let share = 0.9 + 0.2 * min(max(jitter, 0), 1)
        phase = .open(until: now + .milliseconds(Int64(Double(whole.milliseconds) * share)))
        probeBegan = nil
        tally = SlidingTally(seconds: Self.window)
        inARow = [:]
    }
}

/// Calls and failures of the last so many seconds, second by second.
struct SlidingTally: Sendable, Hashable {
    private struct Second: Sendable, Hashable {
        var second: Int64
        var calls = 0
        var failures = 0
    }

    private let seconds: Int
    private var slots: [Second] = []

    init(seconds: Int) { self.seconds = seconds }

    mutating func count(isFailure: Bool, at now: Instant) {
        let second = now.milliseconds.flooredDivision(by: 1_000)
        slots.removeAll { $0.second <= second - Int64(seconds) || $0.second > second }
        if slots.last?.second != second { slots.append(Second(second: second)) }
        slots[slots.count - 1].calls += 1
        if isFailure { slots[slots.count - 1].failures += 1 }
    }

    func totals(at now: Instant) -> (calls: Int, failures: Int) {
        let second = now.milliseconds.flooredDivision(by: 1_000)
        return slots.reduce(into: (0, 0)) { sum, slot in
            guard slot.second > second - Int64(seconds) else { return }
            sum.0 += slot.calls
            sum.1 += slot.failures
        }
    }
}
