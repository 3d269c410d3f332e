import Domain
import Portals
import Store
import Synchronization

/// What one provider may be asked, and how it does: limits, circuit breakers, retry budget, counts. One for each
/// provider for the life of the worker, whatever becomes of its file meanwhile.
final class ProviderGate: CallGate {
    let provider: String
    private let now: @Sendable () -> Instant
    private let random: RandomSource
    private let state: Mutex<State>

    private struct State {
        var limits: ProviderProfile.Limits
        var breakers: [CallFamily: CircuitBreaker] = [:]
        var changed: Set<CallFamily> = []
        var budget = RetryBudget()
        var whole: RateMeter?
        var meters: [String: RateMeter] = [:]
        var hours: [Int64: ProviderHour] = [:]
        /// When it answered last, since news were taken.
        var answeredAt: Instant?
    }

    /// Keys that are remembered before those at rest are forgotten.
    private static let mostMeters = 4_096

    init(
        _ provider: String, limits: ProviderProfile.Limits, now: @escaping @Sendable () -> Instant, random: RandomSource
    ) {
        self.provider = provider
        self.now = now
        self.random = random
        state = Mutex(State(limits: limits))
    }

    func adopt(_ limits: ProviderProfile.Limits) { state.withLock { $0.limits = limits } }

    func restore(_ breaker: CircuitBreaker, _ family: CallFamily) { state.withLock { $0.breakers[family] = breaker } }

    func admit(_ family: CallFamily, key: String) -> CallAdmission {
        let now = now()
        return state.withLock { state in
            if let until = state.breakers[family]?.nextChance(at: now) { return .refused(until: until) }
            if family == .filing, let until = Self.filingWaits(state, now) { return .refused(until: until) }
            if let wait = Self.wait(&state, key, now) { return .wait(wait, until: now + wait) }
            guard var breaker = state.breakers[family] else { return .go }
            let before = breaker.name
            let admission = breaker.admit(at: now)
            state.breakers[family] = breaker
            if breaker.name != before { state.changed.insert(family) }
            if case .notBefore(let until) = admission { return .refused(until: until) }
            return .go
        }
    }

    /// Both limits are asked before either is charged with the call.
    private static func wait(_ state: inout State, _ key: String, _ now: Instant) -> Duration? {
        var (own, all) = (state.meters[key], state.whole)
        // A worker that just started cannot know what left before it: no burst at first.
        if let limit = state.limits.perKey {
            var meter = own ?? RateMeter(at: now, isSpent: true, limit: limit)
            if let wait = meter.take(at: now, limit: limit) { return wait }
            own = meter
        }
        if let limit = state.limits.whole {
            var meter = all ?? RateMeter(at: now, isSpent: true, limit: limit)
            if let wait = meter.take(at: now, limit: limit) { return wait }
            all = meter
        }
        (state.meters[key], state.whole) = (own, all)
        if state.meters.count > mostMeters { state.meters = state.meters.filter { !$0.value.isAtRest(at: now) } }
        return nil
    }

    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {
        guard end != .abandoned else { return state.withLock { $0.breakers[family]?.abandonProbe() } }
        let now = now()
        let jitter = Double(random.next() % 1_000) / 999
        let (key, isRepeat) = (CallContext.key, CallContext.isRepeat)
        state.withLock { state in
            let hour = ProviderHour.hour(of: now)
            var tally = state.hours[hour] ?? ProviderHour(provider: provider, hour: hour)
            tally.calls += 1
            if end == .answered { state.answeredAt = now }
            if end == .failed { tally.failures += 1 } else if !isRepeat { state.budget.earn(at: now) }
            tally.latency.count(took)
            state.hours[hour] = tally
            // A breaker is made by the first failure: whoever never fails costs nothing here.
            if end == .failed, state.breakers[family] == nil { state.breakers[family] = CircuitBreaker() }
            for (other, before) in state.breakers {
                // An action is no way to try a provider: reads and logins try for it, whatever comes of them.
                let isForFiling = other == .filing && family != .filing && before.isDueForProbe(at: now)
                // A login is rare, so an answered read counts for it too when it is being tried again.
                guard other == family || isForFiling || (end == .answered && before.isWaitingForProbe) else { continue }
                var breaker = before
                if isForFiling { _ = breaker.admit(at: now) }
                breaker.record(isFailure: end == .failed, of: key, at: now, jitter: jitter)
                state.breakers[other] = breaker
                if breaker.phase != before.phase { state.changed.insert(other) }
            }
        }
    }

    func mayRetry(after cause: Cause) -> Bool {
        let now = now()
        return state.withLock { $0.budget.spend(isAfterTimeout: cause == .portalTimeout, at: now) }
    }

    func wantsProbe(_ family: CallFamily) -> Bool {
        let now = now()
        return state.withLock { $0.breakers[family]?.isDueForProbe(at: now) ?? false }
    }

    /// When something may be asked again; nil when it may be now.
    func nextChance(at now: Instant) -> Instant? {
        state.withLock { $0.breakers.values.compactMap { $0.nextChance(at: now) }.max() }
    }

    /// Whether a question would show that actions may go there again.
    var wantsProbeForFiling: Bool {
        let now = now()
        return state.withLock { $0.breakers[.filing]?.isDueForProbe(at: now) ?? false }
    }

    /// Until when no action may go there; nil when one may go now.
    func filingWaits() -> Instant? {
        let now = now()
        return state.withLock { Self.filingWaits($0, now) }
    }

    /// A circuit of actions is closed by reads and logins (facts: reliability 1.5).
    private static func filingWaits(_ state: State, _ now: Instant) -> Instant? {
        guard let breaker = state.breakers[.filing], breaker.phase != .closed else { return nil }
        return breaker.nextChance(at: now) ?? now + .seconds(5)
    }

    /// Whether it is being tried again, so that one job at a time is enough.
    var isProbing: Bool {
        state.withLock { state in
            state.breakers.values.contains { if case .closed = $0.phase { false } else { true } }
        }
    }

    struct News: Sendable {
        var hours: [ProviderHour]
        var circuits: [CircuitRecord]
        var provider: String
        /// When it answered last.
        var answeredAt: Instant?
        var at: Instant
        var isEmpty: Bool { hours.isEmpty && circuits.isEmpty }

        /// A provider that answered again takes what waits for it because it had asked for a long wait before.
        func keep(in writer: StoreWriter) throws {
            try writer.add(hours)
            try writer.keep(circuits)
            if let answeredAt { try writer.bringForward(provider, answeredAt: answeredAt, now: at) }
        }
    }

    /// What has not been stored yet; whoever takes it stores it.
    func takeNews() -> News {
        let now = now()
        return state.withLock { state in
            defer {
                state.hours = [:]
                state.changed = []
                state.answeredAt = nil
            }
            let circuits = state.changed.compactMap { family in
                state.breakers[family].map {
                    CircuitRecord(provider: provider, family: family.rawValue, breaker: $0, changedAt: now)
                }
            }
            return News(
                hours: Array(state.hours.values), circuits: circuits, provider: provider, answeredAt: state.answeredAt,
                at: now)
        }
    }
}
