import CryptoExtras
import FoundationEssentials
import Synchronization

/// The private half of an RSA key pair of the sandbox, kept in the state folder.
struct KeptKey: Sendable {
    enum Name: String, Sendable, CaseIterable {
        case gstn
        case nicEncryption = "irp-encryption"
        case nicSigning = "irp-signing"
    }

    /// DER.
    let privateKey: [UInt8]

    /// A process that runs many sandboxes makes each key once for all; who comes while it is made waits for it.
    private static let usual = Mutex<[Name: Task<[UInt8]?, Never>]>([:])

    private static func made(_ name: Name, isOwn: Bool) -> Task<[UInt8]?, Never> {
        func begin() -> Task<[UInt8]?, Never> {
            Task { (try? _RSA.Encryption.PrivateKey(keySize: .bits2048)).map { Array($0.derRepresentation) } }
        }
        guard !isOwn else { return begin() }
        return usual.withLock { tasks in
            let task = tasks[name] ?? begin()
            tasks[name] = task
            return task
        }
    }

    /// Makes the keys that a folder lacks, several at once: each takes a second of a processor.
    ///
    /// - Parameter isOwn: whether no other sandbox of this process may have the same keys.
    static func prepare(in folder: String, isOwn: Bool) async throws(SandboxProblem) {
        let missing = Name.allCases.filter { (try? kept(in: folder, $0)) == nil }
        for (name, task) in missing.map({ ($0, made($0, isOwn: isOwn)) }) {
            guard let key = await task.value else {
                throw SandboxProblem("a key for \(name.rawValue) could not be made")
            }
            try FileBytes.replace(path: path(folder, name), with: key)
        }
    }

    /// A key that was prepared.
    static func kept(in folder: String, _ name: Name) throws(SandboxProblem) -> KeptKey {
        guard let bytes = FileBytes.read(path: path(folder, name)), read(bytes) != nil else {
            throw SandboxProblem("the key for \(name.rawValue) cannot be read")
        }
        return KeptKey(privateKey: bytes)
    }

    /// Keys that were read: the library proves each anew, a good part of a second without its optimiser.
    private static let proven = Mutex<[[UInt8]: Proven]>([:])

    /// @unchecked: a key never changes, and the library's operations on one take nothing from it.
    private struct Proven: @unchecked Sendable { let key: _RSA.Encryption.PrivateKey }

    private static func read(_ bytes: [UInt8]) -> _RSA.Encryption.PrivateKey? {
        if let known = proven.withLock({ $0[bytes] }) { return known.key }
        guard let key = try? _RSA.Encryption.PrivateKey(derRepresentation: bytes) else { return nil }
        let found = Proven(key: key)
        proven.withLock { $0[bytes] = found }
        return key
    }

    private static func path(_ folder: String, _ name: Name) -> String { "\(folder)/\(name.rawValue)-key.der" }

    /// What was sealed for this key by PKCS#1 v1.5; nil when it was sealed for another.
    func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let key = Self.read(privateKey) else { return nil }
        return (try? key.decrypt(Data(sealed), padding: ._WEAK_AND_INSECURE_PKCS_V1_5)).map { [UInt8]($0) }
    }

    /// SubjectPublicKeyInfo in PEM.
    var publicKeyPem: String? {
        Self.read(privateKey).map { $0.publicKey.pemRepresentation + "\n" }
    }
}
