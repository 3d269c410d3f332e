import CCurl
import Synchronization

/// What is known of one delivery: how much was given to libcurl, and the outcome, which is told once.
///
/// Giving up and giving bytes exclude each other, so that nothing leaves after "nothing was sent" was said.
final class MailEnding: Sendable {
    private struct State {
        var given = 0
        var isAllGiven = false
        var isGivenUp = false
        var told: MailOutcome?
        var waiting: CheckedContinuation<MailOutcome, Never>?
        /// The thread's handle while it may be woken through it.
        var wake: WakeHandle?
    }

    private let state = Mutex(State())

    /// Set before libcurl sends the last bytes, so that "certainly not sent" is never said too late.
    var isAllGiven: Bool { state.withLock { $0.isAllGiven } }
    var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

    func wake(through handle: WakeHandle?) { state.withLock { $0.wake = handle } }

    /// The next part of the message; refused once it was given up.
    func give(_ message: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            if state.isGivenUp { return Int(CURL_READFUNC_ABORT) }
            let count = min(target.count, message.count - state.given)
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: message[state.given..<(state.given + count)]))
            state.given += count
            state.isAllGiven = state.given == message.count
            return count
        }
    }

    /// Ends the waiting: no byte leaves from now on.
    func giveUp(_ reason: MailOutcome.Reason, _ detail: String) {
        let outcome = state.withLock { state in
            state.isGivenUp = true
            state.wake?.wake()
            return state.isAllGiven ? MailOutcome.unknown(detail: detail) : .notSent(reason, detail: detail)
        }
        tell(outcome)
    }

    /// The first outcome counts.
    func tell(_ outcome: MailOutcome) {
        let waiting = state.withLock { state -> CheckedContinuation<MailOutcome, Never>? in
            guard state.told == nil else { return nil }
            state.told = outcome
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: outcome)
    }

    /// Waits for the outcome; one waits.
    func outcome() async -> MailOutcome {
        await withCheckedContinuation { continuation in
            let told = state.withLock { state in
                if state.told == nil { state.waiting = continuation }
                return state.told
            }
            if let told { continuation.resume(returning: told) }
        }
    }
}
