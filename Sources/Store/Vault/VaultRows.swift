public import Domain
internal import GRDB

/// A key pair of the vault; of the private half nothing is stored but grants.
public struct StoredVaultKey: Hashable, Sendable {
    public var id: String
    public var publicKey: [UInt8]
    /// What shows that it belongs to this vault: its own signer, and the signature of the key before it.
    public var signer: [UInt8]
    public var predecessor: String?
    public var endorsement: [UInt8]
    public var createdAt: Instant
    /// Set when nothing is sealed to it any more.
    public var retiredAt: Instant?

    public init(
        id: String, publicKey: [UInt8], signer: [UInt8], predecessor: String?, endorsement: [UInt8],
        createdAt: Instant, retiredAt: Instant? = nil
    ) {
        self.id = id
        self.publicKey = publicKey
        self.signer = signer
        self.predecessor = predecessor
        self.endorsement = endorsement
        self.createdAt = createdAt
        self.retiredAt = retiredAt
    }
}

/// The key of somebody to whom vault keys can be wrapped: a person or the unattended worker.
public struct HolderKey: Hashable, Sendable {
    /// `person/NAME` or `worker`.
    public var holder: String
    public var publicKey: [UInt8]
    /// The private half under a password's key; nil when it is kept elsewhere.
    public var sealed: [UInt8]?
    /// The holder's own note of the latest vault key that it has seen; nil leaves the one that stands.
    public var pin: [UInt8]?

    public init(holder: String, publicKey: [UInt8], sealed: [UInt8]? = nil, pin: [UInt8]? = nil) {
        self.pin = pin
        self.holder = holder
        self.publicKey = publicKey
        self.sealed = sealed
    }
}

/// A rotation that is not finished: which key gives way to which, and up to which account everything is wrapped anew.
public struct VaultRotation: Hashable, Sendable {
    public var from: String
    public var to: String
    public var cursor: AccountId
    public var startedAt: Instant
}

/// One stored password on its way to another key.
public struct Rewrapping: Hashable, Sendable {
    public var account: AccountId
    public var old: [UInt8]
    public var new: [UInt8]

    public init(account: AccountId, old: [UInt8], new: [UInt8]) {
        self.account = account
        self.old = old
        self.new = new
    }
}

extension Row {
    /// A blob, copied; empty for NULL.
    func bytes(at index: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: index) { data in data.map { Array($0) } ?? [] }
    }
}
