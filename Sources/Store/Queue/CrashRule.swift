internal import Domain

/// When what the worker died on is set aside: after so many deaths within 72 hours (facts: reliability 1.3).
public struct CrashRule: Sendable, Hashable {
    /// At least 1.
    public let most: Int

    public init(most: Int = 3) { self.most = max(most, 1) }

    private static let window = Duration.seconds(72 * 3_600)

    /// From so many deaths on the next one sets it aside. Whoever is held beside it then would be counted with it.
    public var aloneFrom: Int { max(most - 1, 1) }

    /// One more death, and when the first of those that count was.
    func counted(_ crashes: Int, since first: Int64?, at now: Instant) -> (crashes: Int, first: Int64) {
        guard let first, first >= (now - Self.window).milliseconds else { return (1, now.milliseconds) }
        return (crashes + 1, first)
    }

    func isReached(_ crashes: Int) -> Bool { crashes >= most }

    static func words(_ crashes: Int, on what: String) -> String {
        "the worker died on this \(what) \(Counted.times(crashes)) within 72 hours"
    }
}
