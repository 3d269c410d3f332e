/// How long a provider's demand to wait is kept (Retry-After). Minutes are: the provider knows best. A demand for hours or
/// days, which a gateway may answer with by mistake, ends early once the provider is seen to answer again
/// (facts: reliability 1.2).
public enum LongWait {
    /// Kept after the first such answer, whatever else is seen; twice as long after each further one, for an answer to
    /// somebody else is no proof that this one is served.
    public static let kept = Duration.seconds(900)
    /// Between two actions that are brought forward, so that a provider that has just come back is not overrun.
    public static let apart = Duration.seconds(1)

    public static func isLong(_ retryAfter: Duration?) -> Bool { retryAfter.map { $0 > kept } ?? false }
}
