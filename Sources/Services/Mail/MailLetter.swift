import Domain
import Foundation
import Secrets

/// A message ready for the wire: checked addresses, headers that hold exactly one line each, and the body.
struct MailLetter: Sendable {
    enum LineEnd: Sendable {
        /// As SMTP wants it.
        case crlf
        /// As files and local programs want it.
        case lf

        var bytes: [UInt8] { self == .crlf ? [13, 10] : [10] }
    }

    let from: MailAddress
    let to: MailAddress
    /// With its angle brackets.
    let messageId: String
    private let subject: String
    private let date: String
    private let body: MailBody

    /// - Throws: a `Complaint` (65) for a recipient or a Message-ID that cannot stand in a header.
    init(_ message: MailMessage, from: MailAddress, now: Instant, utcOffset: Int) throws(Complaint) {
        guard let to = MailAddress(message.to) else { throw Complaint.noMailAddress(message.to) }
        guard let id = Self.messageId(message.messageId, domain: from.domain) else { throw Complaint.noMessageId() }
        self.from = from
        self.to = to
        messageId = id
        subject = HarmlessText.line(message.subject, limit: 200)
        date = MailDate.text(now, offset: utcOffset)
        body = message.lines
    }

    /// Headers, an empty line and the body, all ASCII, no line longer than 998 characters.
    func rendered(_ end: LineEnd) -> SecretBytes {
        let encoded = MailEncoding.encode(body, lineEnd: end.bytes)
        let headers = [
            "From: \(MailHeader.address(from))", "To: \(MailHeader.address(to))",
            "Subject: \(MailHeader.text(subject))",
            "Date: \(date)", "Message-ID: \(messageId)", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: \(encoded.name)",
            // Out-of-office replies to a code help nobody (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
        var head: [UInt8] = []
        for header in headers {
            // Long headers were folded at `\n`; every other line break was taken out of them before.
            for line in header.utf8.split(separator: 10) { head += line + end.bytes }
        }
        head += end.bytes
        return encoded.bytes.withBytes { body in
            var all: [UInt8] = []
            all.reserveCapacity(head.count + body.count)
            all += head
            all.append(contentsOf: body)
            return SecretBytes(consuming: &all)
        }
    }

    /// What a server or a program said, for people: one line, and nothing at all if it repeats a secret of the body.
    func quoted(_ reply: String) -> String {
        if body.isRepeated(in: reply) { return "(its answer repeats the message and is not shown)" }
        let words = reply.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return HarmlessText.line(words, limit: 200)
    }

    private static func messageId(_ id: String, domain: Substring) -> String? {
        let parts = id.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard id.utf8.count <= 200, parts.count <= 2,
            parts.allSatisfy({ MailAddress.isDotted($0, and: MailAddress.atomMarks) })
        else { return nil }
        return parts.count == 2 ? "<\(id)>" : "<\(id)@\(domain)>"
    }
}

/// `Sat, 21 Nov 2026 18:40:01 +0530` (RFC 5322 section 3.3).
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ instant: Instant, offset: Int) -> String {
        let date = CivilTime(instant, offset: offset).date
        let zone = abs(offset) / 60
        let sign = offset < 0 ? "-" : "+"
        return "\(days[((date.dayNumber % 7) + 7) % 7]), \(date.day) \(months[date.month - 1]) \(date.year) "
            + "\(TimeText.clock(instant, offset: offset)) "
            + "\(sign)\(Digits.padded(zone / 60, 2))\(Digits.padded(zone % 60, 2))"
    }
}
