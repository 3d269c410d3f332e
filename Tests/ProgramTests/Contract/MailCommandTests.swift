import Foundation
import Testing

extension Whole {
    @Suite("Mail by command")
    struct MailCommandTests {
        @Test("A demo keeps its mail: test, inbox and show, for people and for scripts")
        func inbox() async throws {
            try await Workplace.withDemo { place in
                let sent = try await place.run("mail", "test", "--to", "asha@firm.example", "--json")
                #expect(sent.status == 0, "\(sent.errors)")
                let id = try #require(try sent.rows().first?["message_id"].text)
                let rows = try await place.run("mail", "inbox", "--json").rows()
                let row = try #require(rows.last)
                #expect(row.keys.isSuperset(of: ["number", "at", "to", "subject", "message_id"]))
                #expect(row["to"] == .text("asha@firm.example"))
                #expect(row["message_id"].text?.contains(id) == true)
                let table = try await place.run("mail", "inbox").lines.last ?? ""
                #expect(table.contains(/\t\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\t/), "by the desk's clock: \(table)")
                let newest = try await place.run("mail", "show")
                #expect(newest.lines.contains("Subject: PortalDesk: test message"), "\(newest.output)")
                #expect(newest.output.contains("\n\nThis message shows that mail from PortalDesk arrives.\n"))
                let number = try #require(row["number"].integer)
                #expect(try await place.run("mail", "show", "\(number)").output == newest.output)
                try await place.run("mail", "show", "999").expectComplaint(65)
                let doctor = try await place.run("doctor", "--json").rows()
                #expect(doctor.contains { $0["subject"] == .text("mail") && $0["grade"] == .text("ok") })
            }
        }

        @Test(
            "What is no single address is refused and smuggles nothing",
            arguments: ["asha", "a@b.example\r\nBcc: eve@evil.example", "a@b.example,eve@evil.example", ""])
        func address(to address: String) async throws {
            try await Workplace.withDemo { place in
                try await place.run("mail", "test", "--to", address).expectComplaint(65)
                #expect(try await place.run("mail", "inbox", "--json").lines.isEmpty)
            }
        }

        @Test("A workspace in which nobody chose a way says so, and doctor only warns")
        func notSetUp() async throws {
            try await Workplace.withDemo { place in
                try "[desk]\n".write(toFile: place.home + "/config.toml", atomically: true, encoding: .utf8)
                try await place.run("mail", "test", "--to", "asha@firm.example").expectComplaint(78)
                try await place.run("mail", "inbox").expectComplaint(65)
                let doctor = try await place.run("doctor", "--json")
                #expect(doctor.status == 0)
                #expect(
                    try doctor.rows().contains { $0["subject"] == .text("mail") && $0["grade"] == .text("warning") })
            }
        }

        @Test("A server that is not there is 69, settings that cannot work are 78 and a problem for doctor")
        func troubles() async throws {
            try await Workplace.withDemo { place in
                func configure(_ text: String) throws {
                    try "[mail]\n\(text)\n".write(
                        toFile: place.home + "/config.toml", atomically: true, encoding: .utf8)
                }
                try configure("transport = \"smtp\"\nurl = \"smtp://127.0.0.1:1\"")
                try await place.run("mail", "test", "--to", "asha@firm.example").expectComplaint(69)
                try configure("transport = \"sendmail\"\nsendmail = \"/nowhere/sendmail\"")
                try await place.run("mail", "test", "--to", "asha@firm.example").expectComplaint(78)
                let doctor = try await place.run("doctor", "--json")
                #expect(doctor.status == 78)
                #expect(
                    try doctor.rows().contains { $0["subject"] == .text("mail") && $0["grade"] == .text("problem") })
            }
        }
    }
}
