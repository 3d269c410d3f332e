/// Moments and days on NIC's wires: Indian time without a zone (facts: nic-einvoice-ewb 0, 3.1, 3.3).
public enum NicTime {
    /// Either form: `yyyy-MM-dd HH:mm:ss` of the IRPs or `dd/MM/yyyy hh:mm:ss AM` of EWB. Blanks around it are forgiven.
    public static func instant(_ text: some StringProtocol) -> Instant? {
        let words = text.split(separator: " ")
        guard words.count == 2 || words.count == 3, let date = date(words[0]) else { return nil }
        let parts = words[1].split(separator: ":", omittingEmptySubsequences: false).map { number($0) }
        guard parts.count == 3, var hour = parts[0], let minute = parts[1], let second = parts[2], minute < 60,
            second < 60
        else { return nil }
        if words.count == 3 {
            guard (1...12).contains(hour) else { return nil }
            switch words[2].uppercased() {
            case "AM": hour %= 12
            case "PM": hour = hour % 12 + 12
            default: return nil
            }
        }
        guard hour < 24 else { return nil }
        return instant(date, hour: hour, minute: minute, second: second)
    }

    /// A moment of an Indian day.
    public static func instant(_ date: LegalDate, hour: Int, minute: Int, second: Int = 0) -> Instant {
        let seconds = date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second - LegalDate.indianOffset
        return Instant(seconds: Int64(seconds))
    }

    /// A day, `dd/MM/yyyy`, `dd-MM-yyyy` or `yyyy-MM-dd`.
    public static func date(_ text: some StringProtocol) -> LegalDate? {
        let text = text.split(separator: " ").joined(separator: " ")
        if let date = LegalDate(text) { return date }
        let parts = text.split(whereSeparator: { $0 == "/" || $0 == "-" })
        guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2, parts[2].utf8.count == 4,
            text.utf8.count == 10, let day = number(parts[0]), let month = number(parts[1]),
            let year = number(parts[2])
        else { return nil }
        return LegalDate(year: year, month: month, day: day)
    }

    /// `dd/MM/yyyy`.
    public static func text(_ date: LegalDate) -> String {
        "\(Digits.padded(date.day, 2))/\(Digits.padded(date.month, 2))/\(Digits.padded(date.year, 4))"
    }

    /// `yyyy-MM-dd HH:mm:ss`, as the IRPs write.
    public static func invoiceText(_ instant: Instant) -> String {
        let time = CivilTime(instant, offset: LegalDate.indianOffset)
        return "\(time.date) \(clock(time.hour, time))"
    }

    /// `dd/MM/yyyy hh:mm:ss AM`, as EWB writes.
    public static func ewbText(_ instant: Instant) -> String {
        let time = CivilTime(instant, offset: LegalDate.indianOffset)
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        return "\(text(time.date)) \(clock(hour, time)) \(time.hour < 12 ? "AM" : "PM")"
    }

    private static func clock(_ hour: Int, _ time: CivilTime) -> String {
        [hour, time.minute, time.second].map { Digits.padded($0, 2) }.joined(separator: ":")
    }

    private static func number(_ digits: some StringProtocol) -> Int? {
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }
}
