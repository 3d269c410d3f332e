import Foundation

/// Reads a file of settings without ever waiting: a pipe that nobody writes into would hold up whoever reads a folder, and
/// a device need have no end.
enum SmallTextFile {
    /// Far more than any needs; reading settings grows slow with the length.
    static let longest = 64 << 10

    /// - Throws: a `Refusal` for what is no regular file, too long, or no text.
    static func read(_ path: String) throws(Refusal) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Refusal(reason: "cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(reason: "is no regular file")
        }
        guard status.st_size <= longest else {
            throw Refusal(reason: "is too long: at most \(longest / 1_024) KiB")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        do {
            // An empty file reads as nothing.
            let data = try handle.read(upToCount: longest) ?? Data()
            if let text = String(data: data, encoding: .utf8) { return text }
        } catch {}
        throw Refusal(reason: "cannot be read as text")
    }

    /// Words that follow on the file's name.
    struct Refusal: Error {
        var reason: String
    }
}
