extension Rect {
    /// The rectangle without a margin on each side; empty rather than negative.
    public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
    }

    public func inset(by amount: Int) -> Rect { inset(left: amount, top: amount, right: amount, bottom: amount) }
    public func inset(columns: Int, rows: Int) -> Rect { inset(left: columns, top: rows, right: columns, bottom: rows) }

    /// The first `count` rows (fewer when the rectangle is lower).
    public func top(_ count: Int) -> Rect { Rect(x: x, y: y, width: width, height: min(max(0, count), height)) }
    public func bottom(_ count: Int) -> Rect {
        let rows = min(max(0, count), height)
        return Rect(x: x, y: bottom - rows, width: width, height: rows)
    }
    public func left(_ count: Int) -> Rect { Rect(x: x, y: y, width: min(max(0, count), width), height: height) }
    public func right(_ count: Int) -> Rect {
        let columns = min(max(0, count), width)
        return Rect(x: right - columns, y: y, width: columns, height: height)
    }

    /// Cuts rows off the top of `self` and returns them: the usual way to lay a screen out from the top down.
    public mutating func sliceTop(_ count: Int) -> Rect {
        let slice = top(count)
        self = inset(top: slice.height)
        return slice
    }
    public mutating func sliceBottom(_ count: Int) -> Rect {
        let slice = bottom(count)
        self = inset(bottom: slice.height)
        return slice
    }
    public mutating func sliceLeft(_ count: Int) -> Rect {
        let slice = left(count)
        self = inset(left: slice.width)
        return slice
    }
    public mutating func sliceRight(_ count: Int) -> Rect {
        let slice = right(count)
        self = inset(right: slice.width)
        return slice
    }

    /// `count` side-by-side parts of nearly equal width; the first ones get the columns that are left over.
    public func columns(_ count: Int, gap: Int = 0) -> [Rect] {
        guard count > 0 else { return [] }
        let usable = max(0, width - gap * (count - 1))
        var left = x
        return (0..<count).map { index in
            let part = usable / count + (index < usable % count ? 1 : 0)
            defer { left += part + gap }
            return Rect(x: left, y: y, width: part, height: height)
        }
    }

    /// A rectangle of the given size in the middle of this one, cut down when it does not fit.
    public func centred(_ size: Size) -> Rect {
        let width = min(size.columns, self.width)
        let height = min(size.rows, self.height)
        return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }
}
