import Foundation

/// Reads a spreadsheet's file, or what a shell hands over.
enum SheetFile {
    /// - Parameter takesHanded: whether `-` is standard input, and what a shell has opened already may be a pipe; off where
    ///   nobody gave it so, as on the desk, whose standard input is its keyboard.
    /// - Throws: a `Complaint` for a file that is missing, unreadable, no regular file, or above 256 MiB.
    static func read(_ path: String, takesHanded: Bool = false) throws(Complaint) -> Data {
        let isHanded = takesHanded && (path == "-" || path == "/dev/stdin" || path.hasPrefix("/dev/fd/"))
        // Without a writer a pipe in a folder would hold the opening for ever, and a device need have no end.
        let descriptor =
            isHanded && path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | (isHanded ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw Complaint.unreadable(path, errno) }
        defer { close(descriptor) }
        if !isHanded {
            var facts = stat()
            guard fstat(descriptor, &facts) == 0 else { throw Complaint.unreadable(path, errno) }
            let kind = facts.st_mode & S_IFMT
            guard kind == S_IFREG || kind == S_IFDIR else { throw Complaint.irregular(path) }
        }
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Complaint.unreadable(path, errno) }
            if count == 0 { return data }
            data.append(contentsOf: buffer[..<count])
            guard data.count <= CsvText.largest else {
                throw Complaint("\(path) is above 256 MiB", remedy: "Split it into smaller sheets", status: .badData)
            }
        }
    }
}
