/// How many retries a provider is worth: when everything fails, retries only make it worse.
///
/// A bucket of 500 tokens; a retry costs 5, after a time-out 10; each call that goes well at the first try gives one
/// back. Besides, retries stay below a tenth of all calls of two minutes (facts: reliability 1.4).
public struct RetryBudget: Sendable, Hashable {
    public static let capacity = 500
    /// So many retries within two minutes are never too many, or the first failure of a quiet hour could not be met.
    public static let alwaysAllowed = 20

    public private(set) var tokens: Int
    /// Failures stand for retries here.
    private var tally = SlidingTally(seconds: 120)

    public init(tokens: Int = capacity) { self.tokens = min(max(tokens, 0), Self.capacity) }

    /// A call that went well.
    public mutating func earn(at now: Instant) {
        tokens = min(Self.capacity, tokens + 1)
        tally.count(isFailure: false, at: now)
    }

    /// Pays for one retry, if it can.
    public mutating func spend(isAfterTimeout: Bool, at now: Instant) -> Bool {
        let price = isAfterTimeout ? 10 : 5
        let (calls, retries) = tally.totals(at: now)
        guard tokens >= price, retries < max(Self.alwaysAllowed, calls / 10) else { return false }
        tokens -= price
        tally.count(isFailure: true, at: now)
        return true
    }
}
