/// A question in the middle of the screen. The last button is the safe one and has the focus at first.
public struct Dialog: Hashable, Sendable {
    public var title: String
    /// Wrapped to the dialog's width; line breaks are kept.
    public var body: String
    public var buttons: [Form.Button]
    /// Colours the title: danger for what cannot be undone.
    public var role: Role

    public init(title: String, body: String, buttons: [Form.Button], role: Role = .heading) {
        self.title = title
        self.body = body
        self.buttons = buttons
        self.role = role
    }

    /// A question answered by Yes or No, where No is the answer unless somebody chooses otherwise.
    public static func confirm(title: String, body: String, yes: String = "Yes", no: String = "No") -> Dialog {
        Dialog(
            title: title, body: body, buttons: [.init(id: "yes", title: yes), .init(id: "no", title: no)],
            role: .warning)
    }

    /// The button with the focus when the dialog opens.
    public var safeButton: Int { max(0, buttons.count - 1) }

    /// Left, right, Tab move; Enter and Space choose; Esc is the safe button. nil when the key means nothing here.
    public func handle(_ key: Key, focused: Int) -> Answer? {
        guard !buttons.isEmpty else { return key == .escape || key == .enter ? .cancelled : nil }
        switch key {
        case .left, .backtab, "h": return .focus((focused + buttons.count - 1) % buttons.count)
        case .right, .tab, "l": return .focus((focused + 1) % buttons.count)
        case .enter, .space: return .chosen(id: buttons[min(max(0, focused), buttons.count - 1)].id)
        case .escape: return .cancelled
        default: return nil
        }
    }

    public enum Answer: Hashable, Sendable {
        case focus(Int)
        case chosen(id: String)
        case cancelled
    }

    /// Dims what is there and draws over it; the hits of what lies below are to be forgotten by the caller.
    @discardableResult
    public func draw(focused: Int, on canvas: inout Canvas, in screen: Rect) -> HitMap {
        var hits = HitMap()
        canvas.dimBackdrop()
        let width = min(screen.width, max(Text.width(title) + 6, min(60, screen.width - 4)))
        let lines = Text.wrap(body, to: max(1, width - 4), lines: max(1, screen.height - 5))
        let frame = screen.centred(Size(columns: width, rows: lines.count + (buttons.isEmpty ? 4 : 5)))
        Overlay.draw(frame, title: Line(title, role, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        if !buttons.isEmpty {
            let foot = inner.sliceBottom(1)
            ButtonRow(buttons: buttons, focused: focused).draw(on: &canvas, in: foot, surface: .dialog, hits: &hits)
        }
        if inner.height > lines.count { _ = inner.sliceTop(1) }
        for line in lines { canvas.put(line, in: inner.sliceTop(1), style: Style(on: .dialog)) }
        return hits
    }
}

/// The frame of everything that lies above the screen.
public enum Overlay {
    /// Clears a rectangle to the dialog's surface and frames it.
    public static func draw(_ rect: Rect, title: Line, on canvas: inout Canvas, surface: Surface = .dialog) {
        canvas.fill(rect, style: Style(on: surface))
        canvas.box(rect, title: title, style: Style(.borderFocused, on: surface))
    }
}
