import CCurl
import Glibc
import Secrets

/// One message's time with libcurl, on a thread of its own: mail is rare, waits long, and must share no connection.
///
/// libcurl blocks within a call from the end of the message until the server's answer, and then until its farewell. What
/// became of the message is therefore told as soon as it is known; the thread ends by itself afterwards.
// @unchecked: everything but the `ending` belongs to the thread.
final class MailTransfer: @unchecked Sendable {
    private let submission: MailSubmission
    private let ending: MailEnding
    private var replies = ReplyLines()

    init(_ submission: MailSubmission, _ ending: MailEnding) {
        self.submission = submission
        self.ending = ending
    }

    func run() {
        // A server that closes while we write must be an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        ending.tell(deliver())
    }

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
        ending.wake(through: WakeHandle(multi: multi))
        defer { ending.wake(through: nil) }
        return wait(multi, setup)
    }

    private func wait(_ multi: UnsafeMutableRawPointer, _ setup: MailSetup) -> MailOutcome {
        while true {
            var (running, code) = (Int32(0), CURLE_OK)
            _ = ccurl_multi_perform(multi, &running)
            if ccurl_multi_next_done(multi, &code) != nil {
                return MailVerdict(
                    code: code, replyCode: setup.replyCode, replies: replies, isAllGiven: ending.isAllGiven,
                    text: setup.text(code)
                ).outcome
            }
            // Taking the handle away now would be the obvious way; libcurl would then end the message where it stands,
            // and the server would deliver the half of it.
            if ending.isGivenUp { setup.expire() }
            _ = ccurl_multi_poll(multi, 1_000)
        }
    }

    fileprivate func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        submission.message.withBytes { ending.give($0, into: target) }
    }

    fileprivate func take(line: UnsafeBufferPointer<UInt8>) {
        guard let reply = replies.take(line: line), ending.isAllGiven else { return }
        if reply.code == 250 { ending.tell(.accepted) }
        if (400...599).contains(reply.code) { ending.tell(.refused(reply)) }
    }
}

/// What libcurl calls on the transfer's thread.
enum MailCallbacks {
    static let reply: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return 0 }
        UnsafeRawPointer(bytes).withMemoryRebound(to: UInt8.self, capacity: size * count) {
            transfer.take(line: UnsafeBufferPointer(start: $0, count: size * count))
        }
        return size * count
    }

    static let read: ccurl_data_callback = { bytes, size, count, context in
        guard let transfer = transfer(context), let bytes else { return Int(CURL_READFUNC_ABORT) }
        return transfer.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> MailTransfer? {
        context.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
