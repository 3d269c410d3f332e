/// The fixed part of xterm's 256 colours: a 6x6x6 cube from 16 and 24 greys from 232. The first 16 are the user's own.
public enum Palette256 {
    static let white: UInt8 = 231
    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// What a number of the fixed part looks like; nil for 0 to 15.
    public static func rgb(_ index: UInt8) -> Rgb? {
        if index < 16 { return nil }
        if index >= 232 {
            let level = 8 + 10 * (index - 232)
            return Rgb(level, level, level)
        }
        let cube = Int(index - 16)
        return Rgb(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    }

    /// The nearest number of the fixed part; the cube where a grey is no nearer.
    public static func nearest(to colour: Rgb) -> UInt8 {
        let cube = 16 + 36 * step(colour.red) + 6 * step(colour.green) + step(colour.blue)
        let mean = (Int(colour.red) + Int(colour.green) + Int(colour.blue)) / 3
        let grey = 232 + min(23, max(0, (mean - 3) / 10))
        let best = distance(colour, UInt8(grey)) < distance(colour, UInt8(cube)) ? grey : cube
        return UInt8(best)
    }

    private static func step(_ channel: UInt8) -> Int {
        channel < 48 ? 0 : channel < 115 ? 1 : (Int(channel) - 35) / 40
    }

    private static func distance(_ colour: Rgb, _ index: UInt8) -> Int {
        guard let other = rgb(index) else { return Int.max }
        let red = Int(colour.red) - Int(other.red)
        let green = Int(colour.green) - Int(other.green)
        let blue = Int(colour.blue) - Int(other.blue)
        return red * red + green * green + blue * blue
    }
}
