/// A short message in the last lines of the screen.
public struct Toast: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case success, info, warning, danger

        public var role: Role {
            switch self {
            case .success: .success
            case .info: .info
            case .warning: .warning
            case .danger: .danger
            }
        }

        public var glyph: Character {
            switch self {
            case .success: "✓"
            case .info: "•"
            case .warning: "!"
            case .danger: "✗"
            }
        }
    }

    public var kind: Kind
    public var title: String
    /// More words below the title, such as which key shows the rest.
    public var detail: String

    public init(_ kind: Kind, _ title: String, detail: String = "") {
        self.kind = kind
        self.title = title
        self.detail = detail
    }

    /// Draws toasts at the bottom of `rect`, the newest lowest: each a line over the whole width, two where its words need
    /// them, three where they say what went wrong. What has no room in `rect` is left out, the oldest first.
    /// Hits: `toast` with its number.
    @discardableResult
    public static func draw(_ toasts: [Toast], on canvas: inout Canvas, in rect: Rect) -> HitMap {
        var hits = HitMap()
        var room = rect
        for (index, toast) in toasts.enumerated().reversed() {
            let lines = toast.lines(width: rect.width - 2)
            guard room.height >= lines.count else { break }
            let place = room.sliceBottom(lines.count)
            canvas.fill(place, style: Style(on: .toast))
            for (offset, line) in lines.enumerated() {
                canvas.put(line, in: place.row(offset).inset(left: 1, right: 1), surface: .toast)
            }
            hits.add(place, HitTarget("toast", index))
        }
        return hits
    }

    /// How many rows of `most` they take when they are drawn.
    public static func rows(_ toasts: [Toast], width: Int, most: Int) -> Int {
        var rows = 0
        for toast in toasts.reversed() {
            let count = toast.lines(width: width - 2).count
            guard rows + count <= most else { break }
            rows += count
        }
        return rows
    }

    /// Columns of the newest one when it is drawn in one line.
    public static func columns(_ toasts: [Toast], in width: Int) -> Int {
        (toasts.last?.lines(width: width - 2).first?.width ?? 0) + 2
    }

    /// The most rows that a toast takes.
    private var mostRows: Int { kind == .danger ? 3 : 2 }

    private func lines(width: Int) -> [Line] {
        let whole = detail.isEmpty ? title : "\(title) · \(detail)"
        // Where a line breaks a blank goes, so letters tell how far the title reaches.
        var left = title.count { !$0.isWhitespace }
        return Text.wrap(whole, to: max(1, width - 2), lines: mostRows).enumerated().map { row, text in
            let head = text.prefix { letter in
                if !letter.isWhitespace { left -= 1 }
                return left >= 0
            }
            let mark = row == 0 ? "\(kind.glyph) " : "  "
            return Line([
                Span(mark, kind.role, .bold), Span(String(head), .text, .bold),
                Span(String(text.dropFirst(head.count)), .muted),
            ])
        }
    }
}
