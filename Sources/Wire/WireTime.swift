import Domain

/// Moments as the bridge writes them: RFC 3339 with the Indian offset.
public enum WireTime {
    /// `2026-09-01T09:00:02+05:30`.
    public static func text(_ instant: Instant) -> String {
        let time = CivilTime(instant, offset: 19_800)
        let clock = [time.hour, time.minute, time.second].map { Digits.padded($0, 2) }.joined(separator: ":")
        return "\(time.date)T\(clock)+05:30"
    }

    /// Any RFC 3339 text with an offset or `Z`.
    public static func instant(_ text: String) -> Instant? { TimeText.instant(rfc3339: text) }
}
