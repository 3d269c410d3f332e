import CQREncode
import Secrets

/// A QR code as modules and as lines of text for a terminal. What it says may be a secret, so its modules are kept as one.
public struct QrCode: Hashable, Sendable {
    /// How much of the picture may be lost (ISO/IEC 18004): 7, 15, 25 or 30 percent. On a screen nothing is.
    public enum Level: Int32, CaseIterable, Sendable { case low, medium, quartile, high }

    /// Modules a side, without the quiet zone.
    public let side: Int
    private let modules: SecretBytes

    /// Light modules that readers need on every side.
    public static let quietZone = 4

    /// - Throws: a `Complaint`: 65 when it is too long for one code, 78 when libqrencode is not installed.
    public init(_ content: SecretBytes, level: Level = .low) throws(Complaint) {
        var found = [UInt8](repeating: 0, count: Int(CQR_MOST_SIDE * CQR_MOST_SIDE))
        defer { found.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        let side = content.withBytes { bytes in
            cqr_encode(
                bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, level.rawValue, &found)
        }
        guard side > 0 else { throw Complaint.qrCode(side) }
        self.side = Int(side)
        modules = found.withUnsafeBytes {
            SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0[..<Int(side * side)]))
        }
    }

    /// Whether a module is dark; everything outside is the light quiet zone.
    public func isDark(_ column: Int, _ row: Int) -> Bool {
        guard (0..<side).contains(column), (0..<side).contains(row) else { return false }
        return modules.withBytes { $0[row * side + column] != 0 }
    }

    /// Columns and rows of text that it takes, quiet zone included.
    public var columns: Int { side + 2 * Self.quietZone }
    public var rows: Int { (columns + 1) / 2 }

    /// The picture in half blocks, two rows of modules to a line: the foreground is dark, the background light. Both
    /// colours must be set, for a theme of light text on dark would turn it into its negative.
    public var lines: [String] {
        (0..<rows).map { row in
            (0..<columns).reduce(into: "") { line, column in
                let (x, y) = (column - Self.quietZone, row * 2 - Self.quietZone)
                switch (isDark(x, y), isDark(x, y + 1)) {
                case (true, true): line += "█"
                case (true, false): line += "▀"
                case (false, true): line += "▄"
                case (false, false): line += " "
                }
            }
        }
    }
}
