import Glibc

/// Whole files and whole writes on descriptors.
enum FileBytes {
    static func read(_ descriptor: Int32) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(result.count))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    static func read(path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return read(descriptor)
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Replaces a file as a whole, readable by its owner only.
    static func replace(path: String, with bytes: [UInt8]) throws(SandboxProblem) {
        let part = "\(path).part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SandboxProblem("cannot write \(path): \(SystemText.lastError())") }
        let isWritten = write(bytes, to: descriptor)
        close(descriptor)
        guard isWritten, rename(part, path) == 0 else {
            throw SandboxProblem("cannot write \(path): \(SystemText.lastError())")
        }
    }

    /// Makes a folder and those above it, 0700.
    static func makeFolder(_ path: String) throws(SandboxProblem) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            prefix += "/\(part)"
            if mkdir(prefix, 0o700) != 0 && errno != EEXIST {
                throw SandboxProblem("cannot make \(prefix): \(SystemText.lastError())")
            }
        }
    }
}

/// The system's words for the last error.
enum SystemText {
    static func lastError() -> String { String(cString: strerror(errno)) }
}
