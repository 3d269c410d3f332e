import Domain
import Foundation
import Wire

/// How the bytes of a document stand on the disk.
enum DocumentState: Sendable, Hashable {
    case whole(path: String)
    case missing
    /// They are not the bytes that came; in words, why.
    case damaged(String)
}

extension DocumentFolder {
    /// Looks for the bytes of a hash. Blocks; not for the pool's threads.
    ///
    /// - Parameters:
    ///   - byteCount: how many there are; nil where that is not known.
    ///   - readsAll: whether they are read and held against the hash; else only their place and number are looked at.
    func look(sha256: String, byteCount: Int64? = nil, readsAll: Bool = true) -> DocumentState {
        guard let path = file(sha256: sha256) else { return .damaged("the database holds no SHA-256 of it") }
        // Not waiting for a writer, should somebody have put a pipe there.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .damaged(String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .damaged("what stands in its place is no file")
        }
        if let byteCount, Int64(status.st_size) != byteCount {
            return .damaged("it has \(Counted.text(Int(status.st_size), "byte")) and came with \(byteCount)")
        }
        guard readsAll else { return .whole(path: path) }
        var hash = Wire.ContentHash.Running()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .damaged(String(cString: strerror(errno))) }
            if count == 0 { break }
            buffer.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return hash.sha256() == sha256 ? .whole(path: path) : .damaged("its bytes are not those that came")
    }

    /// The file with the bytes of a document, after a look that they are the ones that came. Blocks.
    ///
    /// - Throws: a `Complaint` (65): never downloaded, missing, or changed.
    func source(of document: NoticeDocument) throws(Complaint) -> String {
        guard let hash = document.sha256 else { throw .neverDownloaded(document.name) }
        switch look(sha256: hash) {
        case .whole(let path): return path
        case .missing: throw .documentMissing(document.name)
        case .damaged(let why): throw .documentDamaged(document.name, why)
        }
    }
}
