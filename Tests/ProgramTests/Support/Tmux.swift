import Foundation
import Glibc
import Synchronization

/// A terminal of a given size: tmux on a private server. Every wait ends at a byte of output, not at a time.
final class Tmux: Sendable {
    private let place: Workplace
    private let name: String
    private let pipe: Int32
    /// Every byte that came out of the terminal's program so far.
    private let history = Mutex<[UInt8]>([])
    let columns: Int
    let rows: Int

    private init(_ place: Workplace, columns: Int, rows: Int, pipe: Int32, name: String) {
        self.place = place
        self.columns = columns
        self.rows = rows
        self.pipe = pipe
        self.name = name
    }

    deinit { close(pipe) }

    /// Runs `command` (a shell line) in a new terminal and gives it to `body`.
    static func with<T: Sendable>(
        _ place: Workplace, columns: Int, rows: Int, _ command: String, _ body: @Sendable (Tmux) async throws -> T
    ) async throws -> T {
        let name = "desk-\(UUID().uuidString.prefix(13))"
        let file = "\(place.folder)/\(name)"
        guard mkfifo(file, 0o600) == 0 else { throw Trouble("no fifo") }
        let pipe = open(file, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        let terminal = Tmux(place, columns: columns, rows: rows, pipe: pipe, name: name)
        // The command starts when the pipe is in place, so that no byte of it is missed.
        let gate = "\(tmux(name).joined(separator: " ")) wait-for start; \(command)"
        _ = try await terminal.tell("new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", gate)
        do {
            _ = try await terminal.tell("set-option", "-g", "remain-on-exit", "on")
            _ = try await terminal.tell("pipe-pane", "cat > \(file)")
            _ = try await terminal.tell("wait-for", "-S", "start")
            let result = try await body(terminal)
            _ = try? await terminal.tell("kill-server")
            return result
        } catch {
            _ = try? await terminal.tell("kill-server")
            throw error
        }
    }

    private static func tmux(_ name: String) -> [String] { ["/usr/bin/tmux", "-L", name, "-f", "/dev/null"] }

    @discardableResult
    func tell(_ words: String...) async throws -> Run {
        var environment = place.environment
        environment["TMUX_TMPDIR"] = place.folder
        let child = try Child.start(Self.tmux(name) + words, environment: environment, folder: place.folder)
        let run = try await place.finish(child, limit: 20)
        guard run.status == 0 else { throw Trouble("tmux \(words): \(run.errors)") }
        return run
    }

    /// Presses keys by tmux's names (`Enter`, `Escape`, `C-u`, `M-n`) or single characters.
    func press(_ keys: String...) async throws {
        for key in keys { try await tell("send-keys", key) }
    }

    func type(_ text: String) async throws { try await tell("send-keys", "-l", text) }

    /// What stands on the screen, one line for each row, blanks at the ends cut off.
    func screen() async throws -> String { try await tell("capture-pane", "-p").output }

    /// Number of the process in the terminal.
    func process() async throws -> pid_t {
        pid_t(
            try await tell("display-message", "-p", "#{pane_pid}").output.trimmingCharacters(
                in: .whitespacesAndNewlines)) ?? -1
    }

    /// Takes what was written since the last call; waits at most so long for a first byte.
    func output(within milliseconds: Int32) async -> [UInt8] {
        let fresh = await offPool { [pipe] () -> [UInt8] in
            var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, milliseconds) > 0 else { return [] }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(pipe, &buffer, buffer.count)
                guard count > 0 else { return bytes }
                bytes += buffer[..<count]
            }
        }
        history.withLock { $0 += fresh }
        return fresh
    }

    /// Everything that was written since the start.
    func everything() async -> [UInt8] {
        _ = await output(within: 0)
        return history.withLock { $0 }
    }

    /// Looks at the screen now and whenever something was written, until `condition` holds and nothing more is being
    /// written: what stands below the words that were waited for may come a moment after them.
    @discardableResult
    func wait(for what: String, limit: Int = 30, until condition: @Sendable (String) throws -> Bool) async throws
        -> String
    {
        let end = ContinuousClock.now + .seconds(limit)
        var found: (screen: String, looks: Int)?
        while true {
            let now = try await screen()
            if try condition(now) {
                found = (now, (found?.looks ?? 0) + 1)
                // What moves all the time is never complete.
                if await output(within: 40).isEmpty || found?.looks == 20 { return now }
                continue
            }
            if let found { return found.screen }
            let left = (end - .now).components.seconds
            guard left >= 0 else { throw Trouble("not within \(limit) s: \(what). The screen:\n\(now)") }
            _ = await output(within: Int32(min(left + 1, 5)) * 1_000)
        }
    }

    /// Waits until all of `words` stand on the screen.
    @discardableResult
    func wait(_ words: String..., limit: Int = 30) async throws -> String {
        try await wait(for: words.joined(separator: ", "), limit: limit) { screen in
            words.allSatisfy { screen.contains($0) }
        }
    }
}
