extension Theme {
    /// The surfaces that a role is drawn on by our widgets.
    static func surfaces(for role: Role) -> [Surface] {
        let plain: [Surface] = [.base, .panel, .header, .footer, .selection, .selectionUnfocused, .toast, .dialog]
        return switch role {
        case .onAccent: [.banner, .buttonFocused, .matchCurrent]
        case .match: [.dialog, .selection, .match]
        case .inputText, .placeholderText: [.input, .inputFocused]
        case .border: [.base, .panel, .dialog, .backdrop]
        case .text: plain + [.button, .input, .inputFocused]
        case .disabled: [.base, .panel, .footer, .selection, .dialog]
        default: plain
        }
    }

    /// What a role must reach, by WCAG 2.1: 4.5 for text (1.4.3), 3 for frames and what is meant to step back (1.4.11).
    static func neededContrast(_ role: Role) -> Double {
        switch role {
        case .muted, .border, .disabled, .placeholderText: 3
        default: 4.5
        }
    }

    /// A pair of role and surface that is too hard to read.
    public struct LowContrast: Hashable, Sendable {
        public var role: Role
        public var surface: Surface
        public var ratio: Double
        public var needed: Double
    }

    /// Judges the colours that a 256-colour terminal really shows. Pairs with the terminal's own colour are unknown
    /// and left out.
    public func lowContrasts() -> [LowContrast] {
        Role.allCases.flatMap { role in
            Theme.surfaces(for: role).compactMap { surface in
                guard let front = shown(self[role].rgb), let back = shown(self[surface].rgb) else { return nil }
                let ratio = Rgb.contrast(front, back)
                let needed = Theme.neededContrast(role)
                return ratio < needed
                    ? LowContrast(role: role, surface: surface, ratio: ratio, needed: needed) : nil
            }
        }
    }

    private func shown(_ colour: Rgb?) -> Rgb? {
        colour.flatMap { Palette256.rgb(Palette256.nearest(to: $0)) }
    }
}
