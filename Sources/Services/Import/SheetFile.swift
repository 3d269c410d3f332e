import Foundation

/// Reads a spreadsheet's file, or whatever a pipe brings.
enum SheetFile {
    /// - Parameter takesPipes: off where nobody waits for a pipe's writer, as for one of a folder's files.
    /// - Throws: a `Complaint` for a file that is missing, unreadable, a folder, above 256 MiB, or not of that kind.
    static func read(_ path: String, takesPipes: Bool = true) throws(Complaint) -> Data {
        // Without a writer a pipe would hold the opening for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (takesPipes ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw Complaint.unreadable(path, errno) }
        defer { close(descriptor) }
        if !takesPipes {
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
