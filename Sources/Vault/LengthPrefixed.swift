/// Parts joined so that no two lists share their bytes: each is preceded by its length in four big-endian bytes.
enum LengthPrefixed {
    static func bytes(_ parts: [[UInt8]]) -> [UInt8] {
        parts.flatMap { UInt32($0.count).bigEndianBytes + $0 }
    }

    static func bytes(_ parts: [String]) -> [UInt8] { bytes(parts.map { Array($0.utf8) }) }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] { Swift.withUnsafeBytes(of: bigEndian) { Array($0) } }
}
