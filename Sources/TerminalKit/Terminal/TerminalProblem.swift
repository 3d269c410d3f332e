/// Why the full-screen application cannot start. Each message says what, why, and what to do instead.
public enum TerminalProblem: Error, Hashable, Sendable {
    public enum Stream: Hashable, Sendable { case input, output }

    case notATerminal(Stream)
    case typeUnset
    /// The terminal cannot move its cursor.
    case cannotPosition(type: String)
    case cannotStart(type: String)

    /// One line for people.
    public var message: String {
        let instead = "Every screen is a command too: see portaldesk --help."
        return switch self {
        case .notATerminal(.input): "The desk needs a terminal, but standard input is not one. \(instead)"
        case .notATerminal(.output): "The desk needs a terminal, but standard output is not one. \(instead)"
        case .typeUnset:
            "The desk cannot tell what terminal this is: TERM is not set. Set it, for example TERM=xterm-256color. \(instead)"
        case .cannotPosition(let type):
            "The desk cannot draw on this terminal: TERM=\(Text.clip(LineEditor.oneLine(type), to: 40)) cannot place the cursor. \(instead)"
        case .cannotStart(let type):
            "The desk cannot start on this terminal: no description of TERM=\(Text.clip(LineEditor.oneLine(type), to: 40)) was found. Install ncurses-base or set TERM=xterm-256color. \(instead)"
        }
    }
}

/// How the terminal is opened. Everything the environment says comes in here.
public struct TerminalOptions: Sendable {
    public var theme: Theme
    /// TERM.
    public var type: String?
    /// NO_COLOR; not empty means attributes only.
    public var noColour: String?
    /// Overrides what the terminal says it can do.
    public var tier: ColourTier?
    /// ESCDELAY in milliseconds, when the person has set it; else 25.
    public var escapeDelay: Int?
    public var reportsMouse: Bool
    public var pictures: PictureChoice
    /// What stands between us and the terminal, if anything.
    public var multiplexer: Multiplexer?
    /// Ctrl-Z suspends by itself, and `.resumed` follows.
    public var suspendsOnControlZ: Bool
    /// What libraries write to standard error goes here while the screen is up; nil is a file without a name. It is
    /// shown after the screen has been left.
    public var errorFile: String?

    public init(
        theme: Theme = .dark, type: String?, noColour: String? = nil, tier: ColourTier? = nil, escapeDelay: Int? = nil,
        reportsMouse: Bool = true, pictures: PictureChoice = .auto, multiplexer: Multiplexer? = nil,
        suspendsOnControlZ: Bool = true, errorFile: String? = nil
    ) {
        self.theme = theme
        self.type = type
        self.noColour = noColour
        self.tier = tier
        self.escapeDelay = escapeDelay
        self.reportsMouse = reportsMouse
        self.pictures = pictures
        self.multiplexer = multiplexer
        self.suspendsOnControlZ = suspendsOnControlZ
        self.errorFile = errorFile
    }

    /// Reads TERM, NO_COLOR, ESCDELAY, and what multiplexers set.
    public init(theme: Theme = .dark, environment: [String: String]) {
        self.init(
            theme: theme, type: environment["TERM"], noColour: environment["NO_COLOR"],
            escapeDelay: environment["ESCDELAY"].flatMap { Int($0) },
            multiplexer: Multiplexer(environment: environment))
    }
}
