import CProcess
import Foundation

/// A program on a pseudo-terminal of 120 columns and 40 rows, whose every byte is timed.
final class TerminalSession {
    let processId: pid_t
    private let master: Int32
    private let program: String
    private let started: ContinuousClock.Instant
    private var isEnded = false

    /// What came in answer to something.
    struct Answer {
        var bytes = 0
        /// From the cause to the last byte of the first frame; 0 when no frame was marked.
        var firstFrame = 0.0
        /// From the cause to the last byte.
        var milliseconds = 0.0
    }

    /// How a frame ends (synchronized output).
    private static let frameEnd = Array("\u{1B}[?2026l".utf8)

    init(_ command: [String]) throws {
        var environment = ProcessInfo.processInfo.environment
        environment["TERM"] = "xterm-256color"
        environment["LC_ALL"] = "C.UTF-8"
        for name in ["NO_COLOR", "COLUMNS", "LINES"] { environment[name] = nil }
        let texts = environment.map { "\($0.key)=\($0.value)" }
        let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var (end, child): (Int32, pid_t) = (-1, 0)
        program = command.first ?? ""
        started = ContinuousClock.now
        let code = process_spawn_on_terminal(program, arguments, variables, 40, 120, &end, &child)
        guard code == 0 else { throw BenchProblem.cannotStart(program, code) }
        (master, processId) = (end, child)
    }

    deinit {
        end()
        close(master)
    }

    /// Waits for the first whole screen: many bytes, then silence.
    func firstPaint() throws -> Answer {
        let answer = collect(since: started, quiet: 60, atLeast: 2_500, limit: 10_000)
        guard answer.bytes >= 2_500 else { throw BenchProblem.noFrame(program) }
        return answer
    }

    /// Types and waits until nothing more comes for `quiet` milliseconds.
    func type(_ keys: String, quiet: Int32 = 12) -> Answer {
        let moment = ContinuousClock.now
        _ = keys.withCString { write(master, $0, strlen($0)) }
        return collect(since: moment, quiet: quiet, atLeast: 1, limit: 300)
    }

    /// Types and waits for one frame only: a desk on which work goes on never comes to rest.
    func typeUntilFrame(_ keys: String) -> Answer {
        let moment = ContinuousClock.now
        _ = keys.withCString { write(master, $0, strlen($0)) }
        return collect(since: moment, quiet: 12, atLeast: 1, limit: 300, endsAtFrame: true)
    }

    /// Reads what comes for so long.
    func drain(milliseconds: Int) {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = (end - .now).inMilliseconds
            var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&wait, 1, Int32(left) + 1) > 0, read(master, &buffer, buffer.count) > 0 else { return }
        }
    }

    /// Bytes that come by themselves.
    func listen(milliseconds: Int32) -> Int {
        collect(since: .now, quiet: milliseconds, atLeast: 0, limit: milliseconds).bytes
    }

    private func collect(
        since moment: ContinuousClock.Instant, quiet: Int32, atLeast: Int, limit: Int32, endsAtFrame: Bool = false
    ) -> Answer {
        var answer = Answer()
        var tail: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, answer.bytes >= atLeast ? quiet : limit) > 0 else { return answer }
            let count = read(master, &buffer, buffer.count)
            if count <= 0 { return answer }
            answer.bytes += count
            answer.milliseconds = (ContinuousClock.now - moment).inMilliseconds
            guard answer.firstFrame == 0 else { continue }
            tail = tail.suffix(Self.frameEnd.count) + buffer[..<count]
            if Self.holdsFrameEnd(tail) { answer.firstFrame = answer.milliseconds }
            if endsAtFrame, answer.firstFrame > 0 { return answer }
        }
    }

    private static func holdsFrameEnd(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: frameEnd) }
    }

    /// Ends the program by its id and waits until it is gone.
    func end() {
        if isEnded { return }
        isEnded = true
        kill(processId, SIGTERM)
        var status: Int32 = 0
        for _ in 0..<200 {
            _ = listen(milliseconds: 5)
            if waitpid(processId, &status, WNOHANG) == processId { return }
        }
        kill(processId, SIGKILL)
        waitpid(processId, &status, 0)
    }
}
