/// A PNG of six digits drawn as seven-segment figures, so that a person can really read it.
enum CaptchaImage {
    private static let scale = 4
    private static let segments: [[Bool]] = [
        [true, true, true, false, true, true, true], [false, false, true, false, false, true, false],
        [true, false, true, true, true, false, true], [true, false, true, true, false, true, true],
        [false, true, true, true, false, true, false], [true, true, false, true, false, true, true],
        [true, true, false, true, true, true, true], [true, false, true, false, false, true, false],
        [true, true, true, true, true, true, true], [true, true, true, true, false, true, true],
    ]

    static func png(_ digits: String) -> [UInt8] {
        let figures = digits.utf8.compactMap { (48...57).contains($0) ? Int($0 - 48) : nil }
        let width = (figures.count * 7 + 3) * scale
        let height = 13 * scale
        var rows: [UInt8] = []
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width { rows.append(isInk(x / scale, y / scale, figures) ? 30 : 240) }
        }
        return PngFile.gray(width: width, height: height, rows: rows)
    }

    /// Each figure is 4 x 9 in a cell of 7 x 13: segments top, upper left, upper right, middle, lower left, lower right, bottom.
    private static func isInk(_ x: Int, _ y: Int, _ figures: [Int]) -> Bool {
        let column = x - 3
        let row = y - 2
        guard column >= 0, column / 7 < figures.count, (0...8).contains(row) else { return false }
        let place = column % 7
        guard place <= 4 else { return false }
        let lit = segments[figures[column / 7]]
        if row == 0 && lit[0] || row == 4 && lit[3] || row == 8 && lit[6] { return true }
        if place == 0 { return row <= 4 && lit[1] || row >= 4 && lit[4] }
        if place == 4 { return row <= 4 && lit[2] || row >= 4 && lit[5] }
        return false
    }
}
