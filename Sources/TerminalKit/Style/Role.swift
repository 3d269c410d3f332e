/// What a piece of foreground means. A theme gives each role its colour; code never names a hue.
public enum Role: UInt8, CaseIterable, Sendable {
    case text, muted, accent, heading, border, borderFocused, key
    case success, danger, warning, info, running
    case link, disabled, match, inputText, placeholderText
    /// Text on an accent-coloured or banner surface.
    case onAccent

    /// The name in theme files, such as `border_focused`.
    public var name: String {
        switch self {
        case .borderFocused: "border_focused"
        case .inputText: "input_text"
        case .placeholderText: "placeholder_text"
        case .onAccent: "on_accent"
        default: String(describing: self)
        }
    }

    /// The letter in `Canvas.styleRows`; a bold cell shows the capital.
    public var letter: Character {
        switch self {
        case .text: "t"
        case .muted: "m"
        case .accent: "a"
        case .heading: "h"
        case .border: "b"
        case .borderFocused: "o"
        case .key: "k"
        case .success: "s"
        case .danger: "d"
        case .warning: "w"
        case .info: "i"
        case .running: "r"
        case .link: "l"
        case .disabled: "x"
        case .match: "f"
        case .inputText: "n"
        case .placeholderText: "p"
        case .onAccent: "c"
        }
    }
}
