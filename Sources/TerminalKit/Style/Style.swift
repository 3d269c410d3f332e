/// How a cell looks, by meaning: three bytes, so that a cell stays eight.
public struct Style: Hashable, Sendable {
    public var role: Role
    public var surface: Surface
    public var traits: Traits

    public init(role: Role, surface: Surface, traits: Traits = []) {
        self.role = role
        self.surface = surface
        self.traits = traits
    }

    public init(_ role: Role = .text, on surface: Surface = .base, _ traits: Traits = []) {
        self.init(role: role, surface: surface, traits: traits)
    }

    /// The same look on another surface.
    public func on(_ surface: Surface) -> Style { Style(role: role, surface: surface, traits: traits) }
    /// The same look with another meaning.
    public func with(_ role: Role) -> Style { Style(role: role, surface: surface, traits: traits) }
    public func adding(_ more: Traits) -> Style { Style(role: role, surface: surface, traits: traits.union(more)) }

    public var letter: Character {
        traits.contains(.bold) ? Character(role.letter.uppercased()) : role.letter
    }
}

/// Attributes of a cell. Dim and italic may be missing on a terminal, so meaning never rests on them.
public struct Traits: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Traits(rawValue: 1)
    public static let underline = Traits(rawValue: 2)
    public static let reverse = Traits(rawValue: 4)
    public static let dim = Traits(rawValue: 8)
    public static let italic = Traits(rawValue: 16)
}
