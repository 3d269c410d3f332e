internal import Glibc

/// Where a store's files are.
struct StoreFiles: Sendable {
    let database: String

    /// Creates an empty database file that only its owner may read, before SQLite would create it by the umask.
    func create() throws(StoreProblem) {
        let descriptor = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw StoreProblem.opening(errno) }
        close(descriptor)
    }

    /// nil when there is no such file.
    var byteCount: Int? { Self.byteCount(of: database) }

    /// Of the write-ahead log; nil when there is none.
    var logByteCount: Int? { Self.byteCount(of: database + "-wal") }

    private static func byteCount(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
