import Foundation

/// A colour of eight bits a channel.
public struct Rgb: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// From `0x1C1C1C`.
    public init(hex: UInt32) {
        self.init(
            UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8), UInt8(truncatingIfNeeded: hex))
    }

    /// From `#1c1c1c`; nil for anything else.
    public init?(text: String) {
        guard text.utf8.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(hex: value)
    }

    /// Relative luminance, 0 to 1, as WCAG 2.1 defines it.
    public var luminance: Double {
        func linear(_ channel: UInt8) -> Double {
            let share = Double(channel) / 255
            return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// WCAG 2.1 contrast ratio of two colours, 1 to 21, in either order.
    public static func contrast(_ first: Rgb, _ second: Rgb) -> Double {
        let light = max(first.luminance, second.luminance)
        let dark = min(first.luminance, second.luminance)
        return (light + 0.05) / (dark + 0.05)
    }
}
