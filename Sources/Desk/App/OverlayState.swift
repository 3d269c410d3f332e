import TerminalKit

/// Where a way leads that would lose what lies on it.
enum Destination: Sendable {
    case module(ScreenKind)
    /// Back to a layer of the stack, by its place.
    case layer(Int)
    /// Out of a prompt, to the screen that asked.
    case promptLess
}

/// What lies over the screens and has the keyboard.
enum OverlayState: Sendable {
    case help(LineEditor, scroll: Int)
    case palette(LineEditor, selected: Int)
    /// `scroll`: rows of its notes that have moved out at the top.
    case question(Question, focused: Int, scroll: Int)
    /// `isRefused`: somebody gave nothing where something is needed.
    case prompt(Prompt, LineEditor, isRefused: Bool)
    case menu(ActionsMenu, selected: Int)
}
