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
    /// Follow the facts, and scroll where there is no room for all of them.
    public var notes: [Fact] = []
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
        title: String, facts: [Fact] = [], notes: [Fact] = [], body: String, yes: String = "Yes", no: String = "No"
    ) -> Dialog {
        var dialog = Dialog(
            title: title, body: body, buttons: [.init(id: "yes", title: yes), .init(id: "no", title: no)],
            role: .warning)
        (dialog.facts, dialog.notes) = (facts, notes)
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
    ///
    /// - Parameter scroll: rows of the notes that have moved out at the top.
    @discardableResult
    public func draw(focused: Int, scroll: Int = 0, on canvas: inout Canvas, in screen: Rect) -> HitMap {
        var hits = HitMap()
        canvas.dimBackdrop()
        let content = DialogContent(self, screen)
        let frame = screen.centred(Size(columns: content.width, rows: min(content.rows, screen.height)))
        Overlay.draw(frame, title: Line(title, role, .bold), on: &canvas)
        var inner = frame.inset(columns: 2, rows: 1)
        if !buttons.isEmpty {
            let foot = inner.sliceBottom(1)
            ButtonRow(buttons: buttons, focused: focused).draw(on: &canvas, in: foot, surface: .dialog, hits: &hits)
        }
        if inner.height > content.textRows { _ = inner.sliceTop(1) }
        for line in content.told + content.notes(scroll) { canvas.put(line, in: inner.sliceTop(1), surface: .dialog) }
        _ = inner.sliceTop(content.gap)
        for line in content.body { canvas.put(line, in: inner.sliceTop(1), style: Style(on: .dialog)) }
        return hits
    }

    /// How far the notes can scroll; 0 where all of them are shown.
    public func lastScroll(in screen: Rect) -> Int { DialogContent(self, screen).lastScroll }
}

/// The frame of everything that lies above the screen.
public enum Overlay {
    /// Clears a rectangle to the dialog's surface and frames it.
    public static func draw(_ rect: Rect, title: Line, on canvas: inout Canvas, surface: Surface = .dialog) {
        canvas.fill(rect, style: Style(on: surface))
        canvas.box(rect, title: title, style: Style(.borderFocused, on: surface))
    }
}
