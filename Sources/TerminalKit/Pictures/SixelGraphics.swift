/// A picture as sixels: bands of six pixel rows, in each band one line for each colour, equal columns counted.
enum SixelGraphics {
    /// What the oldest of them keep; more would change the colours of what is drawn already.
    static let mostColours = 16

    /// Shows a picture from the cursor on, stretched to `width` times `height` pixels.
    static func show(_ picture: PixelPicture, width: Int, height: Int) -> [UInt8] {
        let source = picture.fitted(columns: width, rows: height)
        let few = FewColours(source, most: mostColours)
        // 1: what no colour claims stays as it is. The size comes first, so that nothing is cleared beyond it.
        var bytes = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
        for (number, colour) in few.palette.enumerated() {
            let parts = [colour.red, colour.green, colour.blue].map { String((Int($0) * 100 + 127) / 255) }
            bytes += Array("#\(number);2;\(parts.joined(separator: ";"))".utf8)
        }
        // A pixel shows the column that its left edge lies in, as the rows below do.
        let edges = (0...source.columns).map { ($0 * width + source.columns - 1) / source.columns }
        let widths = zip(edges.dropFirst(), edges).map { $0 - $1 }
        for top in stride(from: 0, to: height, by: 6) {
            if top > 0 { bytes.append(0x2D) }
            let rows = (top..<min(top + 6, height)).map { $0 * source.rows / height }
            bytes += band(rows, of: few, widths)
        }
        return bytes + Array("\u{1B}\\".utf8)
    }

    /// - Parameter rows: the row of the picture that each pixel row of the band shows.
    private static func band(_ rows: [Int], of few: FewColours, _ widths: [Int]) -> [UInt8] {
        let columns = widths.count
        var masks = [UInt8](repeating: 0, count: few.palette.count * columns)
        for (bit, row) in rows.enumerated() {
            for column in 0..<columns {
                masks[Int(few.pixels[row * columns + column]) * columns + column] |= 1 << UInt8(bit)
            }
        }
        var bytes: [UInt8] = []
        for colour in few.palette.indices {
            let line = masks[colour * columns..<(colour + 1) * columns]
            guard line.contains(where: { $0 != 0 }) else { continue }
            // Back to the left edge for each further colour.
            if !bytes.isEmpty { bytes.append(0x24) }
            bytes += Array("#\(colour)".utf8) + runs(line, widths)
        }
        return bytes
    }

    private static func runs(_ masks: ArraySlice<UInt8>, _ widths: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        var run: (mask: UInt8, count: Int) = (0, 0)
        for (mask, width) in zip(masks, widths) {
            if mask == run.mask {
                run.count += width
            } else {
                write(run, to: &bytes)
                run = (mask, width)
            }
        }
        if run.mask != 0 { write(run, to: &bytes) }
        return bytes
    }

    private static func write(_ run: (mask: UInt8, count: Int), to bytes: inout [UInt8]) {
        let sign = 0x3F + run.mask
        if run.count > 3 {
            bytes += Array("!\(run.count)".utf8) + [sign]
        } else {
            bytes += Array(repeating: sign, count: run.count)
        }
    }
}
