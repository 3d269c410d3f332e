import Foundation
import Synchronization

/// A file that people or other programs will open: complete or not there. A full disk is reported, not swallowed.
///
/// It is written beside its place and moved there by `close`; until then an older file stays as it is, and a file
/// that is never closed leaves nothing. A device or a pipe is written directly.
final class ExportFile {
    private let descriptor: Int32
    private let path: String
    /// nil when the target is no regular file.
    private let draft: String?
    private var isPlaced = false
    private var buffer: [UInt8] = []

    private static let counter = Atomic<Int>(0)

    /// - Parameter replaces: whether a file that stands there may be replaced.
    init(path: String, replaces: Bool = true) throws(Complaint) {
        // Through a symbolic link: the file behind it is replaced, not the link.
        let target = realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        var status = stat()
        let stands = stat(path, &status) == 0
        if stands, !replaces { throw Self.failure(path, EEXIST) }
        if stands, status.st_mode & S_IFMT == S_IFDIR { throw Self.failure(path, EISDIR) }
        self.path = target ?? path
        if stands, status.st_mode & S_IFMT != S_IFREG {
            draft = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            let number = Self.counter.add(1, ordering: .relaxed).newValue
            let name = "\(self.path).\(getpid())-\(number).part"
            draft = name
            descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
    }

    deinit {
        Glibc.close(descriptor)
        if let draft, !isPlaced { unlink(draft) }
    }

    func write(_ text: String) throws(Complaint) { try write(bytes: text.utf8) }

    func write(bytes: some Sequence<UInt8>) throws(Complaint) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Durable and in its place when it returns.
    func close() throws(Complaint) {
        try flush()
        // A device or a pipe has nothing to sync.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure(path, errno) }
        guard let draft else { return }
        guard rename(draft, path) == 0 else { throw Self.failure(path, errno) }
        isPlaced = true
        Folder.sync(Folder.of(path))
    }

    private func flush() throws(Complaint) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure(path, errno)
            }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String, _ code: Int32) -> Complaint {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "Free space or choose another place"
            case EEXIST: "Choose another name"
            default: "Choose another place"
            }
        return Complaint(
            "cannot write \(path)", why: String(cString: strerror(code)), remedy: remedy, status: .inputOutput)
    }
}

enum Folder {
    /// The folder that a file or folder stands in; `.` for a bare name. (Foundation's own way ends the program on a
    /// name of one character.)
    static func of(_ path: String) -> String {
        let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
        let above = trimmed.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
        if !above.isEmpty { return String(decoding: above.reversed(), as: UTF8.self) }
        return path.hasPrefix("/") ? "/" : "."
    }

    /// Makes a new name in the folder durable. A file system that cannot do it has done its best.
    static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
