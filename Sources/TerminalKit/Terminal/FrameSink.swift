import CTerminal
import Foundation

/// Where curses writes. curses flushes at every move of the cursor, fifty times in a page; here a frame is gathered in
/// memory and goes to the terminal in one write, which costs a fraction and never shows half of it.
@MainActor
final class FrameSink {
    /// The descriptor that curses was given: the terminal, but between `begin` and `end` the memory.
    let output: Int32
    /// Negative when the system has none to give; curses then writes straight to the terminal.
    private let memory: Int32

    /// nil when standard output cannot be doubled.
    init?() {
        output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard output >= 0 else { return nil }
        memory = terminal_memory_file()
    }

    /// What curses writes in `body`, sent in one piece between two marks; nothing when there is nothing to write.
    ///
    /// - Parameters:
    ///   - isDirect: curses will also set the terminal's modes, so its descriptor must stay the terminal.
    ///   - before: sequences that curses knows nothing of, for the same piece, and `after` those that follow.
    func frame(isDirect: Bool, before: [UInt8] = [], after: [UInt8] = [], _ body: () -> Void) {
        let start = Array(PrivateModes.frameStart.utf8) + before
        let end = after + Array(PrivateModes.frameEnd.utf8)
        guard !isDirect, memory >= 0, terminal_redirect(output, memory) == 0 else {
            Self.send(start)
            body()
            return Self.send(end)
        }
        body()
        _ = terminal_redirect(output, STDOUT_FILENO)
        let count = Int(lseek(memory, 0, SEEK_CUR))
        lseek(memory, 0, SEEK_SET)
        guard count > 0 || !before.isEmpty || !after.isEmpty else { return }
        let bytes = [UInt8](unsafeUninitializedCapacity: start.count + count + end.count) { buffer, filled in
            filled = buffer.update(fromContentsOf: start)
            let place = UnsafeMutableRawBufferPointer(buffer).baseAddress?.advanced(by: filled)
            filled += max(pread(memory, place, count, 0), 0)
            filled = buffer[filled...].update(fromContentsOf: end)
        }
        Self.send(bytes)
    }

    /// Writes all of it. A terminal that is gone says so to whoever reads from it.
    static func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(STDOUT_FILENO, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            sent += count
        }
    }

    deinit { if memory >= 0 { close(memory) } }
}
