import Crypto
import Glibc
import Secrets

/// The key as a file of 32 bytes, mode 0600, beside the database.
public struct VaultKeyFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    private static let byteCount = 32

    /// Writes a new random key. An existing file is never overwritten: that would lose every sealed password.
    public func create() throws(VaultProblem) -> VaultKey {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .keyExists(file: path) : .keyUnreadable(file: path, reason: Self.reason())
        }
        defer { close(descriptor) }
        let key = SymmetricKey(size: .bits256)
        let written = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == Self.byteCount, fsync(descriptor) == 0 else {
            let reason = Self.reason()
            unlink(path)
            throw .keyUnreadable(file: path, reason: reason)
        }
        return VaultKey(key: key)
    }

    /// - Throws: `.keyOpenToOthers` when the group or others have any right to the file.
    public func load() throws(VaultProblem) -> VaultKey {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .keyMissing(file: path) : .keyUnreadable(file: path, reason: Self.reason())
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .keyUnreadable(file: path, reason: Self.reason()) }
        guard status.st_mode & 0o077 == 0 else { throw .keyOpenToOthers(file: path, mode: status.st_mode & 0o777) }
        var bytes = [UInt8](repeating: 0, count: Self.byteCount + 1)
        defer { bytes.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count == Self.byteCount else { throw .keyMalformed(file: path) }
        return VaultKey(
            key: bytes.withUnsafeBytes {
                SymmetricKey(data: UnsafeRawBufferPointer(rebasing: $0.prefix(Self.byteCount)))
            })
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
