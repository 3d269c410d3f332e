import CryptoExtras
import FoundationEssentials

/// The private half of an RSA key pair of the sandbox, kept in the state folder.
struct KeptKey: Sendable {
    /// DER.
    let privateKey: [UInt8]

    /// The key of an earlier run, or a new one.
    ///
    /// - Parameter fresh: makes the new one.
    static func kept(in folder: String, named name: String, fresh: () -> [UInt8]?) throws(SandboxProblem) -> KeptKey {
        let path = "\(folder)/\(name)-key.der"
        if let bytes = FileBytes.read(path: path), Self.isKey(bytes) { return KeptKey(privateKey: bytes) }
        guard let key = fresh() else { throw SandboxProblem("a key for \(name) could not be made") }
        try FileBytes.replace(path: path, with: key)
        return KeptKey(privateKey: key)
    }

    /// Takes a second of a processor.
    static func made() -> [UInt8]? {
        (try? _RSA.Encryption.PrivateKey(keySize: .bits2048)).map { Array($0.derRepresentation) }
    }

    private static func isKey(_ der: [UInt8]) -> Bool {
        (try? _RSA.Encryption.PrivateKey(derRepresentation: der)) != nil
    }

    /// What was sealed for this key by PKCS#1 v1.5; nil when it was sealed for another.
    func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let key = try? _RSA.Encryption.PrivateKey(derRepresentation: privateKey) else { return nil }
        return (try? key.decrypt(Data(sealed), padding: ._WEAK_AND_INSECURE_PKCS_V1_5)).map { [UInt8]($0) }
    }

    /// SubjectPublicKeyInfo in PEM.
    var publicKeyPem: String? {
        (try? _RSA.Encryption.PrivateKey(derRepresentation: privateKey)).map { $0.publicKey.pemRepresentation + "\n" }
    }
}
