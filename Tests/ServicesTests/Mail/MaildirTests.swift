import Foundation
import Secrets
import Testing

@testable import Services

/// Mail that stays in a simulated workspace.
@Suite struct MaildirTests {
    private static let settings = "[mail]\ntransport = \"maildir\"\nfrom = \"PortalDesk <desk@firm.example>\"\n"

    private func message(_ code: String = "81726354") -> MailMessage {
        MailMessage(
            to: "asha@firm.example", subject: "Your code",
            lines: MailBody([.text("Your code:\n\n    "), .secret(SecretBytes(utf8: code)), .text("\n")]),
            messageId: "challenge-1")
    }

    private func files(_ place: Place, _ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(place.home.mail)/\(folder)")) ?? []).sorted()
    }

    @Test func aMessageLiesInNewWholeAndForItsOwnerAlone() async throws {
        let place = try Place()
        let workspace = try await place.workspace(settings: Self.settings)
        #expect(workspace.mail.readiness() == nil)
        try await workspace.mail.send(message())
        let names = files(place, "new")
        #expect(names.count == 1 && files(place, "tmp").isEmpty)
        let path = "\(place.home.mail)/new/\(try #require(names.first))"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("To: asha@firm.example\n") && text.contains("\n\nYour code:\n\n    81726354\n"))
        #expect(text.contains("From: \"PortalDesk\" <desk@firm.example>\n"))
        #expect(text.contains("Message-ID: <challenge-1@firm.example>\n"))
        for (path, mode) in [(path, 0o600), (place.home.mail, 0o700), ("\(place.home.mail)/new", 0o700)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(found == mode, "\(path)")
        }
    }

    @Test func aRealProviderForbidsIt() async throws {
        let place = try Place()
        let real = """
            name = "real"
            connector = "bridge"
            portals = ["gst"]
            [urls]
            base = "https://bridge.example/"
            [auth]
            client_id = "vault:a"
            client_secret = "vault:b"
            """
        let workspace = try await place.workspace(settings: Self.settings, providers: ["real.toml": real])
        let refused = await complaint { try await workspace.mail.send(message()) }
        #expect(refused?.status == .badConfiguration && refused?.why.contains("real") == true)
        #expect(workspace.mail.readiness() == refused)
        #expect(files(place, "new").isEmpty)
    }

    @Test func aFreshWorkspaceSendsNothingAndSaysHowToBegin() async throws {
        let place = try Place()
        let workspace = try await place.workspace()
        let refused = await complaint { try await workspace.mail.send(message()) }
        #expect(refused?.status == .badConfiguration)
        #expect(refused?.remedy.contains("mail test") == true)
    }

    @Test func aBodyPrintsAsDots() {
        let body = message("55554444").lines
        var dumped = ""
        dump(message("55554444"), to: &dumped)
        #expect(!"\(body)".contains("55554444") && !dumped.contains("55554444"))
    }
}
