/// How long something lasts yet, as people say it at a glance.
enum TimeLeft {
    /// `3 d 4 h`, `18 h`, `2 h 40 min`, `12 min`; nothing finer.
    static func text(_ left: Duration) -> String {
        let minutes = max(0, Int(left.components.seconds)) / 60
        let (days, hours) = (minutes / 1_440, minutes / 60 % 24)
        if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
        if hours >= 8 { return "\(hours) h" }
        let rest = minutes % 60
        if hours > 0 { return rest > 0 ? "\(hours) h \(rest) min" : "\(hours) h" }
        return "\(minutes) min"
    }

    /// The same for a narrow column: hours without minutes, days without hours.
    static func brief(_ left: Duration) -> String {
        let minutes = max(0, Int(left.components.seconds)) / 60
        if minutes < 60 { return "\(minutes) min" }
        return minutes < 2_880 ? "\(minutes / 60) h" : "\(minutes / 1_440) d"
    }
}
