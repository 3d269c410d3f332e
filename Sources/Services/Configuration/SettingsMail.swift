import Transport

extension Settings {
    /// How mail leaves: `[mail]`.
    public struct Mail: Sendable, Hashable {
        public enum Transport: String, Sendable, CaseIterable { case smtp, sendmail, maildir }
        public enum StartTls: String, Sendable, CaseIterable { case required, ifOffered = "if-offered", off }

        /// nil until an admin chooses: then no mail leaves.
        public var transport: Transport?
        public var url = ""
        /// nil when the file does not say: required, but if offered to a server on this machine.
        public var startTls: StartTls?
        /// PEM file; empty for the system's authorities. Relative to the workspace, like `passwordFile`.
        public var caFile = ""
        public var user = ""
        public var passwordFile = ""
        /// An address, or `Name <address>`; empty for one made of the login or of the machine's name.
        public var from = ""
        /// Path of the program behind `transport = "sendmail"`.
        public var sendmail = "/usr/sbin/sendmail"
    }

    mutating func readMail(_ reader: inout TomlReader) {
        mail.transport = reader.choice("mail.transport", of: Mail.Transport.self)
        mail.startTls = reader.choice("mail.starttls", of: Mail.StartTls.self)
        if let url = reader.string("mail.url") { mail.url = url }
        if let file = reader.string("mail.ca_file") { mail.caFile = file }
        if let user = reader.string("mail.user") { mail.user = user }
        if let file = reader.string("mail.password_file") { mail.passwordFile = file }
        if let sender = reader.string("mail.from") { mail.from = sender }
        if let program = reader.string("mail.sendmail") { mail.sendmail = program }
        if !mail.from.isEmpty, MailAddress(mail.from) == nil {
            reader.complain("mail.from", "must be an address, or \"Name <address>\"")
        }
        if !mail.sendmail.hasPrefix("/") { reader.complain("mail.sendmail", "must be a path that begins with /") }
        if mail.transport == .smtp { mail.checkServer(&reader) }
    }
}

extension Settings.Mail {
    fileprivate func checkServer(_ reader: inout TomlReader) {
        guard let server = MailServer(url) else {
            let why = url.contains("@") ? ", without a user: that is mail.user and mail.password_file" : ""
            return reader.complain("mail.url", "must be smtp://host:port or smtps://host:port\(why)")
        }
        if !user.isEmpty, passwordFile.isEmpty {
            reader.complain("mail.user", "needs mail.password_file, the file with its password")
        }
        if user.isEmpty, !passwordFile.isEmpty { reader.complain("mail.password_file", "needs mail.user") }
        if user.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
            reader.complain("mail.user", "must not hold control characters")
        }
        if let startTls, startTls != .required, !user.isEmpty, !server.isSecure, !server.isLoopback {
            reader.complain(
                "mail.starttls", "must be \"required\" where a password is sent to another machine, or it could be read"
            )
        }
    }
}
