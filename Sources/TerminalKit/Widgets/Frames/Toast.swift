/// A short message above the bottom line, at the right.
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

    /// Draws toasts upwards from the bottom of `rect`, newest lowest; as many as fit. Hits: `toast` with its number.
    @discardableResult
    public static func draw(_ toasts: [Toast], on canvas: inout Canvas, in rect: Rect) -> HitMap {
        var hits = HitMap()
        var room = rect
        for (index, toast) in toasts.enumerated().reversed() {
            let lines = toast.lines(width: min(50, rect.width - 4))
            guard room.height >= lines.count + 2 else { break }
            let width = (lines.map(\.width).max() ?? 0) + 4
            let frame = room.sliceBottom(lines.count + 2).right(width)
            canvas.fill(frame, style: Style(on: .toast))
            canvas.box(frame, style: Style(toast.kind.role, on: .toast))
            for (offset, line) in lines.enumerated() {
                canvas.put(line, in: frame.inset(columns: 2, rows: 1).row(offset), surface: .toast)
            }
            hits.add(frame, HitTarget("toast", index))
        }
        return hits
    }

    private func lines(width: Int) -> [Line] {
        let room = max(1, width - 2)
        let head = Text.wrap(title, to: room, lines: 2)
        let body = detail.isEmpty ? [] : Text.wrap(detail, to: room, lines: 3)
        return head.enumerated().map { offset, text in
            let mark = offset == 0 ? "\(kind.glyph) " : "  "
            return Line([Span(mark, kind.role, .bold), Span(text, .text, .bold)])
        } + body.map { Line("  " + $0, .muted) }
    }
}
