import Foundation
import Secrets

/// A file that holds one password and belongs to this user alone.
struct PasswordFile: Sendable {
    let path: String

    private static let longest = 2_048

    /// - Throws: a `Complaint` (78) for a file that is missing, open to others, empty or no single line.
    func read() throws(Complaint) -> SecretBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Complaint.passwordFile(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Complaint.passwordFile(path, "it is no file")
        }
        guard status.st_mode & 0o077 == 0 else { throw Complaint.passwordFileOpen(path, status.st_mode & 0o777) }
        var bytes = [UInt8](repeating: 0, count: Self.longest + 1)
        defer { bytes.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        var count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw Complaint.passwordFile(path, String(cString: strerror(errno))) }
        // The line end that editors and echo put behind it is no part of the password.
        if count > 0, bytes[count - 1] == 10 { count -= 1 }
        if count > 0, bytes[count - 1] == 13 { count -= 1 }
        let password = bytes.withUnsafeBytes { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        let isOneLine = password.withBytes { $0.allSatisfy { $0 != 0 && $0 != 10 && $0 != 13 } }
        guard count > 0, count <= Self.longest, isOneLine else {
            throw Complaint.passwordFile(path, "it must hold the password alone, in one line")
        }
        return password
    }
}
