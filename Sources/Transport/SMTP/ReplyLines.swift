/// A mail server's answers as they arrive, line by line.
struct ReplyLines {
    private var replies: [MailReply] = []
    private var isOpen = false
    private var byteCount = 0

    /// More than any honest server says; the rest is not kept.
    private static let limit = 16_384

    /// - Returns: the answer that this line ends; nil when it goes on.
    mutating func take(line: UnsafeBufferPointer<UInt8>) -> MailReply? {
        byteCount += line.count
        guard byteCount <= Self.limit, line.count >= 3, let code = Int(String(decoding: line[..<3], as: UTF8.self))
        else { return nil }
        var text = line.dropFirst(4)
        while let last = text.last, last == 10 || last == 13 { text = text.dropLast() }
        let words = String(decoding: text, as: UTF8.self)
        if isOpen, let last = replies.indices.last, replies[last].code == code {
            replies[last].text += " " + words
        } else {
            replies.append(MailReply(code: code, text: words))
        }
        isOpen = line.count > 3 && line[3] == UInt8(ascii: "-")
        return isOpen ? nil : replies.last
    }

    /// The last answer with this code: a farewell may follow the one that counts.
    func last(code: Int) -> MailReply { replies.last { $0.code == code } ?? MailReply(code: code, text: "") }
}
