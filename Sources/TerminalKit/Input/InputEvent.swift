/// Something that reached the program from its terminal or from the system.
public enum InputEvent: Hashable, Sendable {
    case key(Key)
    /// A whole paste as one edit: control characters dropped except newline and tab.
    case paste(String)
    case mouse(MouseEvent)
    case focusIn, focusOut
    case resize(Size)
    /// The terminal has answered that it can draw pixels; the next `draw` shows pictures that way.
    case graphics(Graphics)
    /// Back in the foreground after a suspension; the screen is already repainted from the last canvas.
    case resumed
    /// The terminal is gone. Save and exit.
    case hangup
    /// SIGTERM, SIGINT or SIGQUIT from outside. Save, close and exit with 128 + signal.
    case terminate(signal: Int32)
}

public struct MouseEvent: Hashable, Sendable {
    public enum Action: Hashable, Sendable {
        case press, release, wheelUp, wheelDown
    }
    public enum Button: Hashable, Sendable {
        case left, middle, right, none
    }

    public var x: Int
    public var y: Int
    public var button: Button
    public var action: Action
    public var modifiers: Key.Modifiers

    public init(x: Int, y: Int, button: Button = .left, action: Action = .press, modifiers: Key.Modifiers = []) {
        self.x = x
        self.y = y
        self.button = button
        self.action = action
        self.modifiers = modifiers
    }
}
