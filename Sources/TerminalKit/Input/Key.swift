/// A key press. `"j"` and the like may be written as a literal, so that a switch over keys reads well.
public struct Key: Hashable, Sendable {
    public enum Code: Hashable, Sendable {
        case character(Character)
        case up, down, left, right, home, end, pageUp, pageDown
        case enter, tab, backspace, delete, insert, escape
        /// F1 is 1; up to 63.
        case function(Int)
    }

    public struct Modifiers: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let shift = Modifiers(rawValue: 1)
        public static let alt = Modifiers(rawValue: 2)
        public static let control = Modifiers(rawValue: 4)
    }

    public var code: Code
    public var modifiers: Modifiers

    public init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    public static let up = Key(.up)
    public static let down = Key(.down)
    public static let left = Key(.left)
    public static let right = Key(.right)
    public static let home = Key(.home)
    public static let end = Key(.end)
    public static let pageUp = Key(.pageUp)
    public static let pageDown = Key(.pageDown)
    public static let enter = Key(.enter)
    public static let tab = Key(.tab)
    /// Shift with Tab.
    public static let backtab = Key(.tab, .shift)
    public static let backspace = Key(.backspace)
    public static let delete = Key(.delete)
    public static let insert = Key(.insert)
    public static let escape = Key(.escape)
    public static let space = Key(.character(" "))

    public static func character(_ character: Character) -> Key { Key(.character(character)) }
    public static func function(_ number: Int) -> Key { Key(.function(number)) }
    public static func control(_ letter: Character) -> Key { Key(.character(letter), .control) }
    public static func alt(_ letter: Character) -> Key { Key(.character(letter), .alt) }

    /// The character when it is typed plainly, without Ctrl or Alt.
    public var typed: Character? {
        guard case .character(let character) = code, modifiers.isDisjoint(with: [.alt, .control]) else { return nil }
        return character
    }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}
