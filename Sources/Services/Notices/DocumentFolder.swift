import Crypto
import Domain
import Foundation
import Synchronization

/// Documents by the SHA-256 of their content: each stored once, never overwritten.
public struct DocumentFolder: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    public func file(sha256: String) -> String { "\(path)/\(sha256.prefix(2))/\(sha256)" }

    /// - Returns: the hash in lower-case hex. The bytes are durable when it returns.
    func store(_ bytes: [UInt8]) async throws(Complaint) -> String {
        // The disk's flush takes milliseconds to seconds.
        try await OwnThread.run { () throws(Complaint) in try storeNow(bytes) }
    }

    private static let counter = Atomic<Int>(0)

    private func storeNow(_ bytes: [UInt8]) throws(Complaint) -> String {
        let hash = SHA256.hash(data: bytes).map { Digits.hex($0) }.joined()
        let target = file(sha256: hash)
        if FileManager.default.fileExists(atPath: target) { return hash }
        let folder = "\(path)/\(hash.prefix(2))"
        mkdir(path, 0o700)
        if mkdir(folder, 0o700) == 0 { Folder.sync(path) }
        // Two jobs may bring the same bytes at once; each writes its own draft.
        let number = Self.counter.add(1, ordering: .relaxed).newValue
        let draft = "\(target).\(getpid())-\(number).part"
        guard Self.write(bytes, to: draft), rename(draft, target) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(draft)
            throw Complaint(
                "a document could not be stored", why: reason, remedy: "Free space, then retry the job",
                status: .inputOutput)
        }
        Folder.sync(folder)
        return hash
    }

    private static func write(_ bytes: [UInt8], to file: String) -> Bool {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            done += count
        }
        return fsync(descriptor) == 0
    }
}

extension Digits {
    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }
}
