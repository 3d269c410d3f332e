import Foundation
import Secrets
import Transport

/// Delivers to a mail server.
struct SmtpTransport: MailTransport {
    let settings: Settings.Mail
    let home: Home
    var patience = MailService.patience

    func check() throws(Complaint) {
        _ = try server()
        _ = try login()
        guard let file = caFile else { return }
        guard access(file, R_OK) == 0 else { throw Complaint.noAuthorityFile(file, errno) }
    }

    func deliver(_ letter: MailLetter) async throws(Complaint) {
        let server = try server()
        let login = try login()
        let submission = MailSubmission(
            server: server, startTls: startTls(server), caFile: caFile, login: login, greeting: HostName.current,
            from: letter.from.address, to: letter.to.address, message: letter.rendered(.crlf), deadline: .now + patience
        )
        let outcome = await MailClient.send(submission)
        if let complaint = Complaint(outcome, from: server, quoted: { Self.quoted($0, letter, login) }) {
            throw complaint
        }
    }

    private func server() throws(Complaint) -> MailServer {
        guard let server = MailServer(settings.url) else { throw Complaint.noMail(home) }
        return server
    }

    private func login() throws(Complaint) -> MailSubmission.Login? {
        if settings.user.isEmpty { return nil }
        return MailSubmission.Login(
            user: settings.user, password: try PasswordFile(path: home.file(settings.passwordFile)).read())
    }

    private var caFile: String? { settings.caFile.isEmpty ? nil : home.file(settings.caFile) }

    /// What is sent to this machine crosses no network.
    private func startTls(_ server: MailServer) -> MailSubmission.StartTls {
        switch settings.startTls {
        case .required: .required
        case .ifOffered: .ifOffered
        case .off: .off
        case nil: server.isLoopback ? .ifOffered : .required
        }
    }

    /// A server's words for people, unless it repeats what it was told in confidence.
    private static func quoted(_ reply: String, _ letter: MailLetter, _ login: MailSubmission.Login?) -> String {
        if let login, login.isRepeated(in: reply) { return "(its answer repeats the login and is not shown)" }
        return letter.quoted(reply)
    }
}

extension MailSubmission.Login {
    /// Whether a text holds the password, plain or as a login carries it over the wire.
    fileprivate func isRepeated(in text: String) -> Bool {
        if password.isRepeated(in: text) { return true }
        return [[], [0] + Array(user.utf8) + [0]].contains { prefix in
            password.withBytes { bytes in
                var told = prefix
                told.reserveCapacity(prefix.count + bytes.count)
                told.append(contentsOf: bytes)
                var encoded = Array(Data(told).base64EncodedData())
                told.withUnsafeMutableBytes { SecretBytes.wipe($0) }
                return SecretBytes(consuming: &encoded).isRepeated(in: text)
            }
        }
    }
}

extension Home {
    /// A file that a setting names: relative to the workspace.
    fileprivate func file(_ name: String) -> String { name.hasPrefix("/") ? name : "\(path)/\(name)" }
}
