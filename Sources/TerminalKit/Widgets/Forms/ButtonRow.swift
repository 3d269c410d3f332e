/// Buttons side by side at the right end of a row: `[ Submit ]  [ Cancel ]`.
public struct ButtonRow: Hashable, Sendable {
    public var buttons: [Form.Button]
    public var focused: Int?

    public init(buttons: [Form.Button], focused: Int?) {
        self.buttons = buttons
        self.focused = focused
    }

    public var width: Int {
        buttons.reduce(0) { $0 + Text.width($1.title) + 4 } + max(0, buttons.count - 1) * 2
    }

    /// Hits: `button` with its number; disabled buttons have none.
    public func draw(on canvas: inout Canvas, in rect: Rect, surface: Surface = .dialog, hits: inout HitMap) {
        var x = max(rect.x, rect.right - width)
        for (index, button) in buttons.enumerated() where x < rect.right {
            let isFocused = index == focused
            let style =
                button.isEnabled
                ? Style(isFocused ? .onAccent : .text, on: isFocused ? .buttonFocused : .button, isFocused ? .bold : [])
                : Style(.disabled, on: surface)
            let used = canvas.put("[ \(button.title) ]", x: x, y: rect.y, style: style, width: rect.right - x)
            if button.isEnabled { hits.add(Rect(x: x, y: rect.y, width: used, height: 1), HitTarget("button", index)) }
            x += used + 2
        }
    }
}
