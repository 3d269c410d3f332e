import Foundation

/// Keeps what libraries write to standard error off the screen while it is up, and shows it afterwards.
struct ErrorCapture {
    private let original: Int32
    private let file: Int32
    private let start: off_t
    private static let mostShown = 64 * 1024

    /// nil when the file cannot be opened: then nothing is redirected.
    init?(path: String?) {
        let opened = path.map { open($0, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? ErrorCapture.nameless()
        guard opened >= 0 else { return nil }
        let kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard kept >= 0, dup2(opened, STDERR_FILENO) >= 0 else {
            close(opened)
            return nil
        }
        file = opened
        original = kept
        start = lseek(opened, 0, SEEK_END)
    }

    private static func nameless() -> Int32 {
        guard let stream = tmpfile() else { return -1 }
        defer { fclose(stream) }
        return fcntl(fileno(stream), F_DUPFD_CLOEXEC, 3)
    }

    /// Gives standard error back and writes to it the last part of what was kept.
    func end() {
        dup2(original, STDERR_FILENO)
        close(original)
        let end = lseek(file, 0, SEEK_END)
        let length = min(Int(max(0, end - start)), ErrorCapture.mostShown)
        if length > 0 {
            var buffer = [UInt8](repeating: 0, count: length)
            let count = pread(file, &buffer, length, end - off_t(length))
            if count > 0 { ErrorCapture.show(buffer.prefix(count)) }
        }
        close(file)
    }

    /// Whatever stands in there may have come from outside: controls are taken out.
    private static func show(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { LineEditor.oneLine(String($0)) }.joined(separator: "\n")
        let shown = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        _ = shown.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
