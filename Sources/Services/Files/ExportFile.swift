import Foundation
import Synchronization

/// Where people want an export.
public enum ExportTarget: Sendable, Hashable {
    /// `replaces` tells whether a file that stands there may be replaced.
    case file(String, replaces: Bool)
    case standardOutput
}

/// A file that people or other programs will open: complete or not there. A full disk is reported, not swallowed.
///
/// It is written beside its place and moved there by `close`; until then an older file stays as it is, and a file
/// that is never closed leaves nothing. A device or a pipe is written directly.
final class ExportFile {
    private let descriptor: Int32
    private let path: String
    /// nil when the target is no regular file.
    private let draft: String?
    private let replaces: Bool
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
        if stands, status.st_mode & S_IFMT == S_IFDIR { throw Complaint.unwritable(path, EISDIR) }
        // A device or a pipe holds nothing that could be lost.
        if stands, !replaces, status.st_mode & S_IFMT == S_IFREG { throw Complaint.unwritable(path, EEXIST) }
        self.path = target ?? path
        self.replaces = replaces
        if stands, status.st_mode & S_IFMT != S_IFREG {
            draft = nil
            // A pipe that nobody reads would be waited for without end.
            descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFL, O_WRONLY) }
        } else {
            let number = Self.counter.add(1, ordering: .relaxed).newValue
            let name = "\(self.path).\(getpid())-\(number).part"
            draft = name
            descriptor = Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        guard descriptor >= 0 else { throw Complaint.unwritable(path, errno) }
    }

    private init(standardOutput descriptor: Int32) throws(Complaint) {
        path = "standard output"
        replaces = true
        draft = nil
        self.descriptor = descriptor
        guard descriptor >= 0 else { throw Complaint.unwritable(path, errno) }
    }

    /// - Parameter isForeign: whether the bytes are somebody else's: those never go to a terminal, which would obey them.
    static func open(_ target: ExportTarget, isForeign: Bool = false) throws(Complaint) -> ExportFile {
        let file =
            switch target {
            case .file(let path, let replaces): try ExportFile(path: path, replaces: replaces)
            // A descriptor of our own, so that closing this one leaves the program its standard output.
            case .standardOutput: try ExportFile(standardOutput: dup(STDOUT_FILENO))
            }
        guard !isForeign || isatty(file.descriptor) == 0 else { throw Complaint.foreignBytesForTerminal }
        return file
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
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw Complaint.unwritable(path, errno)
        }
        guard let draft else { return }
        // A file that came meanwhile is as little replaced as one that stood there before.
        if !replaces, link(draft, path) == 0 {
            unlink(draft)
        } else if !replaces, errno == EEXIST {
            throw Complaint.unwritable(path, EEXIST)
        } else if rename(draft, path) != 0 {
            // File systems without links come here too.
            throw Complaint.unwritable(path, errno)
        }
        isPlaced = true
        Folder.sync(Folder.of(path))
    }

    private func flush() throws(Complaint) {
        let code = buffer.withUnsafeBytes { WholeWrite.write($0, to: descriptor) }
        // A reader that went away (`| head`) has all it wanted.
        guard code == 0 || code == EPIPE else { throw Complaint.unwritable(path, code) }
        buffer.removeAll(keepingCapacity: true)
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
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
