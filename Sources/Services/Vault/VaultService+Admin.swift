import Domain
import Foundation
import Secrets
import Store
import Vault

// What admins do with the vault.
extension VaultService {
    /// What `vault status` tells.
    public struct Status: Sendable, Hashable {
        /// Names of the keys in use, the current one last.
        public var keys: [String]
        /// Since when the current key is in use.
        public var since: Instant?
        public var holders: [String]
        public var secrets: Int
        /// Secrets that are still sealed to another key than the current one.
        public var waiting: Int
        public var isRotating: Bool
        /// Whether this process may open it.
        public var isOpen: Bool
    }

    public func status() async throws(Complaint) -> Status {
        try await workspace.permit(.administer, on: "vault")
        return try await found()
    }

    func found() async throws(Complaint) -> Status {
        let isOpen = !workspace.keyring.isEmpty
        return try await workspace.read { reader in
            let keys = try reader.vaultKeys().filter { $0.retiredAt == nil }
            let head = keys.last.flatMap { VaultPublicKey.head(ofKey: $0.id) } ?? []
            return Status(
                keys: keys.map(\.id), since: keys.last?.createdAt,
                holders: try keys.last.map { try reader.vaultHolders(of: $0.id) } ?? [],
                secrets: try reader.passwordCount(),
                waiting: try reader.passwordsSealedOtherwise(than: head),
                isRotating: try reader.vaultRotation() != nil, isOpen: isOpen)
        }
    }

    /// Gives the vault a new key, or takes up a rotation that was cut off.
    ///
    /// - Parameter progress: told how many secrets of how many are done.
    /// - Returns: how many secrets were wrapped by this call.
    public func rotate(progress: @escaping @Sendable (Int, Int) -> Void) async throws(Complaint) -> Int {
        let doer = try await workspace.permit(.administer, on: "vault")
        let total = try await found().secrets
        return try await rotate(by: doer.name) { progress($0, total) }
    }

    /// Takes the key from somebody who has seen it, and therefore gives the vault a new one.
    func withdraw(_ holder: KeyGrant.Holder, by actor: String) async throws(Complaint) {
        try await revoke(holder, by: actor)
        _ = try await rotate(by: actor)
    }

    /// Makes the key of the unattended worker and grants it the vault. The one before opens nothing any more.
    ///
    /// - Returns: what belongs into the key file or the systemd credential.
    public func makeWorkerKey() async throws(Complaint) -> SecretBytes {
        let doer = try await workspace.permit(.administer, on: "vault")
        let key = try Self.newKey()
        let holder = NewHolder(holder: .worker, key: key).row(seen: workspace.keyring.seen)
        try await workspace.write { try $0.setHolderKey(holder) }
        try await grant(.worker, by: doer.name)
        return key.withBytes { WorkerKeyText.text($0) }
    }

    /// Makes another recovery code; the one before opens nothing any more.
    public func makeRecoveryCode() async throws(Complaint) -> SecretBytes {
        let doer = try await workspace.permit(.administer, on: "vault")
        return try await newRecoveryCode(by: doer.name)
    }

    func newRecoveryCode(by actor: String) async throws(Complaint) -> SecretBytes {
        var random = SystemRandomNumberGenerator()
        let code = RecoveryCode.draw(&random)
        guard let key = RecoveryCode.key(of: code) else { throw Complaint(VaultProblem.randomUnavailable) }
        let holder = NewHolder(holder: .recovery, key: key).row(seen: workspace.keyring.seen)
        try await workspace.write { try $0.setHolderKey(holder) }
        try await grant(.recovery, by: actor)
        return code
    }

    /// Opens the vault with the recovery code when an admin's password is lost, and gives that admin a new one.
    ///
    /// - Returns: a new recovery code, for the one used may have been seen.
    public func recover(_ code: SecretBytes, admin name: String, password: SecretBytes) async throws(Complaint)
        -> SecretBytes
    {
        try PersonRules.check(newPassword: password, of: name)
        let person = try await recovered(with: code, name)
        let (login, own) = try await workspace.people.login(name, password)
        let seen = workspace.keyring.seen
        let now = workspace.now
        try await workspace.write { writer in
            var enabled = person
            enabled.isEnabled = true
            try writer.setOffice(enabled)
            try writer.store(login, of: name, pin: seen.map { own.pin($0) })
            try writer.removeAuthenticator(of: name)
            try writer.revokeVaultKeys(of: KeyGrant.Holder.person(name).text)
            try writer.removeSessions(of: name)
            try writer.clearFailures(.login, of: name)
            try writer.clearFailures(.recovery, of: name)
            try writer.recordEvent(Doer(name: "recovery").event("vault.recover", name, at: now))
        }
        try await grant(.person(name), by: "recovery")
        return try await newRecoveryCode(by: "recovery")
    }
}

extension VaultService {
    /// Opens the vault with the code. Every failure is counted before it is tried, and stands in the audit trail.
    private func recovered(with code: SecretBytes, _ name: String) async throws(Complaint) -> Person {
        let now = workspace.now
        let person = try await workspace.write { writer -> Person? in
            let person = try writer.reader.person(name)
            guard person != nil else { return nil }
            try Patience.check(try writer.reader.failures(.recovery, of: name), at: now, "the recovery of \(name)")
            try writer.addFailure(.recovery, of: name, at: now)
            return person
        }
        if let person, person.role == .admin, let key = RecoveryCode.key(of: code) {
            do throws(Complaint) {
                try await unlock(.recovery, with: key)
                return person
            } catch  where error.what == Complaint(VaultProblem.keysExchanged).what {
                // With a wrong code the holder's own note fits nothing either; a right one opens the grant.
                let grants = try await workspace.read { try $0.grants(of: .recovery) }
                if grants.contains(where: { (try? $0.open(by: .recovery, with: key)) != nil }) { throw error }
            } catch  where error.status != .badData {
                throw error
            } catch {}
        }
        try await workspace.write { writer in
            let doer = Doer(name: person == nil ? "unknown" : name)
            try writer.recordEvent(
                doer.event("vault.recover", person == nil ? "unknown" : name, outcome: "failed", at: now))
        }
        throw Complaint(
            "the recovery code does not open the vault", why: "the code or the admin's name is not right",
            status: .notPermitted)
    }
}

/// How the worker's key stands in its file: one line that says what it is.
enum WorkerKeyText {
    private static let prefix = "portaldesk-worker-key-1:"

    static func text(_ key: UnsafeRawBufferPointer) -> SecretBytes {
        var bytes = Array(prefix.utf8)
        bytes.reserveCapacity(prefix.utf8.count + 2 * key.count + 1)
        for byte in key { bytes += Array(Digits.hex(byte).utf8) }
        bytes.append(UInt8(ascii: "\n"))
        return SecretBytes(consuming: &bytes)
    }

    /// nil for what is no such key.
    static func key(_ text: SecretBytes) -> VaultPrivateKey? {
        var key = text.withBytes { bytes -> [UInt8] in
            let digits = bytes.dropFirst(prefix.utf8.count).prefix { $0 != UInt8(ascii: "\n") }
            guard bytes.starts(with: prefix.utf8), digits.count == 64 else { return [] }
            var key: [UInt8] = []
            key.reserveCapacity(32)
            var high: UInt8?
            for digit in digits {
                guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return [] }
                if let first = high {
                    key.append(first << 4 | UInt8(value))
                    high = nil
                } else {
                    high = UInt8(value)
                }
            }
            return key
        }
        guard key.count == 32 else { return nil }
        return try? VaultPrivateKey(SecretBytes(consuming: &key))
    }
}
