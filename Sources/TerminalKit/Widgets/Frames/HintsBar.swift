/// The keys that matter here, on the bottom line; as many as fit, whole ones only.
public struct HintsBar: Hashable, Sendable {
    public struct Hint: Hashable, Sendable {
        public var keys: String
        public var title: String
        /// A disabled hint stays where it is, greyed.
        public var isEnabled: Bool

        public init(keys: String, title: String, isEnabled: Bool = true) {
            self.keys = keys
            self.title = title
            self.isEnabled = isEnabled
        }
    }

    public var hints: [Hint]
    /// Hints at the end of the list that are kept even when others before them must go, such as help.
    public var keptLast: Int

    public init(hints: [Hint], keptLast: Int = 1) {
        self.hints = hints
        self.keptLast = min(max(0, keptLast), hints.count)
    }

    /// Hits: `hint` with the number of the hint in `hints`.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, surface: Surface = .footer) -> HitMap {
        var hits = HitMap()
        guard !rect.isEmpty else { return hits }
        canvas.fill(rect, style: Style(on: surface))
        var x = rect.x + 1
        for index in fitting(width: rect.width - 2) {
            let hint = hints[index]
            let start = x
            x += canvas.put(
                hint.keys, x: x, y: rect.y, style: Style(hint.isEnabled ? .key : .disabled, on: surface, .bold))
            let style = Style(hint.isEnabled ? .muted : .disabled, on: surface)
            x += canvas.put(" " + hint.title, x: x, y: rect.y, style: style)
            hits.add(Rect(x: start, y: rect.y, width: x - start, height: 1), HitTarget("hint", index))
            x += 2
        }
        return hits
    }

    private func fitting(width: Int) -> [Int] {
        let kept = hints.indices.suffix(keptLast)
        guard columns(kept) <= width else { return [] }
        var count = hints.count - keptLast
        while count > 0, columns(Array(hints.indices.prefix(count)) + kept) > width { count -= 1 }
        return Array(hints.indices.prefix(count)) + kept
    }

    /// Columns of some hints with two blanks between.
    private func columns(_ indices: some Collection<Int>) -> Int {
        let words = indices.reduce(0) { $0 + Text.width(hints[$1].keys) + 1 + Text.width(hints[$1].title) }
        return words + 2 * max(0, indices.count - 1)
    }
}
