import Secrets

/// RFC 4648 base 32 without padding, as authenticator apps take a typed secret.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ secret: SecretBytes) -> SecretBytes {
        secret.withBytes { bytes in
            var text: [UInt8] = []
            text.reserveCapacity((bytes.count * 8 + 4) / 5)
            var (bits, count) = (0, 0)
            for byte in bytes {
                bits = bits << 8 | Int(byte)
                count += 8
                while count >= 5 {
                    count -= 5
                    text.append(alphabet[bits >> count & 31])
                }
                bits &= (1 << count) - 1
            }
            if count > 0 { text.append(alphabet[bits << (5 - count) & 31]) }
            return SecretBytes(consuming: &text)
        }
    }
}
