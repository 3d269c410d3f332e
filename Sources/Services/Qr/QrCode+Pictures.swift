import CPicture

extension QrCode {
    /// Pixels a module in a picture; printed small it still scans.
    public static let pixelsPerModule = 8

    /// An SVG of black modules on white, quiet zone included, without a size of its own.
    public var svg: String {
        var path = ""
        for row in 0..<side {
            for column in 0..<side where isDark(column, row) {
                path += "M\(column + Self.quietZone) \(row + Self.quietZone)h1v1h-1z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(columns) \(columns)" shape-rendering="crispEdges">
            <path fill="#fff" d="M0 0h\(columns)v\(columns)H0z"/><path d="\(path)"/>
            </svg>

            """
    }

    /// A PNG in shades of grey, quiet zone included.
    ///
    /// - Throws: a `Complaint` (78) when libpng is not installed.
    public func png() throws(Complaint) -> [UInt8] {
        let (scale, width) = (Self.pixelsPerModule, columns * Self.pixelsPerModule)
        var pixels = [UInt8](repeating: 255, count: width * width)
        for row in 0..<side {
            for column in 0..<side where isDark(column, row) {
                let (left, top) = ((column + Self.quietZone) * scale, (row + Self.quietZone) * scale)
                for y in top..<(top + scale) {
                    for x in left..<(left + scale) { pixels[y * width + x] = 0 }
                }
            }
        }
        // Larger than the pixels no picture becomes, but for its head.
        var bytes = [UInt8](repeating: 0, count: pixels.count + 4_096)
        var count = bytes.count
        let code = cpicture_encode_gray(pixels, Int32(width), Int32(width), &bytes, &count)
        guard code == 0 else { throw Complaint.picture(code) }
        return Array(bytes.prefix(count))
    }
}
