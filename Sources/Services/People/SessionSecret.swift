import Crypto
import Domain
import Foundation
import Secrets

/// The secret of a login session: 32 random bytes in a file that only this Unix user reads. With the row in the
/// database it gives back the person's key; either alone gives nothing.
struct SessionSecret: Sendable {
    static let byteCount = 32
    let bytes: SecretBytes

    init(bytes: SecretBytes) { self.bytes = bytes }

    init() {
        bytes = SymmetricKey(size: .bits256).withUnsafeBytes { SecretBytes(copying: $0) }
    }

    /// Names the session in the database and in the audit trail; tells nothing of the secret.
    var id: String {
        part("id").withUnsafeBytes { $0.prefix(12).map(Digits.hex).joined() }
    }

    func seal(_ key: SecretBytes, for person: String) throws -> [UInt8] {
        let box = try key.withBytes {
            try AES.GCM.seal($0, using: part("key"), authenticating: Data("\(id)/\(person)".utf8))
        }
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    func open(_ sealed: [UInt8], for person: String) throws -> SecretBytes {
        let box = try AES.GCM.SealedBox(combined: Data(sealed))
        var opened = try AES.GCM.open(box, using: part("key"), authenticating: Data("\(id)/\(person)".utf8))
        return opened.withUnsafeMutableBytes { buffer in
            defer { SecretBytes.wipe(buffer) }
            return SecretBytes(copying: UnsafeRawBufferPointer(buffer))
        }
    }

    private func part(_ label: String) -> SymmetricKey {
        bytes.withBytes { secret in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret), info: [UInt8]("portaldesk/session-\(label)/v1".utf8),
                outputByteCount: 32)
        }
    }
}

/// Where the session's secret lies: the runtime folder of the Unix user, which ends with the user's last login to the
/// machine; else the workspace's own `run`. When it was last used is the file's time of change.
struct SessionFile: Sendable {
    let path: String

    init(home: Home, workspaceId: String, environment: [String: String]) {
        if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/"), !workspaceId.isEmpty,
            access(runtime, W_OK | X_OK) == 0
        {
            path = "\(runtime)/portaldesk/session-\(workspaceId)"
        } else {
            path = home.run + "/session"
        }
    }

    /// nil without a usable file; one that others could read is not trusted.
    func load() -> (secret: SessionSecret, usedAt: Instant)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: SessionSecret.byteCount + 1)
        let count = read(descriptor, &bytes, bytes.count)
        guard count == SessionSecret.byteCount else { return nil }
        bytes.removeLast()
        let time = status.st_mtim
        let used = Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
        return (SessionSecret(bytes: SecretBytes(consuming: &bytes)), used)
    }

    func store(_ secret: SessionSecret, at now: Instant) throws(Complaint) {
        mkdir(Folder.of(path), 0o700)
        let draft = "\(path).\(getpid())"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Complaint.unwritable(path, errno) }
        let isWritten = secret.bytes.withBytes { write(descriptor, $0.baseAddress, $0.count) == $0.count }
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw Complaint.unwritable(path, code)
        }
        touch(now)
        unlink(lockNote)
    }

    /// Beside the secret's place: a desk was locked, and took the secret away. Empty; its time is the moment.
    private var lockNote: String { path + ".locked" }

    /// Takes the secret away and leaves a word for commands, which would not know why nobody is logged in.
    func removeForLock(at now: Instant) {
        unlink(path)
        let descriptor = open(lockNote, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        close(descriptor)
        stamp(lockNote, now)
    }

    /// When a desk was locked, where nobody has logged in or out since.
    var lockedAt: Instant? {
        var status = stat()
        guard lstat(lockNote, &status) == 0, status.st_uid == geteuid() else { return nil }
        return Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1_000)
    }

    func touch(_ now: Instant) { stamp(path, now) }

    private func stamp(_ path: String, _ now: Instant) {
        let time = timespec(
            tv_sec: Int(now.milliseconds / 1_000), tv_nsec: Int(now.milliseconds % 1_000) * 1_000_000)
        _ = [time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, AT_SYMLINK_NOFOLLOW) }
    }

    func remove() {
        unlink(path)
        unlink(lockNote)
    }
}
