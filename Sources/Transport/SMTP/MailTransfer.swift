import CCurl
import Glibc
import Secrets
import Synchronization

/// One message's time with libcurl, on a thread of its own: mail is rare, waits long, and must share no connection.
// @unchecked: `continuation` is set before the thread starts; everything but the two locked values belongs to it.
final class MailTransfer: @unchecked Sendable {
    private let submission: MailSubmission
    private let continuation: CheckedContinuation<MailOutcome, Never>
    private let isCancelled: CancelFlag
    fileprivate var replies = ReplyLines()
    private var given = 0

    init(
        _ submission: MailSubmission, cancelledBy flag: CancelFlag,
        _ continuation: CheckedContinuation<MailOutcome, Never>
    ) {
        self.submission = submission
        isCancelled = flag
        self.continuation = continuation
    }

    func run() {
        // A server that closes while we write must be an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        continuation.resume(returning: deliver())
    }

    func refuse(_ detail: String) { continuation.resume(returning: .notSent(.other, detail: detail)) }

    private func deliver() -> MailOutcome {
        guard submission.isSafe else {
            return .notSent(.invalidRequest, detail: "an address or the login is not valid")
        }
        guard ccurl_load() == 0 else {
            return .notSent(.libraryMissing, detail: String(cString: ccurl_load_problem()))
        }
        guard let multi = ccurl_multi_init() else { return .notSent(.other, detail: "out of memory") }
        defer { _ = ccurl_multi_cleanup(multi) }
        guard let easy = ccurl_easy_init() else { return .notSent(.other, detail: "out of memory") }
        defer { ccurl_easy_cleanup(easy) }
        guard let left = submission.millisecondsLeft else {
            return .notSent(.timedOut, detail: "the deadline passed before sending")
        }
        let setup = MailSetup(easy: easy)
        defer { setup.release() }
        setup.apply(submission, left: left, context: Unmanaged.passUnretained(self).toOpaque())
        guard ccurl_multi_add(multi, easy) == CURLM_OK else {
            return .notSent(.other, detail: "libcurl refused the transfer")
        }
        defer { _ = ccurl_multi_remove(multi, easy) }
        isCancelled.wake(through: WakeHandle(multi: multi))
        defer { isCancelled.wake(through: nil) }
        return wait(multi, setup)
    }

    private func wait(_ multi: UnsafeMutableRawPointer, _ setup: MailSetup) -> MailOutcome {
        while true {
            var (running, code) = (Int32(0), CURLE_OK)
            _ = ccurl_multi_perform(multi, &running)
            if ccurl_multi_next_done(multi, &code) != nil {
                let verdict = MailVerdict(
                    code: code, replyCode: setup.replyCode, replies: replies, isAllGiven: isAllGiven,
                    text: setup.text(code))
                return verdict.outcome
            }
            if isCancelled.isSet {
                return isAllGiven ? .unknown(detail: "cancelled") : .notSent(.cancelled, detail: "cancelled")
            }
            _ = ccurl_multi_poll(multi, 1_000)
        }
    }

    /// Set before libcurl sends the last bytes, so that "certainly not sent" is never said too early.
    private var isAllGiven: Bool { given == submission.message.count }

    fileprivate func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        submission.message.withBytes { bytes in
            let count = min(target.count, bytes.count - given)
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[given..<(given + count)]))
            given += count
            return count
        }
    }
}

/// What libcurl calls on the transfer's thread.
enum MailCallbacks {
    static let reply: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return 0 }
        UnsafeRawPointer(bytes).withMemoryRebound(to: UInt8.self, capacity: size * count) {
            transfer.replies.take(line: UnsafeBufferPointer(start: $0, count: size * count))
        }
        return size * count
    }

    static let read: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return 0 }
        return transfer.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> MailTransfer? {
        context.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// A cancellation, and the way to wake the thread that should see it.
final class CancelFlag: Sendable {
    private let state = Mutex<(isSet: Bool, wake: WakeHandle?)>((false, nil))

    var isSet: Bool { state.withLock { $0.isSet } }

    func set() {
        state.withLock { state in
            state.isSet = true
            state.wake?.wake()
        }
    }

    func wake(through handle: WakeHandle?) { state.withLock { $0.wake = handle } }
}
