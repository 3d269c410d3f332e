import Domain
import Foundation
import Secrets
import Store
import Vault

/// Where a worker has its key from: handed over on its standard input by the desk that started it, or, unattended, a
/// systemd credential or a key file of its own.
public enum WorkerKey {
    /// The name under which systemd gives the credential.
    static let credential = "portaldesk-worker-key"

    /// The file that an unattended worker reads; nil when none is there.
    static func file(_ workspace: Workspace) -> String? {
        let folder = workspace.surroundings.environment["CREDENTIALS_DIRECTORY"]
        let paths = [folder.map { "\($0)/\(credential)" }, workspace.home.workerKey].compactMap { $0 }
        return paths.first { FileManager.default.fileExists(atPath: $0) }
    }

    static func isThere(_ workspace: Workspace) -> Bool { file(workspace) != nil }

    /// What goes over the pipe: who holds the key, a line end, the key.
    static func handover(_ own: Keyring.Own) -> SecretBytes {
        own.key.withBytes { key in
            var bytes = Array(own.holder.text.utf8) + [UInt8(ascii: "\n")]
            bytes.reserveCapacity(bytes.count + key.count)
            bytes.append(contentsOf: key)
            return SecretBytes(consuming: &bytes)
        }
    }

    static func received(_ handed: SecretBytes) -> Keyring.Own? {
        let parts = handed.withBytes { bytes -> (String, SecretBytes)? in
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), bytes.count == end + 33 else { return nil }
            let key = SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[(end + 1)...]))
            return (String(decoding: bytes[..<end], as: UTF8.self), key)
        }
        guard let (name, secret) = parts, let holder = KeyGrant.Holder(text: name),
            let key = try? VaultPrivateKey(secret)
        else { return nil }
        return Keyring.Own(holder: holder, key: key)
    }
}

extension Workspace {
    /// Makes this process the worker, with the key that it was handed or that it has.
    ///
    /// - Parameter handed: what came on standard input; nil for an unattended worker.
    /// - Throws: a `Complaint`: 77 without a key, 78 for a key file that others could read.
    public func beWorker(handed: SecretBytes?) async throws(Complaint) {
        acting.current = .program("worker")
        if try await read({ try $0.vaultKeys().isEmpty }) { return }
        if let handed {
            guard let own = WorkerKey.received(handed) else {
                throw Complaint("no key came on standard input", status: .notPermitted)
            }
            return try await vault.unlock(own.holder, with: own.key)
        }
        guard let file = WorkerKey.file(self) else {
            throw Complaint(
                "the worker has no key of the vault", why: "none was handed to it, and there is no \(home.workerKey)",
                remedy: "The desk and the commands start a worker by themselves; for an unattended one make a key with "
                    + "`portaldesk vault worker-key`", status: .notPermitted)
        }
        guard let key = WorkerKeyText.key(try SecretFile.read(file)) else {
            throw Complaint(
                "\(file) holds no worker's key", remedy: "Make one with `portaldesk vault worker-key`",
                status: .badConfiguration)
        }
        try await vault.unlock(.worker, with: key)
    }

    /// The worker as somebody starts it by hand or a service manager does: with its own key, else with the key of the
    /// person whose session this is.
    public func beWorkerByHand() async throws(Complaint) {
        guard !WorkerKey.isThere(self), try await login.resume() != nil, keyring.own != nil else {
            return try await beWorker(handed: nil)
        }
        acting.current = .program("worker")
    }

    /// Whether stored passwords can be opened now: the vault's current key is here, or can be fetched.
    func canOpenVault() throws(Complaint) -> Bool {
        guard let current = try lookUp({ try $0.vaultKeys().last(where: { $0.retiredAt == nil })?.id }) else {
            return true
        }
        return vaultKey(current) != nil
    }

    /// Whether this is a workspace of an older program, whose one key lies in a file.
    var hasKeyFile: Bool { FileManager.default.fileExists(atPath: home.vaultKey) }
}

/// A file that holds a secret: read only when nobody else can.
enum SecretFile {
    static func read(_ path: String) throws(Complaint) -> SecretBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Complaint.unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw Complaint(
                "\(path) is open to others", why: "its mode is \(String(status.st_mode & 0o777, radix: 8))",
                remedy: "Close it with: chmod 600 \(path)", status: .badConfiguration)
        }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = Foundation.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { throw Complaint.unreadable(path, count < 0 ? errno : EIO) }
        defer { bytes.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        return bytes.withUnsafeBytes { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}
