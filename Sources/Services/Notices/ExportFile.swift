import Foundation

/// A file that is written to its end or not at all; a full disk is noticed, not swallowed.
final class ExportFile {
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []

    init(path: String) throws(Complaint) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Complaint("cannot write \(path)", why: String(cString: strerror(errno)), status: .inputOutput)
        }
    }

    deinit { Glibc.close(descriptor) }

    func write(_ text: String) throws(Complaint) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= 1 << 16 { try flush() }
    }

    func close() throws(Complaint) {
        try flush()
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure() }
    }

    private func flush() throws(Complaint) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), buffer.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure()
            }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> Complaint {
        Complaint("cannot write \(path)", why: String(cString: strerror(errno)), remedy: "Free space or choose another place", status: .inputOutput)
    }
}

/// Names for files that we write where people look.
enum FreeName {
    /// The last part of a portal's file name, without anything that could climb out of a folder or hide.
    static func harmless(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "._- ()".unicodeScalars.contains($0)
        }
        let trimmed = String(String.UnicodeScalarView(kept)).drop { $0 == "." || $0 == "-" || $0 == " " }
        return trimmed.isEmpty ? "document" : String(trimmed.prefix(120))
    }

    /// `wanted` in `folder`, with ` (2)` and so on before the extension when the name is taken.
    static func path(in folder: String, wanted: String) -> String {
        let base = NSString(string: wanted)
        var candidate = "\(folder)/\(wanted)"
        var number = 2
        while FileManager.default.fileExists(atPath: candidate) {
            let suffix = base.pathExtension.isEmpty ? "" : ".\(base.pathExtension)"
            candidate = "\(folder)/\(base.deletingPathExtension) (\(number))\(suffix)"
            number += 1
        }
        return candidate
    }
}
