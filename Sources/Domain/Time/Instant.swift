/// A moment in UTC with millisecond precision, counted from 1 January 1970. What the store and the wire carry.
public struct Instant: Hashable, Sendable, Comparable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { self.init(milliseconds: seconds * 1_000) }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (instant: Instant, wait: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds + wait.milliseconds)
    }

    public static func - (instant: Instant, wait: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds - wait.milliseconds)
    }

    public func since(_ earlier: Instant) -> Duration { .milliseconds(milliseconds - earlier.milliseconds) }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded toward zero.
    public var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
