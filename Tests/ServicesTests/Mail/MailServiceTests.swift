import Domain
import Foundation
import Secrets
import Testing

@testable import Services

/// Mail as `config.toml` sets it up.
@Suite(.timeLimit(.minutes(20))) struct MailServiceTests {
    private func settings(_ server: MailServerProcess, _ more: String = "") -> String {
        """
        [mail]
        transport = "smtp"
        url = "smtp://localhost:\(server.ports.starttls)"
        starttls = "required"
        ca_file = "\(server.authority())"
        user = "desk"
        password_file = "mail-password"
        from = "PortalDesk <desk@firm.example>"
        \(more)
        """
    }

    private func workspace(_ place: Place, password: String = MailServerProcess.password, mode: Int = 0o600)
        async throws -> Workspace
    {
        let server = try await MailServerProcess.shared.value
        let workspace = try await place.workspace(settings: settings(server))
        let file = "\(place.home.path)/mail-password"
        _ = FileManager.default.createFile(
            atPath: file, contents: Data("\(password)\r\n".utf8), attributes: [.posixPermissions: mode])
        chmod(file, mode_t(mode))
        return workspace
    }

    @Test func theWorkspaceSendsAsItsSettingsSayAndLogsNoSecret() async throws {
        let place = try Place()
        let workspace = try await workspace(place)
        #expect(workspace.mail.readiness() == nil)
        let id = UUID().uuidString
        let body = MailBody([.text("Code: "), .secret(SecretBytes(utf8: "code-4711"))])
        try await workspace.mail.send(
            MailMessage(to: "asha@firm.example", subject: "Subject", lines: body, messageId: id))
        let taken = try await MailServerProcess.shared.value.taken(id)
        #expect(taken.first?.text == "Code: code-4711\n" && taken.first?.user == "desk")
        let refused = await complaint {
            try await workspace.mail.send(
                MailMessage(to: "nobody@firm.example", subject: "Subject", lines: body, messageId: id))
        }
        #expect(refused?.status == .refused)
        let log = try String(contentsOfFile: "\(place.home.logs)/mail.log", encoding: .utf8)
        #expect(log.contains("info sent") && log.contains("to=asha@firm.example") && log.contains("550 5.1.1"))
        for secret in ["code-4711", MailServerProcess.password, "Subject"] { #expect(!log.contains(secret)) }
    }

    @Test func aTestMessageArrives() async throws {
        let place = try Place()
        let id = try await workspace(place).mail.sendTest(to: "asha@firm.example")
        let taken = try await MailServerProcess.shared.value.taken(id)
        #expect(taken.count == 1 && taken.first?.subject == "PortalDesk: test message")
    }

    @Test(arguments: [("secret\nsecond", 0o600), ("", 0o600), ("secret", 0o640), ("secret", 0o604)])
    func aPasswordFileThatIsNotRightIsNotUsed(text: String, mode: Int) async throws {
        let mail = try await workspace(Place(), password: text, mode: mode).mail
        let refused = mail.readiness()
        #expect(refused?.status == .badConfiguration && refused?.what.contains("mail-password") == true)
        #expect(refused?.description.contains("secret") == false)
    }

    @Test func filesThatAreMissingAreNamed() async throws {
        let place = try Place()
        let workspace = try await workspace(place)
        try FileManager.default.removeItem(atPath: "\(place.home.path)/mail-password")
        #expect(workspace.mail.readiness()?.why == "No such file or directory")
        let server = try await MailServerProcess.shared.value
        let other = try Place()
        let text = settings(server).replacing(server.authority(), with: "/nowhere/ca.pem")
            .replacing("user = \"desk\"\n", with: "").replacing("password_file = \"mail-password\"\n", with: "")
        #expect(try await other.workspace(settings: text).mail.readiness()?.what.contains("/nowhere/ca.pem") == true)
    }

    @Test func theInboxHoldsWhatWasSentOldestFirst() async throws {
        let place = try Place()
        let workspace = try await place.workspace(settings: Settings.demoTemplate)
        #expect(try await workspace.mail.inbox().isEmpty)
        for (number, name) in ["एक", "two", "three"].enumerated() {
            let body = MailBody([.text("Für \(name):\n"), .secret(SecretBytes(utf8: "9\(number)"))])
            let message = MailMessage(
                to: "आशा <asha@firm.example>", subject: "Nr. \(name)", lines: body, messageId: "m\(number)@firm.example")
            try await workspace.mail.send(message)
            place.time.advance(.seconds(number == 0 ? 0 : 60))
        }
        let mails = try await workspace.mail.inbox()
        #expect(mails.map(\.number) == [1, 2, 3] && mails.map(\.subject) == ["Nr. एक", "Nr. two", "Nr. three"])
        #expect(mails.map(\.text) == ["Für एक:\n90", "Für two:\n91", "Für three:\n92"])
        #expect(
            mails.first?.messageId == "<m0@firm.example>"
                && mails.last?.arrivedAt.since(place.time.now) == .seconds(-60))
        let real = try await Place().workspace()
        #expect(await complaint { try await real.mail.inbox() }?.status == .badData)
    }
}
