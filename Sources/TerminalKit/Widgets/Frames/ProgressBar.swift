/// A bar in eighths of a column with its percentage.
public struct ProgressBar: Hashable, Sendable {
    /// 0 to 1; nil when the end is not known.
    public var fraction: Double?

    public init(fraction: Double?) { self.fraction = fraction.map { $0.isNaN ? 0 : min(1, max(0, $0)) } }

    public var percentText: String { fraction.map { "\(Int($0 * 100)) %" } ?? "" }

    public func draw(on canvas: inout Canvas, in rect: Rect, surface: Surface = .base) {
        guard !rect.isEmpty else { return }
        let label = percentText.isEmpty ? 0 : 6
        let bar = rect.top(1).inset(right: rect.width > label + 3 ? label : 0)
        let eighths = Int((Double(bar.width * 8) * (fraction ?? 0)).rounded())
        for column in 0..<bar.width {
            let filled = min(8, max(0, eighths - column * 8))
            // U+2588 is the full block; the partial ones count down from it by eighths.
            let glyph: UInt32 = filled == 0 ? 0x2591 : UInt32(0x2590 - filled)
            let role: Role = filled == 0 ? .disabled : .running
            canvas.glyph(glyph, x: bar.x + column, y: bar.y, style: Style(role, on: surface))
        }
        if bar.width < rect.width {
            canvas.putRight(percentText, right: rect.right, y: rect.y, style: Style(.text, on: surface))
        }
    }
}

/// A turning sign for work of unknown length; the caller counts ticks only while it is visible.
public enum Spinner {
    private static let glyphs: [Character] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

    public static func glyph(tick: Int) -> Character { glyphs[((tick % 10) + 10) % 10] }
}
