import CProcess
import Foundation
import Secrets

/// Another program that reads what we have for it, with a limit on its time.
struct PipedProgram: Sendable {
    struct End: Sendable, Hashable {
        enum How: Sendable, Hashable {
            case exited(Int32)
            case killed(signal: Int32)
            /// Ended by us when its time was over.
            case tookTooLong
        }

        var how: How
        /// Whether it was given everything, and so may have acted on it.
        var hasWholeInput: Bool
        /// What it wrote to its standard error, cut.
        var errors: String
    }

    let path: String
    let arguments: [String]
    let limit: Duration

    /// Blocks until the program has ended. A failure holds the system's code: then it was never started.
    func run(feeding input: SecretBytes) -> Result<End, POSIXError> {
        // A program that ends early must be an error of our write, not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        var copies = ([path] + arguments).map { strdup($0) }
        copies.append(nil)
        defer { copies.forEach { free($0) } }
        var pipes = process_pipes()
        let code = process_spawn_piped(path, &copies, &pipes)
        guard code == 0 else { return .failure(POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)) }
        var run = PipedRun(pipes: pipes, deadline: .now + limit)
        let isDone = input.withBytes { run.work($0) }
        return .success(End(how: run.finish(isDone: isDone), hasWholeInput: run.isFed, errors: run.errorText))
    }
}

/// The course of one run.
private struct PipedRun {
    private let pipes: process_pipes
    private let deadline: ContinuousClock.Instant
    private var input: Int32
    private var given = 0
    private(set) var isFed = false
    private var errors: [UInt8] = []
    private var hasErrorsEnded = false

    init(pipes: process_pipes, deadline: ContinuousClock.Instant) {
        self.pipes = pipes
        self.deadline = deadline
        input = pipes.input
    }

    var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// Feeds and listens until the program ends; false when its time was over before.
    mutating func work(_ bytes: UnsafeRawBufferPointer) -> Bool {
        while true {
            let left = deadline - .now
            guard left > .zero else { return false }
            var waits = [
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: hasErrorsEnded ? -1 : pipes.errors, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipes.ended, events: Int16(POLLIN), revents: 0),
            ]
            // Without a descriptor for the end, the end of the error pipe stands for it.
            if pipes.ended < 0, hasErrorsEnded { return true }
            let count = poll(&waits, nfds_t(waits.count), Int32(min(max(left / .milliseconds(1), 1), 60_000)))
            if count < 0, errno != EINTR { return false }
            guard count > 0 else { continue }
            if waits[1].revents != 0 { listen() }
            if waits[0].revents != 0 { feed(bytes) }
            if waits[2].revents != 0 {
                listen()
                return true
            }
        }
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        let count = write(input, bytes.baseAddress?.advanced(by: given), bytes.count - given)
        if count > 0 { given += count }
        isFed = given == bytes.count
        let isBroken = count < 0 && errno != EINTR && errno != EAGAIN
        guard isFed || isBroken else { return }
        // The end of the input is what the program waits for.
        close(input)
        input = -1
    }

    private mutating func listen() {
        var buffer = [UInt8](repeating: 0, count: 1_024)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(pipes.errors, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count == 0 { hasErrorsEnded = true }
            guard count > 0 else { return }
            errors += buffer[..<min(count, max(4_096 - errors.count, 0))]
        }
    }

    /// Leaves nothing behind: no process, no descriptor.
    mutating func finish(isDone: Bool) -> PipedProgram.End.How {
        // Its children too: they share its session.
        if !isDone { kill(-pipes.child, SIGKILL) }
        if input >= 0 { close(input) }
        var status: Int32 = 0
        while waitpid(pipes.child, &status, 0) < 0, errno == EINTR {}
        close(pipes.errors)
        if pipes.ended >= 0 { close(pipes.ended) }
        guard isDone else { return .tookTooLong }
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }
}
