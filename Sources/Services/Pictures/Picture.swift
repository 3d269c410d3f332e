import CPicture

/// A PNG or JPEG of a portal as pixels.
public struct Picture: Hashable, Sendable {
    public let columns: Int
    public let rows: Int
    /// Red, green and blue of each pixel, row by row.
    public let rgb: [UInt8]

    /// Captchas are a tenth of it; the size is read before anything is decoded, so nothing larger takes memory.
    static let mostPixels = 1 << 20

    /// - Throws: a `Complaint`: 65 when it does not decode or is too large, 78 when a library is not installed.
    public init(decoding bytes: [UInt8]) throws(Complaint) {
        var (columns, rows): (Int32, Int32) = (0, 0)
        var code: Int32 = 0
        let room = Self.mostPixels * 3
        let rgb = [UInt8](unsafeUninitializedCapacity: room) { pixels, used in
            code = cpicture_decode(bytes, bytes.count, pixels.baseAddress, Self.mostPixels, &columns, &rows)
            used = code == 0 ? Int(columns) * Int(rows) * 3 : 0
        }
        guard code == 0 else { throw Complaint.picture(code) }
        self.columns = Int(columns)
        self.rows = Int(rows)
        // A copy of the right size, else the whole room stays taken while the picture is shown.
        self.rgb = rgb.withUnsafeBufferPointer { Array($0) }
    }
}
