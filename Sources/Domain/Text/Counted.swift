/// Numbers with their noun, as people write them.
public enum Counted {
    /// `1 row`, `2 rows`; `several` for a noun whose plural is not made with an s.
    public static func text(_ count: Int, _ one: String, _ several: String? = nil) -> String {
        "\(count) \(count == 1 ? one : several ?? one + "s")"
    }

    /// `once`, `3 times`.
    public static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
