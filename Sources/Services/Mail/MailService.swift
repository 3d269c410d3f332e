import Domain
import Logging
import Transport

/// Sends mail the way that `[mail]` in `config.toml` names. Nothing is queued: who asks is told what became of it.
public struct MailService: Sendable {
    let workspace: Workspace

    /// How long a server or a program may take. Somebody waits for the answer.
    static let patience = Duration.seconds(30)

    /// Why no message could leave as things stand; nil when working mail is configured. A server is not asked.
    public func readiness() -> Complaint? {
        do throws(Complaint) {
            try transport().check()
            return nil
        } catch {
            return error
        }
    }

    /// Hands one message over.
    ///
    /// - Throws: a `Complaint`. Of status `unavailable` when the server cannot be reached or refuses for now, `refused`
    ///   when it refuses for good, `badConfiguration` when settings, login or certificate are wrong, `tryLater` when it is
    ///   unknown what became of the message: then it may arrive all the same.
    public func send(_ message: MailMessage) async throws(Complaint) {
        let log = Logger.mail(workspace)
        let facts: Logger.Metadata = ["to": "\(message.to)", "id": "\(message.messageId)", "by": "\(way)"]
        do throws(Complaint) {
            let transport = try transport()
            try transport.check()
            let offset = workspace.utcOffset(at: workspace.now)
            let letter = try MailLetter(message, from: try sender(), now: workspace.now, utcOffset: offset)
            try await transport.deliver(letter)
        } catch {
            log.warning("not sent: \(error)", metadata: facts)
            throw error
        }
        log.info("sent", metadata: facts)
    }

    /// Sends a message that says nothing, to see whether mail arrives.
    ///
    /// - Returns: the id of the message.
    @discardableResult
    public func sendTest(to address: String) async throws(Complaint) -> String {
        try await workspace.permit(.administer, on: "mail")
        let id = "test-\(workspace.now.milliseconds)-\(String(workspace.surroundings.random.next(), radix: 16))"
        let body = MailBody(lines: [
            "This message shows that mail from PortalDesk arrives.", "",
            "It was sent from \(HostName.current) by `portaldesk mail test`. Nothing needs to be done.",
        ])
        try await send(MailMessage(to: address, subject: "PortalDesk: test message", lines: body, messageId: id))
        return id
    }

    /// How mail leaves, for people: `smtp mail.example:587`, `sendmail /usr/sbin/sendmail`, `maildir`; `none`.
    public var way: String {
        let mail = workspace.settings.mail
        return switch mail.transport {
        case .smtp: "smtp \(MailServer(mail.url)?.description ?? "")"
        case .sendmail: "sendmail \(mail.sendmail)"
        case .maildir: "maildir"
        case nil: "none"
        }
    }

    /// Whether mail lies in the workspace's own inbox.
    public var staysHere: Bool { workspace.settings.mail.transport == .maildir }

    private func transport() throws(Complaint) -> any MailTransport {
        switch workspace.settings.mail.transport {
        case nil: throw Complaint.noMail(workspace.home)
        case .smtp: SmtpTransport(settings: workspace.settings.mail, home: workspace.home)
        case .sendmail: SendmailTransport(program: workspace.settings.mail.sendmail)
        case .maildir: MaildirTransport(workspace: workspace)
        }
    }

    /// The address that stands in `From`.
    private func sender() throws(Complaint) -> MailAddress {
        let mail = workspace.settings.mail
        let given = mail.from.isEmpty ? mail.user : mail.from
        if let address = MailAddress(given) ?? MailAddress("portaldesk@\(HostName.current)") { return address }
        throw Complaint.noMailAddress("portaldesk@\(HostName.current)")
    }
}

extension Workspace {
    public var mail: MailService { MailService(workspace: self) }
}
