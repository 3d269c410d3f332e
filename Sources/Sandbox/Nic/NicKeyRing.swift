import Synchronization
import Wire

/// The two key pairs of the simulated NIC: one that logins are sealed for, one that signs. Real NIC keeps them apart too
/// (facts: nic-einvoice-ewb 1.9, 5).
struct NicKeyRing: Sendable {
    static let encryptionFile = "irp-encryption.pem"
    static let signingFile = "irp-signing.pem"

    let encryption: KeptKey
    let signer: DocumentSigner
    let encryptionPem: String

    static func kept(in folder: String) throws(SandboxProblem) -> NicKeyRing {
        let encryption = try KeptKey.kept(in: folder, .nicEncryption)
        let signing = try KeptKey.kept(in: folder, .nicSigning)
        guard let pem = encryption.publicKeyPem, let signer = signer(signing.privateKey) else {
            throw SandboxProblem("the keys of the simulated NIC cannot be read")
        }
        return NicKeyRing(encryption: encryption, signer: signer, encryptionPem: pem)
    }

    /// Signers that were made, for the same reason for which `KeptKey` keeps what it read.
    private static let signers = Mutex<[[UInt8]: DocumentSigner]>([:])

    private static func signer(_ key: [UInt8]) -> DocumentSigner? {
        if let signer = signers.withLock({ $0[key] }) { return signer }
        guard let signer = try? DocumentSigner(privateKey: key) else { return nil }
        signers.withLock { $0[key] = signer }
        return signer
    }

    /// The JSON of a login: sealed base64 text, which is base64 once more; nil for anything else.
    func login(_ data: String) -> JsonTree? {
        guard let sealed = Base64.bytes(data), let opened = encryption.open(sealed),
            let json = Base64.bytes(String(decoding: opened, as: UTF8.self))
        else { return nil }
        return JsonReader.read(json)
    }
}
