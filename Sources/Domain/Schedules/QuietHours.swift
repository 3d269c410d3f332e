/// Hours of the day in which nothing is begun by the calendar, such as `22:00-06:00`: no schedule runs, no digest leaves,
/// and scheduled fetches that wait in the queue stay there unless a person asks for them.
public struct QuietHours: Sendable, Hashable {
    /// Minutes of the day; `from` may lie behind `to`, across midnight.
    public let from: Int
    public let to: Int

    /// nil unless the text is two different times of day.
    public init?(_ text: String) {
        let ends = text.split(separator: "-").map { $0.split(separator: ":").map { Int($0) } }
        guard ends.count == 2, ends.allSatisfy({ $0.count == 2 }), let fromHour = ends[0][0],
            let fromMinute = ends[0][1],
            let toHour = ends[1][0], let toMinute = ends[1][1], (0...23).contains(fromHour), (0...23).contains(toHour),
            (0...59).contains(fromMinute), (0...59).contains(toMinute)
        else { return nil }
        from = fromHour * 60 + fromMinute
        to = toHour * 60 + toMinute
        if from == to { return nil }
    }

    public var text: String { "\(Self.clock(from))-\(Self.clock(to))" }

    private static func clock(_ minute: Int) -> String {
        "\(Digits.padded(minute / 60, 2)):\(Digits.padded(minute % 60, 2))"
    }

    /// When they end, if `instant` lies in them.
    public func end(at instant: Instant, offset: (Instant) -> Int) -> Instant? {
        let time = CivilTime(instant, offset: offset(instant))
        let minute = time.hour * 60 + time.minute
        let isQuiet = from < to ? (from..<to).contains(minute) : minute >= from || minute < to
        guard isQuiet else { return nil }
        let wait = ((to - minute) % 1_440 + 1_440) % 1_440
        let begun = instant.milliseconds.flooredDivision(by: 60_000) * 60_000
        return Instant(milliseconds: begun + Int64(wait) * 60_000)
    }
}
