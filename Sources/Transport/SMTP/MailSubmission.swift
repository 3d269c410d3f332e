import Secrets

/// One message on its way to a mail server.
public struct MailSubmission: Sendable {
    public enum StartTls: Sendable, Hashable {
        /// Nothing secret is sent before TLS stands; without it there is no delivery.
        case required
        /// Used when the server offers it. Who can change what passes by can take the offer away.
        case ifOffered
        case off
    }

    public struct Login: Sendable {
        public var user: String
        public var password: SecretBytes

        public init(user: String, password: SecretBytes) {
            self.user = user
            self.password = password
        }
    }

    public var server: MailServer
    /// No effect on a server of `smtps`.
    public var startTls: StartTls
    /// PEM file of trusted authorities; nil for those of the system.
    public var caFile: String?
    public var login: Login?
    /// What this machine calls itself to the server.
    public var greeting: String
    /// Envelope addresses, `local@domain` in ASCII.
    public var from: String
    public var to: String
    /// Headers and body with lines ended by CRLF; what SMTP does to dots is done on the way.
    public var message: SecretBytes
    /// When waiting ends, whatever the server does.
    public var deadline: ContinuousClock.Instant

    public init(
        server: MailServer, startTls: StartTls, caFile: String? = nil, login: Login? = nil, greeting: String,
        from: String, to: String, message: SecretBytes, deadline: ContinuousClock.Instant
    ) {
        self.server = server
        self.startTls = startTls
        self.caFile = caFile
        self.login = login
        self.greeting = greeting
        self.from = from
        self.to = to
        self.message = message
        self.deadline = deadline
    }

    /// Whether every text may stand in a command: none ends a line, closes a bracket or a C string.
    var isSafe: Bool {
        let addresses = [from, to].allSatisfy { text in
            !text.isEmpty
                && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
        }
        let name = !greeting.isEmpty && greeting.utf8.allSatisfy { Self.isNamePart($0) }
        let user = login?.user.utf8.allSatisfy { $0 >= 32 && $0 != 127 } ?? true
        let password = login?.password.withBytes { $0.allSatisfy { $0 != 0 && $0 != 10 && $0 != 13 } } ?? true
        return addresses && name && user && password && !message.isEmpty
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}

extension MailSubmission: CustomStringConvertible, CustomReflectable {
    public var description: String { "mail to \(server)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
