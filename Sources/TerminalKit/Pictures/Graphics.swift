/// How a terminal shows pixels.
public enum Graphics: Hashable, Sendable {
    /// The graphics protocol of kitty, which several others speak too.
    case kitty
    /// Rows of six pixels, as DEC's terminals drew them.
    case sixel
}

/// What the person has chosen for pictures: `desk.pictures`.
public enum PictureChoice: String, Sendable, CaseIterable {
    /// The terminal is asked once, when the first picture is to be shown.
    case auto
    /// Half blocks and shades alone. Nothing is asked.
    case blocks
    /// Used unasked, for links that swallow the terminal's answer.
    case kitty, sixel
}

/// A program between us and the terminal.
public enum Multiplexer: Hashable, Sendable {
    case tmux, screen, zellij

    init?(environment: [String: String]) {
        func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
        let type = environment["TERM"] ?? ""
        if isSet("TMUX") || type.hasPrefix("tmux") {
            self = .tmux
        } else if isSet("ZELLIJ") {
            self = .zellij
        } else if isSet("STY") || type.hasPrefix("screen") {
            self = .screen
        } else {
            return nil
        }
    }
}

/// Whether a terminal may be asked for graphics, or is sent them unasked.
enum GraphicsTerms: Hashable, Sendable {
    case never, ask
    case use(Graphics)

    /// - Parameters:
    ///   - type: TERM.
    ///   - tier: terminals of few colours are old or plain, and print what they do not know; whoever has switched
    ///     colours off wants letters.
    init(choice: PictureChoice, type: String, multiplexer: Multiplexer?, tier: ColourTier, isUnicode: Bool) {
        guard choice != .blocks, tier == .many, isUnicode, !Self.prints(type) else {
            self = .never
            return
        }
        switch (choice, multiplexer) {
        case (.auto, nil): self = .ask
        case (.kitty, nil): self = .use(.kitty)
        case (.sixel, nil), (.sixel, .tmux), (.sixel, .zellij): self = .use(.sixel)
        // They answer for themselves, not for the terminal, and take kitty's question for a title.
        default: self = .never
        }
    }

    /// Consoles that put the letters of an unknown sequence on the screen.
    private static func prints(_ type: String) -> Bool {
        if type.hasPrefix("linux") || type.hasPrefix("dumb") { return true }
        return type.hasPrefix("vt") && type.dropFirst(2).first?.isNumber == true
    }
}

/// The size of a cell in pixels.
struct CellPixels: Hashable, Sendable {
    let width: Int
    let height: Int

    /// From the size of a whole screen as the kernel tells it; nil when the terminal did not say.
    init?(pixelsAcross: Int, pixelsDown: Int, screen: Size) {
        guard screen.columns > 0, screen.rows > 0 else { return nil }
        width = pixelsAcross / screen.columns
        height = pixelsDown / screen.rows
        guard (2...200).contains(width), (2...200).contains(height) else { return nil }
    }
}
