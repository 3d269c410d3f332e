/// Moments as both systems write them: Indian time without a zone (facts: nic-einvoice-ewb 3.3, 6).
public enum EWayBillTime {
    /// Reads `09/07/2025 11:32:00 AM` of the e-way bill system or `2025-07-09 11:32:00` of the registration portals; blanks
    /// around it are real (facts: nic-einvoice-ewb 3.3).
    public static func read(_ text: some StringProtocol) -> Instant? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2 || parts.count == 3, let clock = clock(parts[1]) else { return nil }
        if parts.count == 2 {
            guard clock.hour < 24, let date = LegalDate(parts[0]) else { return nil }
            return moment(date, clock.hour, clock.minute, clock.second)
        }
        let half = parts[2].uppercased()
        guard half == "AM" || half == "PM", (1...12).contains(clock.hour), let date = DocumentDate.read(parts[0]) else {
            return nil
        }
        return moment(date, clock.hour % 12 + (half == "PM" ? 12 : 0), clock.minute, clock.second)
    }

    /// `09/07/2025 11:32:00 AM`.
    public static func twelveHourText(_ instant: Instant) -> String {
        let time = CivilTime(instant, offset: LegalDate.indianOffset)
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let clock = [hour, time.minute, time.second].map { Digits.padded($0, 2) }.joined(separator: ":")
        return "\(DocumentDate.text(time.date)) \(clock) \(time.hour < 12 ? "AM" : "PM")"
    }

    /// `2025-07-09 11:32:00`.
    public static func twentyFourHourText(_ instant: Instant) -> String {
        let time = CivilTime(instant, offset: LegalDate.indianOffset)
        return "\(time.date) \(TimeText.clock(instant, offset: LegalDate.indianOffset))"
    }

    /// The moment at which a clock in India shows that.
    public static func moment(_ date: LegalDate, _ hour: Int, _ minute: Int, _ second: Int = 0) -> Instant {
        let seconds = date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second - LegalDate.indianOffset
        return Instant(seconds: Int64(seconds))
    }

    private static func clock(_ text: some StringProtocol) -> (hour: Int, minute: Int, second: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Int(parts[2]), minute < 60, second < 60
        else { return nil }
        return (hour, minute, second)
    }
}
