import Domain
import Synchronization

/// What kind of call it is: a portal whose login fails may still answer reads of open sessions.
public enum CallFamily: String, Sendable, Hashable, CaseIterable {
    case authentication, reading
    /// Actions: what changes something at an authority.
    case filing
}

/// Stands before every call to a provider: rate limits, the circuit breaker, the retry budget, and what is known of its
/// health.
public protocol CallGate: Sendable {
    /// Asks for one call. `.go` is to be followed by `ended`.
    func admit(_ family: CallFamily, key: String) -> CallAdmission
    func ended(_ family: CallFamily, _ end: CallEnd, took: Duration)
    /// Pays for a retry; false when the provider has had enough of them.
    func mayRetry(after cause: Cause) -> Bool
    /// Whether the next call of this family tries a circuit that was open.
    func wantsProbe(_ family: CallFamily) -> Bool
}

extension CallGate {
    public func wantsProbe(_ family: CallFamily) -> Bool { false }
}

public enum CallAdmission: Sendable, Hashable {
    case go
    /// The rate limit of its key: ask again after this, at that moment.
    case wait(Duration, until: Instant)
    /// The circuit is open.
    case refused(until: Instant)
}

/// What a provider's failing means for the breaker.
public enum CallEnd: Sendable, Hashable {
    case answered
    case failed
    /// Cut short by us: says nothing of the provider.
    case abandoned
}

/// Lets everything through, for one call by hand.
public struct OpenGate: CallGate {
    public init() {}
    public func admit(_ family: CallFamily, key: String) -> CallAdmission { .go }
    public func ended(_ family: CallFamily, _ end: CallEnd, took: Duration) {}
    public func mayRetry(after cause: Cause) -> Bool { true }
}

/// Whose account the calls of this task are made for, by which limits are counted, and what became of them.
public enum CallContext {
    @TaskLocal public static var key = ""
    @TaskLocal public static var notes: CallNotes?
    /// What the calls of this task belong to, for the audit trail.
    @TaskLocal public static var topic: CallTopic?
    /// What kind of call is being sent; nil where no gate stands before it.
    @TaskLocal public static var family: CallFamily?
    /// Whether the call was made before and failed: what goes well then earns no further retry.
    @TaskLocal public static var isRepeat = false
    /// When the attempt has to be over; calls wait for their turn until then.
    @TaskLocal public static var deadline: ContinuousClock.Instant?
}

/// What calls belong to.
public struct CallTopic: Sendable, Hashable {
    /// Whom they are about, as the audit trail names subjects: `gst/GSTIN`.
    public var subject: String
    /// `job/12`, or the id of an operation; empty where there is neither.
    public var correlation: String
    /// The provider by its name.
    public var provider: String

    public init(subject: String, correlation: String = "", provider: String = "") {
        self.subject = subject
        self.correlation = correlation
        self.provider = provider
    }
}

/// What the gate and the provider said to the calls of one attempt.
public final class CallNotes: Sendable {
    private struct State {
        var refusedUntil: Instant?
        var hasFailed = false
        var isAnswered = false
    }

    private let state = Mutex(State())

    public init() {}

    func refused(until: Instant) { state.withLock { $0.refusedUntil = until } }
    func failed() { state.withLock { $0.hasFailed = true } }
    func answered() { state.withLock { $0.isAnswered = true } }

    /// Until when the provider is left alone, when that alone kept calls of this attempt back: none of its own failed.
    public var heldBackUntil: Instant? { state.withLock { $0.hasFailed ? nil : $0.refusedUntil } }

    /// Whether the provider failed a call of this attempt itself: such an attempt counts, or a job whose every call makes
    /// the circuit open would be tried for ever.
    public var hasFailed: Bool { state.withLock { $0.hasFailed } }

    /// Whether the provider answered at least one call of this attempt.
    public var isAnswered: Bool { state.withLock { $0.isAnswered } }
}
