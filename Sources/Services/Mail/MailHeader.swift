import Foundation

/// Header values in ASCII: plain where that is safe, else as encoded words (RFC 2047), folded at `\n `.
enum MailHeader {
    static func text(_ text: String) -> String { isPlain(text) ? text : encodedWords(text) }

    static func address(_ address: MailAddress) -> String {
        if address.name.isEmpty { return address.address }
        guard isPlain(address.name) else { return "\(encodedWords(address.name))\n <\(address.address)>" }
        let quoted = address.name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(quoted))\" <\(address.address)>"
    }

    /// `=?` alone could begin an encoded word of somebody else's making.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 32 && $0 < 127 } && !text.contains("=?")
    }

    /// Base64 words, none of which cuts a character in two, short enough that each line keeps below 77 characters.
    private static func encodedWords(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    /// The text behind a header value that was written above.
    static func decoded(_ value: String) -> String {
        var result = ""
        for (index, word) in value.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let parts = word.split(separator: "?", omittingEmptySubsequences: false)
            if parts.count == 5, parts[0] == "=", parts[4] == "=", parts[2] == "B",
                let bytes = Data(base64Encoded: String(parts[3]))
            {
                result += String(decoding: bytes, as: UTF8.self)
            } else {
                result += (index == 0 ? "" : " ") + word
            }
        }
        return result
    }
}
