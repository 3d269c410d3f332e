import Foundation

/// Copies of stored documents for people.
enum FileCopy {
    /// Complete or not there; the bytes are a portal's, so no terminal gets them.
    static func make(_ source: String, _ target: ExportTarget) throws(Complaint) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else {
            throw Complaint("cannot read \(source)", why: String(cString: strerror(errno)), status: .inputOutput)
        }
        defer { close(input) }
        let output = try ExportFile.open(target, isForeign: true)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Complaint("cannot read \(source)", why: String(cString: strerror(errno)), status: .inputOutput)
            }
            if count == 0 { break }
            try output.write(bytes: buffer[..<count])
        }
        try output.close()
    }
}
