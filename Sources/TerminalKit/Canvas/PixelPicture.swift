/// A picture of pixels, to be drawn in half blocks or, where the terminal can, as it is.
public struct PixelPicture: Hashable, Sendable {
    public let columns: Int
    public let rows: Int
    private let pixels: [Rgb]

    /// - Parameter rgb: red, green and blue of each pixel, row by row. nil when it is not of that size.
    public init?(columns: Int, rows: Int, rgb: [UInt8]) {
        guard columns > 0, rows > 0, rgb.count == columns * rows * 3 else { return nil }
        self.init(
            columns, rows,
            stride(from: 0, to: rgb.count, by: 3).map { Rgb(rgb[$0], rgb[$0 + 1], rgb[$0 + 2]) })
    }

    private init(_ columns: Int, _ rows: Int, _ pixels: [Rgb]) {
        self.columns = columns
        self.rows = rows
        self.pixels = pixels
    }

    /// Red, green and blue of each pixel, row by row.
    var rgb: [UInt8] { pixels.flatMap { [$0.red, $0.green, $0.blue] } }

    subscript(column: Int, row: Int) -> Rgb { pixels[row * columns + column] }

    /// As large as fits, its proportions kept: made smaller by averaging, larger by whole numbers only.
    ///
    /// - Parameter growth: how many times larger it may become.
    public func fitted(columns most: Int, rows mostRows: Int, growth: Int = 1) -> PixelPicture {
        guard most > 0, mostRows > 0 else { return self }
        if columns <= most, rows <= mostRows {
            let factor = max(1, min(growth, most / columns, mostRows / rows))
            return scaled(columns * factor, rows * factor)
        }
        if columns * mostRows >= rows * most { return scaled(most, max(1, rows * most / columns)) }
        return scaled(max(1, columns * mostRows / rows), mostRows)
    }

    /// Each new pixel is the mean of the old ones that it covers.
    private func scaled(_ newColumns: Int, _ newRows: Int) -> PixelPicture {
        if newColumns == columns, newRows == rows { return self }
        var result: [Rgb] = []
        result.reserveCapacity(newColumns * newRows)
        for row in 0..<newRows {
            let top = row * rows / newRows
            let bottom = max(top + 1, (row + 1) * rows / newRows)
            for column in 0..<newColumns {
                let left = column * columns / newColumns
                let right = max(left + 1, (column + 1) * columns / newColumns)
                result.append(mean(left..<right, top..<bottom))
            }
        }
        return PixelPicture(newColumns, newRows, result)
    }

    private func mean(_ across: Range<Int>, _ down: Range<Int>) -> Rgb {
        var (red, green, blue) = (0, 0, 0)
        for row in down {
            for column in across {
                let pixel = pixels[row * columns + column]
                red += Int(pixel.red)
                green += Int(pixel.green)
                blue += Int(pixel.blue)
            }
        }
        let count = across.count * down.count
        return Rgb(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
    }

    /// Stretched so that its darkest pixel is black and its brightest white: grey on grey is hard to read, and in
    /// shades not to be seen.
    public var inFullContrast: PixelPicture {
        let levels = pixels.map(\.brightness)
        guard let low = levels.min(), let high = levels.max(), high - low >= 16, high - low < 255 else { return self }
        func stretch(_ channel: UInt8) -> UInt8 { UInt8(clamping: (Int(channel) - low) * 255 / (high - low)) }
        return PixelPicture(
            columns, rows, pixels.map { Rgb(stretch($0.red), stretch($0.green), stretch($0.blue)) })
    }
}

extension Canvas {
    /// Draws a picture in the middle of a rectangle, two pixels to a cell, on white paper with a margin. A terminal
    /// that draws pixels itself shows it there in full.
    ///
    /// - Parameter growth: how many times larger than its pixels it may become.
    public mutating func put(_ picture: PixelPicture, in rect: Rect, growth: Int = 2) {
        let room = rect.intersection(bounds).inset(columns: 2, rows: 0)
        guard room.width > 0, room.height > 0 else { return }
        let shown = picture.fitted(columns: room.width, rows: room.height * 2, growth: growth)
        let size = Size(columns: shown.columns, rows: (shown.rows + 1) / 2)
        let place = room.centred(size)
        fill(place.inset(columns: -2, rows: 0), style: Style(on: .paper))
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                let upper = Palette256.nearest(to: shown[column, row * 2])
                let hasLower = row * 2 + 1 < shown.rows
                let lower = hasLower ? Palette256.nearest(to: shown[column, row * 2 + 1]) : Palette256.white
                set(
                    Cell(PixelPair(upper: upper, lower: lower), style: Style(on: .paper)), x: place.x + column,
                    y: place.y + row)
            }
        }
        self.place(picture, at: place)
    }
}
