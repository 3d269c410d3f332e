import Foundation
import Synchronization

/// A log that cannot fill the disk: at its cap it is set aside as `NAME.1`, older ones move up, the oldest goes.
///
/// A log that cannot be written stays silent: no work may fail because of it.
final class LogFile: Sendable {
    private let path: String
    private let cap: Int
    private let kept: Int
    private let opened = Mutex<Opened?>(nil)

    private struct Opened {
        var descriptor: Int32
        var size: Int
    }

    /// - Parameters:
    ///   - cap: bytes after which the file is set aside.
    ///   - kept: how many files that were set aside stay.
    init(path: String, cap: Int = 4 << 20, kept: Int = 3) {
        self.path = path
        self.cap = cap
        self.kept = kept
    }

    deinit {
        opened.withLock { if let file = $0 { close(file.descriptor) } }
    }

    /// Appends one line in one write, so that the lines of two processes do not mix.
    func append(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        opened.withLock { opened in
            if let file = opened, file.size + bytes.count > cap {
                close(file.descriptor)
                opened = nil
                rotate()
            }
            guard var file = opened ?? open() else { return }
            let count = bytes.withUnsafeBytes { Glibc.write(file.descriptor, $0.baseAddress, $0.count) }
            file.size += max(count, 0)
            opened = file
        }
    }

    private func open() -> Opened? {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        let descriptor = Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        let size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        return Opened(descriptor: descriptor, size: size)
    }

    private func rotate() {
        for number in stride(from: kept, to: 1, by: -1) { rename("\(path).\(number - 1)", "\(path).\(number)") }
        if kept > 0 { rename(path, "\(path).1") } else { unlink(path) }
    }
}
