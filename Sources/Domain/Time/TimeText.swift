/// How moments are written: for people on screen, for programs on the wire.
public enum TimeText {
    /// `20-11-2026 18:40:01`, the form that the tables show.
    public static func full(_ instant: Instant, offset: Int) -> String {
        let time = CivilTime(instant, offset: offset)
        return "\(date(time.date)) \(clock(time))"
    }

    /// `20-11-2026`.
    public static func date(_ date: LegalDate) -> String {
        "\(Digits.padded(date.day, 2))-\(Digits.padded(date.month, 2))-\(Digits.padded(date.year, 4))"
    }

    /// `18:40:01`.
    public static func clock(_ instant: Instant, offset: Int) -> String { clock(CivilTime(instant, offset: offset)) }

    /// `18:40`.
    public static func minute(_ instant: Instant, offset: Int) -> String {
        String(clock(instant, offset: offset).prefix(5))
    }

    /// `18:39:44.102`, for logs.
    public static func precise(_ instant: Instant, offset: Int) -> String {
        let time = CivilTime(instant, offset: offset)
        return "\(clock(time)).\(Digits.padded(time.millisecond, 3))"
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-20T13:10:01.000Z`.
    public static func rfc3339(_ instant: Instant) -> String {
        "\(CivilTime(instant, offset: 0).date)T\(precise(instant, offset: 0))Z"
    }

    /// Reads RFC 3339 with `Z` or an offset, fractions to the millisecond; nil for anything else.
    public static func instant(rfc3339 text: some StringProtocol) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = LegalDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            hour < 24, minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        var millisecond: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (48...57).contains($0) }
            guard !fraction.isEmpty else { return nil }
            for (index, digit) in fraction.prefix(3).enumerated() {
                millisecond += Int64(digit - 48) * [100, 10, 1][index]
            }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let offset = offset(rest) else { return nil }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - Int64(offset)
        return Instant(milliseconds: seconds * 1_000 + millisecond)
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.count == 1, bytes.first == UInt8(ascii: "Z") || bytes.first == UInt8(ascii: "z") { return 0 }
        let all = Array(bytes)
        guard all.count == 6, all[3] == UInt8(ascii: ":"), let hours = number(all[1..<3]),
            let minutes = number(all[4..<6])
        else { return nil }
        switch all[0] {
        case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }

    private static func clock(_ time: CivilTime) -> String {
        "\(Digits.padded(time.hour, 2)):\(Digits.padded(time.minute, 2)):\(Digits.padded(time.second, 2))"
    }
}
