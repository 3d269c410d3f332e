/// Numbers with their noun, as people write them.
public enum Counted {
    /// `1 row`, `2 rows`; `several` for a noun whose plural is not made with an s.
    public static func text(_ count: Int, _ one: String, _ several: String? = nil) -> String {
        "\(count.grouped) \(count == 1 ? one : several ?? one + "s")"
    }

    /// `once`, `3 times`.
    public static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count.grouped) times" }

    /// Digits in groups as they are written in India: the last three, then by two.
    static func grouped(_ digits: String) -> String {
        var rest = Array(digits)
        var groups = [String(rest.suffix(3))]
        rest.removeLast(min(3, rest.count))
        while !rest.isEmpty {
            groups.append(String(rest.suffix(2)))
            rest.removeLast(min(2, rest.count))
        }
        return groups.reversed().joined(separator: ",")
    }
}

extension Int {
    /// `1,00,000`: for screens and sentences. What other programs read has plain digits.
    public var grouped: String { (self < 0 ? "-" : "") + Counted.grouped(String(magnitude)) }
}
