/// Two pixels that share a cell, one above the other, as numbers of the fixed part of the 256 colours.
struct PixelPair: Hashable, Sendable {
    var upper: UInt8
    var lower: UInt8

    /// What stands for it where there are no such colours, dark on light: the half that is much darker, else a shade
    /// of both.
    var shade: Unicode.Scalar {
        let (above, below) = (Self.darkness(upper), Self.darkness(lower))
        if above - below > 96 { return "▀" }
        if below - above > 96 { return "▄" }
        return Self.shades[(above + below) * (Self.shades.count - 1) / 510]
    }

    /// The same where only ASCII can be shown.
    var plainShade: Unicode.Scalar {
        let both = Self.darkness(upper) + Self.darkness(lower)
        return Self.plainShades[both * (Self.plainShades.count - 1) / 510]
    }

    private static let shades: [Unicode.Scalar] = [" ", "░", "▒", "▓", "█"]
    private static let plainShades: [Unicode.Scalar] = [" ", ".", ":", "%", "#"]

    /// 0 for white to 255 for black.
    private static func darkness(_ index: UInt8) -> Int { 255 - (Palette256.rgb(index)?.brightness ?? 0) }
}

extension Rgb {
    /// 0 to 255, as the eye weighs the channels.
    var brightness: Int { (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1_000 }
}
