/// Base64 with `-` and `_`, without padding, as a JWS writes it (RFC 7515, section 2).
enum Base64Url {
    static func text(_ bytes: [UInt8]) -> String {
        let text = Base64.text(bytes).utf8.filter { $0 != UInt8(ascii: "=") }.map { byte in
            byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// nil for what is not the one way to write some bytes: bits that stand for nothing must be zero.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var standard: [UInt8] = []
        standard.reserveCapacity(text.utf8.count + 3)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: standard.append(byte)
            }
        }
        while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
        guard let bytes = Base64.bytes(String(decoding: standard, as: UTF8.self)), Self.text(bytes) == text else {
            return nil
        }
        return bytes
    }
}
