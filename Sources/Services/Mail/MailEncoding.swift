import Domain
import Secrets

/// The body on the wire: as it is when every server passes it on unharmed, else quoted-printable (RFC 2045 section 6.7).
enum MailEncoding {
    struct Encoded {
        /// `7bit` or `quoted-printable`.
        let name: String
        let bytes: SecretBytes
    }

    static func encode(_ body: MailBody, lineEnd: [UInt8]) -> Encoded {
        body.plain.withBytes { plain in
            let isPlain = plain.allSatisfy { $0 == 10 || (32..<127).contains($0) } && longestLine(plain) <= 76
            // Room for the worst case from the start: an array that grows leaves copies behind that nobody wipes.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(plain.count * 5 + 2 * lineEnd.count)
            // A line end behind the last line is no empty line after it.
            let text = plain.last == 10 ? plain.dropLast() : plain[...]
            for line in text.split(separator: 10, omittingEmptySubsequences: false) {
                if isPlain { bytes.append(contentsOf: line) } else { quote(line, into: &bytes, lineEnd) }
                bytes += lineEnd
            }
            return Encoded(name: isPlain ? "7bit" : "quoted-printable", bytes: SecretBytes(consuming: &bytes))
        }
    }

    private static func longestLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        bytes.split(separator: 10, omittingEmptySubsequences: false).map(\.count).max() ?? 0
    }

    /// Lines of at most 76 characters, `=` included.
    private static func quote(
        _ line: Slice<UnsafeRawBufferPointer>, into bytes: inout [UInt8], _ lineEnd: [UInt8]
    ) {
        var column = 0
        for (offset, byte) in line.enumerated() {
            let isBlankAtEnd = (byte == 32 || byte == 9) && offset == line.count - 1
            let isPlain = (byte == 9 || (32..<127).contains(byte)) && byte != UInt8(ascii: "=") && !isBlankAtEnd
            if column + (isPlain ? 1 : 3) > 75 {
                bytes.append(UInt8(ascii: "="))
                bytes += lineEnd
                column = 0
            }
            if isPlain {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "="))
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            }
            column += isPlain ? 1 : 3
        }
    }

    /// The text of lines that were quoted above.
    static func unquoted(_ lines: ArraySlice<Substring>) -> String {
        var bytes: [UInt8] = []
        for line in lines {
            var rest = line.utf8[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "="),
                    let value = UInt8(rest.prefix(2).map { String(UnicodeScalar($0)) }.joined(), radix: 16)
                {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else if byte != UInt8(ascii: "=") || !rest.isEmpty {
                    bytes.append(byte)
                }
            }
            if !line.hasSuffix("=") { bytes.append(10) }
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}

extension MailBody {
    /// The whole text, lines ended by `\n`, without what could play tricks on a terminal.
    var plain: SecretBytes {
        let parts = pieces.map { piece in
            switch piece {
            case .text(let text): SecretBytes(utf8: HarmlessText.block(text))
            case .secret(let secret): secret
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { part.withBytes { bytes.append(contentsOf: $0) } }
        return SecretBytes(consuming: &bytes)
    }

    /// Whether a foreign text holds one of the secrets.
    func isRepeated(in text: String) -> Bool {
        pieces.contains { piece in
            guard case .secret(let secret) = piece else { return false }
            return secret.isRepeated(in: text)
        }
    }
}

extension SecretBytes {
    /// Whether a foreign text holds these bytes. An empty secret is nowhere.
    func isRepeated(in text: String) -> Bool {
        let text = Array(text.utf8)
        return withBytes { secret in
            guard !secret.isEmpty, text.count >= secret.count else { return false }
            return (0...(text.count - secret.count)).contains { start in
                text[start..<(start + secret.count)].elementsEqual(secret)
            }
        }
    }
}
