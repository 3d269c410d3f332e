/// A moment in UTC with millisecond precision, counted from 1 January 1970. What the store and the wire carry.
///
/// It lies in the years 1 to 9999, which dates can be written of: a number beyond them, from a damaged database or the
/// wire, becomes the nearest moment that does. So no calculation with moments can overflow.
public struct Instant: Hashable, Sendable, Comparable, Codable {
    public let milliseconds: Int64

    /// The first and the last millisecond of the years 1 to 9999 in UTC.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    public init(seconds: Int64) {
        let (milliseconds, overflowed) = seconds.multipliedReportingOverflow(by: 1_000)
        self.init(milliseconds: overflowed ? (seconds < 0 ? .min : .max) : milliseconds)
    }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (instant: Instant, wait: Duration) -> Instant {
        let (sum, overflowed) = instant.milliseconds.addingReportingOverflow(wait.milliseconds)
        return Instant(milliseconds: overflowed ? (wait < .zero ? .min : .max) : sum)
    }

    public static func - (instant: Instant, wait: Duration) -> Instant {
        let (rest, overflowed) = instant.milliseconds.subtractingReportingOverflow(wait.milliseconds)
        return Instant(milliseconds: overflowed ? (wait < .zero ? .max : .min) : rest)
    }

    public func since(_ earlier: Instant) -> Duration { .milliseconds(milliseconds - earlier.milliseconds) }

    public init(from decoder: any Decoder) throws {
        self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded toward zero; the nearest number there is for more than 292 million years.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, overflowed) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return isBeyond || overflowed ? (seconds < 0 ? .min : .max) : sum
    }
}
