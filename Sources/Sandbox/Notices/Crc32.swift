/// The checksum of PNG and ZIP.
enum Crc32 {
    static func of(_ bytes: [UInt8]) -> UInt32 { ~bytes.reduce(0xFFFF_FFFF) { step($0, $1) } }

    static func step(_ value: UInt32, _ byte: UInt8) -> UInt32 {
        var value = value ^ UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        return value
    }
}
