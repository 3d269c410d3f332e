/// What every role and surface looks like. Colours are given for 256, for 16 and for none.
public struct Theme: Hashable, Sendable {
    /// One role's foreground or one surface's background.
    public struct Paint: Hashable, Sendable {
        /// nil is the terminal's own colour.
        public var rgb: Rgb?
        /// nil is the terminal's own colour.
        public var ansi: AnsiColour?
        /// On a surface in 16 colours: the foreground of everything on it, whatever its role. nil keeps the role's.
        public var ansiText: AnsiColour?
        /// Attributes where there are no colours.
        public var mono: Traits

        public init(rgb: Rgb?, ansi: AnsiColour?, ansiText: AnsiColour? = nil, mono: Traits = []) {
            self.rgb = rgb
            self.ansi = ansi
            self.ansiText = ansiText
            self.mono = mono
        }
    }

    public var name: String
    private var roles: [Paint]
    private var surfaces: [Paint]

    /// Missing roles and surfaces take the terminal's own colours.
    public init(name: String, roles: [Role: Paint], surfaces: [Surface: Paint]) {
        let own = Paint(rgb: nil, ansi: nil)
        self.name = name
        self.roles = Role.allCases.map { roles[$0] ?? own }
        self.surfaces = Surface.allCases.map { surfaces[$0] ?? own }
    }

    /// The compiled-in theme, painted first of all: without dictionaries, whose hashing would be set up for it alone.
    init(dark roles: KeyValuePairs<Role, Paint>, _ surfaces: KeyValuePairs<Surface, Paint>) {
        let own = Paint(rgb: nil, ansi: nil)
        name = "dark"
        self.roles = Role.allCases.map { role in roles.first { $0.key == role }?.value ?? own }
        self.surfaces = Surface.allCases.map { surface in surfaces.first { $0.key == surface }?.value ?? own }
    }

    public subscript(role: Role) -> Paint { roles[Int(role.rawValue)] }
    public subscript(surface: Surface) -> Paint { surfaces[Int(surface.rawValue)] }

    /// What a style comes to on a terminal of some tier. Colour numbers are the terminal's; -1 is its own colour.
    public func look(of style: Style, tier: ColourTier) -> Look {
        if style.surface == .paper { return Theme.paper(tier) }
        let front = self[style.role]
        let back = self[style.surface]
        switch tier {
        case .many:
            return Look(foreground: Theme.number(front.rgb), background: Theme.number(back.rgb), traits: style.traits)
        case .sixteen, .eight:
            let text = back.ansiText ?? front.ansi
            let isEight = tier == .eight
            var traits = style.traits
            if isEight, let text, text.rawValue > 8 { traits.insert(.bold) }
            // Many terminals show bold as bright, and bright black is grey or nothing at all.
            if text == .black { traits.remove(.bold) }
            func number(_ colour: AnsiColour?) -> Int {
                colour.map { Int(isEight ? $0.rawValue % 8 : $0.rawValue) } ?? -1
            }
            return Look(foreground: number(text), background: number(back.ansi), traits: traits)
        case .none:
            return Look(foreground: -1, background: -1, traits: style.traits.union(front.mono).union(back.mono))
        }
    }

    /// Black on the whitest white there is. Without colours the terminal's own are swapped, most being light on dark.
    private static func paper(_ tier: ColourTier) -> Look {
        switch tier {
        case .many: Look(foreground: 16, background: 231, traits: [])
        case .sixteen: Look(foreground: 0, background: 15, traits: [])
        case .eight: Look(foreground: 0, background: 7, traits: [])
        case .none: Look(foreground: -1, background: -1, traits: .reverse)
        }
    }

    private static func number(_ colour: Rgb?) -> Int { colour.map { Int(Palette256.nearest(to: $0)) } ?? -1 }

    public struct Look: Hashable, Sendable {
        public var foreground: Int
        public var background: Int
        public var traits: Traits
    }
}
