/// What a piece of background is. A theme gives each surface its colour.
public enum Surface: UInt8, CaseIterable, Sendable {
    case base, panel, header, footer, selection, selectionUnfocused, input, inputFocused, toast, dialog
    /// What lies behind a dialog or panel, dimmed.
    case backdrop
    /// The strip that says SANDBOX.
    case banner
    case button, buttonFocused
    /// A hit of a search, and the hit the cursor stands on.
    case match, matchCurrent
    /// What machines read: black on white whatever the theme, which does not name it.
    case paper

    /// Those that a theme gives a colour.
    public static var themed: [Surface] { allCases.filter { $0 != .paper } }

    /// The name in theme files, such as `selection_unfocused`.
    public var name: String {
        switch self {
        case .selectionUnfocused: "selection_unfocused"
        case .inputFocused: "input_focused"
        case .buttonFocused: "button_focused"
        case .matchCurrent: "match_current"
        default: String(describing: self)
        }
    }

    /// The letter in `Canvas.surfaceRows`; a dot is the base.
    public var letter: Character {
        switch self {
        case .base: "."
        case .panel: "P"
        case .header: "H"
        case .footer: "F"
        case .selection: "S"
        case .selectionUnfocused: "U"
        case .input: "I"
        case .inputFocused: "J"
        case .toast: "T"
        case .dialog: "D"
        case .backdrop: "K"
        case .banner: "B"
        case .button: "N"
        case .buttonFocused: "M"
        case .match: "Y"
        case .matchCurrent: "Z"
        case .paper: "W"
        }
    }
}
