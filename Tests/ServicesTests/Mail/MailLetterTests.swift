import Domain
import Foundation
import Secrets
import Testing

@testable import Services

/// What a message looks like to others, and what cannot be smuggled into it.
@Suite(.timeLimit(.minutes(20))) struct MailLetterTests {
    private func text(_ message: MailMessage, from: String = "desk@firm.example") throws -> String {
        let sender = try #require(MailAddress(from))
        let letter = try MailLetter(
            message, from: sender, now: Instant(seconds: 1_795_180_000), utcOffset: 19_800)
        return letter.rendered(.crlf).withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func message(to: String = "asha@firm.example", subject: String = "s", id: String = "i") -> MailMessage {
        MailMessage(to: to, subject: subject, lines: MailBody(lines: ["Hello"]), messageId: id)
    }

    @Test func headersStandOnceAndLinesEndAsSmtpWantsThem() throws {
        #expect(
            try text(message(subject: "Your code"))
                == [
                    "From: desk@firm.example", "To: asha@firm.example", "Subject: Your code",
                    "Date: Fri, 20 Nov 2026 18:36:40 +0530", "Message-ID: <i@firm.example>", "MIME-Version: 1.0",
                    "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit",
                    "Auto-Submitted: auto-generated", "", "Hello", "",
                ].joined(separator: "\r\n"))
    }

    @Test(arguments: [
        "asha@firm.example\r\nBcc: eve@evil.example", "asha@firm.example, eve@evil.example", "asha@firm.example\n",
        "<asha@firm.example> <eve@evil.example>", "asha", "asha@", "@firm.example", "a@b@c", "asha@-x.example",
        "\"a b\"@firm.example", "Asha\r\nBcc: x <asha@firm.example>", "asha@firm..example", "आशा@firm.example", "",
        "asha @firm.example", "asha@[127.0.0.1]", "-oQ/tmp -X/x@firm.example",
    ])
    func whatIsNotOneAddressIsRefused(to: String) throws {
        let refused = #expect(throws: Complaint.self) { try text(message(to: to)) }
        #expect(refused?.status == .badData)
    }

    @Test(arguments: ["a\r\nBcc: eve@evil.example", "a\nb", "a b", "<x@y>", "", "a@b@c", "é"])
    func anIdThatIsNoneIsRefused(id: String) throws {
        #expect(throws: Complaint.self) { try text(message(id: id)) }
    }

    @Test(arguments: [
        "Code\r\nBcc: eve@evil.example", "Code\nBcc: eve@evil.example", "Code\r\n\r\nBody", "Code\u{2028}Bcc: x",
        "=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=",
    ])
    func aSubjectNeverBeginsAnotherLine(subject: String) throws {
        let lines = try text(message(subject: subject)).components(separatedBy: "\r\n")
        #expect(lines.firstIndex(of: "") == 9 && lines.count == 12)
        #expect(!lines.contains { $0.hasPrefix("Bcc:") } && !lines.contains { $0.contains("=?utf-8?Q?") })
    }

    @Test(arguments: [
        ("हरिहर ट्रेडर्स का पासवर्ड: एक बार का कोड, जो पाँच मिनट तक चलता है", "आशा \"A\" <asha@firm.example>"),
        ("Quarterly = 100% “done”", "Rao, Asha (desk) <asha@firm.example>"), ("plain", "O'Neil \\ <asha@firm.example>"),
    ])
    func otherMailProgramsReadNamesSubjectsAndLongLinesAsTheyWereWritten(subject: String, to: String) async throws {
        var sending = try await Sending(Place())
        sending.settings.url = "smtps://localhost:\(sending.server.ports.smtps)"
        let body = String(repeating: "ज्ञ = ok \t", count: 60) + " \nlast line. \n"
        let message = MailMessage(
            to: to, subject: subject, lines: MailBody([.text(body)]), messageId: "\(sending.id)@firm.example")
        let sender = try #require(MailAddress("पोर्टल <desk@firm.example>"))
        let letter = try MailLetter(message, from: sender, now: sending.place.time.now, utcOffset: -12_600)
        try await sending.transport.deliver(letter)
        let taken = try #require(try sending.server.taken(sending.id).first)
        #expect(taken.subject == subject)
        #expect(taken.text == body.replacing("\t", with: "    "))
        #expect(taken.header_to.contains("asha@firm.example") && taken.to == ["asha@firm.example"])
        #expect(taken.date.hasSuffix("-03:30"))
        #expect(taken.raw.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test func whatTerminalsObeyDoesNotReachTheBody() throws {
        let body = MailBody([.text("Trader \u{1B}]0;x\u{7}\u{202E}\r\n.\r\nQUIT")])
        let text = try text(MailMessage(to: "a@b.example", subject: "s", lines: body, messageId: "i"))
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
    }
}
