import Domain

/// Sends mail the way that `[mail]` in `config.toml` names. Nothing is queued: who asks is told what became of it.
public struct MailService: Sendable {
    let workspace: Workspace

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
        let transport = try transport()
        try transport.check()
        let letter = try MailLetter(message, from: try sender(), now: workspace.now, utcOffset: utcOffset)
        try await transport.deliver(letter)
    }

    private var utcOffset: Int { workspace.utcOffset(at: workspace.now) }

    private func transport() throws(Complaint) -> any MailTransport {
        switch workspace.settings.mail.transport {
        case nil: throw Complaint.noMail(workspace.home)
        case .maildir: MaildirTransport(workspace: workspace)
        case .smtp, .sendmail: throw Complaint.noMail(workspace.home)
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
