import Secrets

/// A message to one person.
public struct MailMessage: Sendable {
    /// An address, or `Name <address>`.
    public var to: String
    /// One line, without secrets: it travels and is stored in the clear, and is shown in lists.
    public var subject: String
    public var lines: MailBody
    /// Stable over repeated sends, so that a second copy can be recognised: `local@domain`, or a bare word, which gets
    /// the sender's domain.
    public var messageId: String

    public init(to: String, subject: String, lines: MailBody, messageId: String) {
        self.to = to
        self.subject = subject
        self.lines = lines
        self.messageId = messageId
    }
}

/// The text of a message, lines ended by `\n`. What is secret in it stays in locked memory and is never printed.
public struct MailBody: Sendable {
    public enum Piece: Sendable {
        case text(String)
        /// UTF-8, within a line.
        case secret(SecretBytes)
    }

    let pieces: [Piece]

    public init(_ pieces: [Piece]) { self.pieces = pieces }

    /// A text in which nothing is secret.
    public init(lines: [String]) { pieces = [.text(lines.joined(separator: "\n"))] }
}

extension MailBody: CustomStringConvertible, CustomReflectable {
    public var description: String { "••••••••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
