/// How a stored value was sealed, as its first bytes tell.
public enum SealedForm: Hashable, Sendable {
    /// Under the key file, as before there was a vault.
    case keyFile
    /// To the vault key of this name.
    case vault(key: String)

    /// nil for a layout of a later version.
    public init?(_ stored: [UInt8]) {
        if stored.first == 1 {
            self = .keyFile
        } else if let envelope = try? Envelope(stored) {
            self = .vault(key: envelope.keyId.description)
        } else {
            return nil
        }
    }
}
