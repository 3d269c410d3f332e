/// Days as both systems write them: `dd/MM/yyyy`.
public enum DocumentDate {
    /// nil for anything but two digits, two digits and four digits that name a day that exists.
    public static func read(_ text: some StringProtocol) -> LegalDate? {
        var parts = (day: 0, month: 0, year: 0)
        var count = 0
        for byte in text.utf8 {
            if count == 2 || count == 5 {
                guard byte == UInt8(ascii: "/") else { return nil }
            } else {
                guard (48...57).contains(byte), count < 10 else { return nil }
                let digit = Int(byte - 48)
                switch count {
                case 0...1: parts.day = parts.day * 10 + digit
                case 3...4: parts.month = parts.month * 10 + digit
                default: parts.year = parts.year * 10 + digit
                }
            }
            count += 1
        }
        return count == 10 ? LegalDate(year: parts.year, month: parts.month, day: parts.day) : nil
    }

    public static func text(_ date: LegalDate) -> String {
        "\(Digits.padded(date.day, 2))/\(Digits.padded(date.month, 2))/\(Digits.padded(date.year, 4))"
    }
}
