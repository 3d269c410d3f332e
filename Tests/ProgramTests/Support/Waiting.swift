import Foundation
import Glibc

/// `pidfd_open` of the C library, which Swift's map of its headers leaves out.
func pidfd(_ pid: pid_t) -> Int32 {
    guard let symbol = dlsym(nil, "pidfd_open") else { return -1 }
    typealias Call = @convention(c) (Int32, UInt32) -> Int32
    return unsafeBitCast(symbol, to: Call.self)(pid, 0)
}

/// Wakes at every commit of a workspace: the program touches `run/wake` at each.
final class Commits: Sendable {
    private let descriptor: Int32

    init(_ home: String) throws {
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        let file = "\(home)/run/wake"
        close(open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
        guard descriptor >= 0, inotify_add_watch(descriptor, file, UInt32(IN_MODIFY) | UInt32(IN_ATTRIB)) >= 0 else {
            throw Trouble("cannot watch \(file)")
        }
    }

    deinit { close(descriptor) }

    /// True when something was committed since the last call or is within `milliseconds`.
    func next(within milliseconds: Int32) async -> Bool {
        await offPool { [descriptor] in
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, milliseconds) > 0 else { return false }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while read(descriptor, &buffer, buffer.count) > 0 {}
            return true
        }
    }

    /// Asks `condition` now and after each commit until it holds.
    func wait(for what: String, limit: Int = 40, until condition: @Sendable () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(limit)
        while true {
            if try await condition() { return }
            let left = (end - .now).components.seconds
            guard left >= 0 else { throw Trouble("not within \(limit) s: \(what)") }
            // A commit between the question and the wait is waiting in the queue of the watch already.
            _ = await next(within: Int32(min(left + 1, 10)) * 1_000)
        }
    }
}
