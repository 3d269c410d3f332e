/// A question in the middle of the screen. The last button is the safe one and has the focus at first.
public struct Dialog: Hashable, Sendable {
    /// What the question is about: a name at the left, what it is beside it, wrapped.
    public struct Fact: Hashable, Sendable {
        public var name: String
        public var value: String
        public var role: Role

        public init(_ name: String, _ value: String, _ role: Role = .text) {
            self.name = name
            self.value = value
            self.role = role
        }
    }

    public var title: String
    /// Stand above the body.
    public var facts: [Fact] = []
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
    public static func confirm(
        title: String, facts: [Fact] = [], body: String, yes: String = "Yes", no: String = "No"
    ) -> Dialog {
        var dialog = Dialog(
            title: title, body: body, buttons: [.init(id: "yes", title: yes), .init(id: "no", title: no)],
            role: .warning)
        dialog.facts = facts
        return dialog
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
        let most = facts.isEmpty ? 60 : 76
        let width = min(screen.width, max(Text.width(title) + 6, min(most, screen.width - 4)))
        let told = factLines(width: width - 4)
        let room = max(1, screen.height - 5 - told.count)
        let lines = body.isEmpty ? [] : Text.wrap(body, to: max(1, width - 4), lines: room)
        let gap = told.isEmpty || lines.isEmpty ? 0 : 1
        let rows = told.count + gap + lines.count + (buttons.isEmpty ? 4 : 5)
        let frame = screen.centred(Size(columns: width, rows: min(rows, screen.height)))
        Overlay.draw(frame, title: Line(title, role, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        if !buttons.isEmpty {
            let foot = inner.sliceBottom(1)
            ButtonRow(buttons: buttons, focused: focused).draw(on: &canvas, in: foot, surface: .dialog, hits: &hits)
        }
        if inner.height > told.count + gap + lines.count { _ = inner.sliceTop(1) }
        for line in told { canvas.put(line, in: inner.sliceTop(1), surface: .dialog) }
        _ = inner.sliceTop(gap)
        for line in lines { canvas.put(line, in: inner.sliceTop(1), style: Style(on: .dialog)) }
        return hits
    }

    private func factLines(width: Int) -> [Line] {
        let names = (facts.map { Text.width($0.name) }.max() ?? 0) + 2
        return facts.flatMap { fact in
            Text.wrap(fact.value, to: max(1, width - names), lines: 3).enumerated().map { index, text in
                let name = index == 0 ? fact.name : ""
                return Line(name + String(repeating: " ", count: names - Text.width(name)), .muted)
                    + Line(text, fact.role, index == 0 && fact.role != .text ? .bold : [])
            }
        }
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
