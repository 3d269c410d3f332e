/// A ZIP with one stored entry, under a password where one is given, as TRACES hands out its files.
///
/// The cipher is the old one of the format (APPNOTE 6.1). It guards nothing here; it makes the files open the way
/// the real ones do.
enum ZipFile {
    static func bytes(name: String, content: [UInt8], password: String?) -> [UInt8] {
        let crc = Crc32.of(content)
        let stored = password.map { encrypted(content, crc, $0) } ?? content
        let flags: UInt16 = password == nil ? 0 : 1
        // Version 2.0, stored, 1 January 2026, sizes, length of the name.
        let common =
            little(UInt16(20)) + little(flags) + little(UInt16(0)) + little(UInt16(0)) + little(UInt16(0x5C21))
            + little(crc) + little(UInt32(stored.count)) + little(UInt32(content.count))
            + little(UInt16(name.utf8.count)) + little(UInt16(0))
        var file = little(UInt32(0x0403_4B50)) + common + Array(name.utf8) + stored
        let start = file.count
        file += little(UInt32(0x0201_4B50)) + little(UInt16(20)) + common
        file += [UInt8](repeating: 0, count: 14) + Array(name.utf8)
        let size = file.count - start
        file += little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + little(UInt16(1)) + little(UInt16(1))
        file += little(UInt32(size)) + little(UInt32(start)) + [0, 0]
        return file
    }

    private static func encrypted(_ content: [UInt8], _ crc: UInt32, _ password: String) -> [UInt8] {
        var keys = Keys()
        for byte in password.utf8 { keys.update(byte) }
        // Twelve bytes go first; the last tells a reader whether the password fits.
        let head = [UInt8](repeating: 0x5A, count: 11) + [UInt8(crc >> 24)]
        return (head + content).map { plain in
            let result = plain ^ keys.byte
            keys.update(plain)
            return result
        }
    }

    private struct Keys {
        var first: UInt32 = 0x1234_5678
        var second: UInt32 = 0x2345_6789
        var third: UInt32 = 0x3456_7890

        var byte: UInt8 {
            let value = third | 2
            return UInt8(truncatingIfNeeded: (value &* (value ^ 1)) >> 8)
        }

        mutating func update(_ byte: UInt8) {
            first = Crc32.step(first, byte)
            second = (second &+ first & 0xFF) &* 134_775_813 &+ 1
            third = Crc32.step(third, UInt8(second >> 24))
        }
    }

    private static func little(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
    private static func little(_ value: UInt32) -> [UInt8] {
        little(UInt16(truncatingIfNeeded: value)) + little(UInt16(value >> 16))
    }
}
