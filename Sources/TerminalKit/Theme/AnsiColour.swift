/// The sixteen colours that every user's palette defines, by name in theme files.
public enum AnsiColour: UInt8, CaseIterable, Sendable {
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite

    /// Such as `bright-red`.
    public var name: String {
        let base = AnsiColour(rawValue: rawValue % 8).map { String(describing: $0) } ?? ""
        return rawValue < 8 ? base : "bright-" + base
    }

    public init?(name: String) {
        guard let found = AnsiColour.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// How many colours a terminal can be trusted with.
public enum ColourTier: Hashable, Sendable {
    case many, sixteen, eight, none

    /// `colours` as terminfo gives them; NO_COLOR, when it is set and not empty, wins.
    public init(colours: Int, noColour: String?) {
        if let noColour, !noColour.isEmpty {
            self = .none
        } else {
            self = colours >= 256 ? .many : colours >= 16 ? .sixteen : colours >= 8 ? .eight : .none
        }
    }
}
