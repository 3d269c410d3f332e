import Foundation
import Glibc

/// The tests' mail server (aiosmtpd, not ours) with STARTTLS and AUTH, and a demo that sends its codes through it.
final class MailProcess: Sendable {
    private let child: Child
    private let folder: String
    /// Held open: its end is the server's end.
    private let input: Int32

    static func start(_ place: Workplace) async throws -> MailProcess {
        let folder = place.folder + "/mail-server"
        let fifo = place.folder + "/mail-input"
        guard mkdir(folder, 0o700) == 0, mkfifo(fifo, 0o600) == 0 else { throw Trouble("no place for a mail server") }
        let input = open(fifo, O_RDWR | O_CLOEXEC)
        var ends: [Int32] = [0, 0]
        guard input >= 0, pipe(&ends) == 0 else { throw Trouble("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let script = BuiltProgram.repository + "/Tests/ServicesTests/Mail/mail_server.py"
        let command = "exec /usr/bin/python3 -B -W ignore \(script) \(folder) < \(fifo)"
        let child = try Child.start(
            ["/bin/sh", "-c", command], environment: place.environment, folder: place.folder, output: writing)
        close(writing)
        let line = await offPool { () -> [UInt8] in
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while read(reading, &byte, 1) == 1, byte != 10 { line.append(byte) }
            return line
        }
        guard let port = try? JSONDecoder().decode(Row.self, from: Data(line))["starttls"].integer else {
            throw Trouble("the mail server did not start: \(child.errorText)")
        }
        let server = MailProcess(child: child, folder: folder, input: input)
        try server.serve(place, port: port)
        return server
    }

    private init(child: Child, folder: String, input: Int32) {
        self.child = child
        self.folder = folder
        self.input = input
    }

    deinit { close(input) }

    /// The demo's settings with this server in them.
    private func serve(_ place: Workplace, port: Int) throws {
        let password = try place.write("pässwörd-7391\n", to: "mail-password")
        chmod(password, 0o600)
        let settings = """
            [mail]
            transport = "smtp"
            url = "smtp://localhost:\(port)"
            starttls = "required"
            ca_file = "\(folder)/ca.pem"
            user = "desk"
            password_file = "\(password)"
            from = "PortalDesk <desk@firm.example>"

            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: place.home + "/config.toml"))
    }

    /// The message with this number, from 1; nil until it came.
    func message(_ number: Int) throws -> Row? {
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(number).json") else { return nil }
        return try JSONDecoder().decode(Row.self, from: bytes)
    }

    func code(_ number: Int) throws -> String? {
        try message(number)?["text"].text?.firstMatch(of: /\b[0-9]{8}\b/).map { String($0.output) }
    }
}
