import Foundation

/// Reads a spreadsheet's file, or whatever a pipe brings.
enum SheetFile {
    /// - Throws: a `Complaint` for a file that is missing, unreadable, a folder, or above 256 MiB.
    static func read(_ path: String) throws(Complaint) -> Data {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Complaint.unreadable(path, errno) }
        defer { close(descriptor) }
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
