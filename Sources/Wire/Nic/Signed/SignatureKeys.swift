import CryptoExtras
import Domain

/// Keys with which NIC signs, by their id. Whoever verifies brings them: no key is trusted because a document names it,
/// and none comes with the program (facts: nic-einvoice-ewb 5.1).
public struct SignatureKeys: Sendable {
    public struct Key: Sendable {
        let publicKey: _RSA.Signing.PublicKey
        /// The `iss` that this key signs for (`NIC`); nil for any.
        public var issuer: String?
        /// First and last day of invoices under this key; nil for no bound.
        public var from: LegalDate?
        public var until: LegalDate?

        /// - Throws: `Unreadable` when it is no RSA key of 2048 bits or more.
        public init(
            _ key: RsaCertificate, issuer: String? = nil, from: LegalDate? = nil, until: LegalDate? = nil
        ) throws(RsaCertificate.Unreadable) {
            guard let read = try? _RSA.Signing.PublicKey(derRepresentation: key.publicKey) else {
                throw RsaCertificate.Unreadable(message: "it holds no RSA key of 2048 bits or more")
            }
            publicKey = read
            self.issuer = issuer
            self.from = from
            self.until = until
        }
    }

    private var keys: [String: Key] = [:]

    /// Asked where a text names no key: brought by somebody who knows whose it is.
    public var forUnnamed: Key?

    public init() {}

    public var isEmpty: Bool { keys.isEmpty && forUnnamed == nil }

    /// - Parameter id: the `kid`, hexadecimal; case does not matter.
    public subscript(id: String) -> Key? {
        get { keys[id.uppercased()] }
        set { keys[id.uppercased()] = newValue }
    }
}
