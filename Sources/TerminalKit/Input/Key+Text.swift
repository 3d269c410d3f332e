/// Keys as words: `ctrl-p`, `alt-x`, `shift-up`, `f5`, `pgdn`, `space`, `/`. What is written parses back.
extension Key: CustomStringConvertible {
    private static let words: [(word: String, code: Code)] = [
        ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home), ("end", .end),
        ("pgup", .pageUp), ("pgdn", .pageDown), ("enter", .enter), ("tab", .tab), ("backspace", .backspace),
        ("delete", .delete), ("insert", .insert), ("esc", .escape), ("space", .character(" ")),
    ]
    private static let synonyms: [String: Code] = [
        "return": .enter, "escape": .escape, "del": .delete, "ins": .insert, "pageup": .pageUp, "pagedown": .pageDown,
        "minus": .character("-"),
    ]

    /// nil when the words name no key. `ctrl-i`, `ctrl-m`, `ctrl-h` and `ctrl-[` are the keys a terminal sends for
    /// them: Tab, Enter, Backspace and Esc.
    public init?(parsing text: String) {
        var rest = Substring(text)
        var modifiers: Modifiers = []
        while let dash = rest.firstIndex(of: "-"), dash != rest.startIndex, rest.index(after: dash) != rest.endIndex {
            switch rest[..<dash].lowercased() {
            case "ctrl", "control", "c": modifiers.insert(.control)
            case "alt", "meta", "m": modifiers.insert(.alt)
            case "shift", "s": modifiers.insert(.shift)
            default: return nil
            }
            rest = rest[rest.index(after: dash)...]
        }
        if rest.lowercased() == "backtab" {
            self = Key(.tab, modifiers.union(.shift))
            return
        }
        guard let code = Key.code(of: rest) else { return nil }
        self = Key.normalised(code, modifiers)
    }

    private static func code(of word: Substring) -> Code? {
        if word.count == 1, let character = word.first {
            return character.unicodeScalars.allSatisfy { CharacterWidth.of($0) != nil } ? .character(character) : nil
        }
        let lower = word.lowercased()
        if let code = words.first(where: { $0.word == lower })?.code ?? synonyms[lower] { return code }
        if lower.first == "f", let number = Int(lower.dropFirst()), (1...63).contains(number) {
            return .function(number)
        }
        return nil
    }

    private static func normalised(_ code: Code, _ modifiers: Modifiers) -> Key {
        guard case .character(let character) = code else { return Key(code, modifiers) }
        var modifiers = modifiers
        var letter = character
        if modifiers.contains(.control) {
            letter = Character(character.lowercased())
            let rest = modifiers.subtracting(.control)
            switch letter {
            case "i": return Key(.tab, rest)
            case "m": return Key(.enter, rest)
            case "h": return Key(.backspace, rest)
            case "[": return Key(.escape, rest)
            default: break
            }
        }
        if modifiers.contains(.shift) {
            letter = Character(letter.uppercased())
            modifiers.remove(.shift)
        }
        return Key(.character(letter), modifiers)
    }

    public var description: String {
        prefix(control: "ctrl-", alt: "alt-", shift: "shift-") + word
    }

    private var word: String {
        if let word = Key.words.first(where: { $0.code == code })?.word { return word }
        switch code {
        case .function(let number): return "f\(number)"
        case .character(let character): return String(character)
        default: return ""
        }
    }

    /// As it stands in hints and help: `⏎`, `↑`, `Ctrl-P`, `F5`, `Esc`.
    public var label: String {
        let name =
            switch code {
            case .up: "↑"
            case .down: "↓"
            case .left: "←"
            case .right: "→"
            case .enter: "⏎"
            case .pageUp: "PgUp"
            case .pageDown: "PgDn"
            case .function(let number): "F\(number)"
            case .character(" "): "Space"
            case .character(let character):
                modifiers.contains(.control) ? character.uppercased() : String(character)
            default: word.prefix(1).uppercased() + word.dropFirst()
            }
        return prefix(control: "Ctrl-", alt: "Alt-", shift: "Shift-") + name
    }

    /// As `label`, in letters alone: `Enter`, `Up`, `Ctrl-P`.
    public var asciiLabel: String {
        switch code {
        case .enter, .up, .down, .left, .right:
            prefix(control: "Ctrl-", alt: "Alt-", shift: "Shift-") + word.prefix(1).uppercased() + word.dropFirst()
        default: label
        }
    }

    private func prefix(control: String, alt: String, shift: String) -> String {
        (modifiers.contains(.control) ? control : "") + (modifiers.contains(.alt) ? alt : "")
            + (modifiers.contains(.shift) ? shift : "")
    }
}
