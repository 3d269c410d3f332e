import Foundation
import Secrets
import Testing

@testable import Services

/// One aiosmtpd for all tests of mail; it ends with this process.
final class MailServerProcess: Sendable {
    struct Ports: Decodable {
        let starttls, plain, smtps: Int
    }

    struct Taken: Decodable {
        let from: String
        let to: [String]
        let tls: Bool
        let user, subject: String
        let header_to: String
        let headers: [String]
        let id, date, text, raw: String
    }

    static let user = "desk"
    static let password = "pässwörd-7391"
    static let shared = Task { try MailServerProcess() }

    let folder = NSTemporaryDirectory() + "mail-server-" + UUID().uuidString
    let ports: Ports
    /// Its end is the server's end.
    private let input = Pipe()

    private init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "mail_server.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", "-W", "ignore", script.path, folder]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 10 {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "the mail server did not start; is python3-aiosmtpd installed?")
            line += more
        }
        ports = try JSONDecoder().decode(Ports.self, from: line)
    }

    /// `ca.pem` signed the server's certificate, `other.pem` did not.
    func authority(_ name: String = "ca") -> String { "\(folder)/\(name).pem" }

    var log: String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }

    /// What the server took under this Message-ID.
    func taken(_ id: String) throws -> [Taken] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        let all = try names.map {
            try JSONDecoder().decode(Taken.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")))
        }
        return all.filter { $0.id == "<\(id)@firm.example>" }
    }
}

/// A message with a code in it, and ways to send it.
struct Sending {
    let server: MailServerProcess
    let place: Place
    let code = "81726354"
    let id = UUID().uuidString.lowercased()
    var settings = Settings.Mail()
    var patience = Duration.seconds(120)

    init(_ place: Place) async throws {
        server = try await MailServerProcess.shared.value
        self.place = place
        settings.transport = .smtp
        settings.url = "smtp://localhost:\(server.ports.starttls)"
        settings.startTls = .required
        settings.caFile = server.authority()
        settings.user = MailServerProcess.user
        try password(MailServerProcess.password)
    }

    mutating func password(_ text: String, mode: Int = 0o600) throws {
        settings.passwordFile = try place.file("mail-password", text + "\n")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: settings.passwordFile)
    }

    func letter(to: String = "asha@firm.example", subject: String = "Your code") throws -> MailLetter {
        let from = try #require(MailAddress("PortalDesk <desk@firm.example>"))
        let body = MailBody([
            .text("Your code:\n.\n..dots\n"), .secret(SecretBytes(utf8: code)), .text("\nहरिहर Traders\n"),
        ])
        let message = MailMessage(to: to, subject: subject, lines: body, messageId: id)
        return try MailLetter(message, from: from, now: place.time.now, utcOffset: 19_800)
    }

    var transport: SmtpTransport { SmtpTransport(settings: settings, home: place.home, patience: patience) }

    func succeeds(_ location: SourceLocation = #_sourceLocation) async throws {
        let refused = try await complaint()
        #expect(refused == nil, sourceLocation: location)
    }

    /// The refusal of a message to this recipient; nil when it was taken.
    func complaint(to recipient: String = "asha") async throws -> Complaint? {
        let letter = try letter(to: "\(recipient)@firm.example")
        return await ServicesTests.complaint { try await transport.deliver(letter) }
    }
}
