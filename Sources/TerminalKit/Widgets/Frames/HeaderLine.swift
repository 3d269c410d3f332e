/// The top line: where am I on the left, what is simulated, what runs and who am I on the right.
public struct HeaderLine: Hashable, Sendable {
    /// From the outside in; the last one is where we are.
    public var path: [String]
    /// Drawn on the banner surface before the rest, such as `SANDBOX`; empty when there is none.
    public var banner: String
    /// From left to right; when room is short the first ones go first.
    public var notes: [Line]

    public init(path: [String], banner: String = "", notes: [Line] = []) {
        self.path = path
        self.banner = banner
        self.notes = notes
    }

    /// Hits: `path` with the number of the step, `note` with the number of the note.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect) -> HitMap {
        var hits = HitMap()
        guard !rect.isEmpty else { return hits }
        canvas.fill(rect.top(1), style: Style(on: .header))
        var right = rect.right - 1
        let banner = banner.isEmpty ? 0 : Text.width(banner) + 4
        let wanted = min(path.reduce(-3) { $0 + Text.width($1) + 3 }, rect.width * 2 / 3)
        for (index, note) in notes.enumerated().reversed() {
            let room = right - (rect.x + 1 + wanted + 2 + banner)
            guard note.width <= room else { break }
            right -= note.width
            canvas.put(note, x: right, y: rect.y, surface: .header)
            hits.add(Rect(x: right, y: rect.y, width: note.width, height: 1), HitTarget("note", index))
            right -= 2
        }
        if banner > 0 {
            right -= banner - 2
            canvas.put(
                " \(self.banner) ", x: max(rect.x, right), y: rect.y, style: Style(.onAccent, on: .banner, .bold))
            right -= 2
        }
        drawPath(on: &canvas, x: rect.x + 1, y: rect.y, right: right, hits: &hits)
        return hits
    }

    private func drawPath(on canvas: inout Canvas, x start: Int, y: Int, right: Int, hits: inout HitMap) {
        var x = start
        for (index, step) in path.enumerated() where x < right {
            if index > 0 { x += canvas.put(" › ", x: x, y: y, style: Style(.muted, on: .header), width: right - x) }
            let isLast = index == path.count - 1
            let style = Style(isLast ? .heading : .muted, on: .header, isLast ? .bold : [])
            let used = canvas.put(step, x: x, y: y, style: style, width: max(0, right - x))
            hits.add(Rect(x: x, y: y, width: used, height: 1), HitTarget("path", index))
            x += used
        }
    }
}
