import Glibc

/// Gives messages to mail servers through libcurl, each over a connection of its own.
public enum MailClient {
    /// Returns when it is known what became of the message, or at its deadline. Cancelling the task ends it earlier.
    public static func send(_ submission: MailSubmission) async -> MailOutcome {
        let flag = CancelFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(MailTransfer(submission, cancelledBy: flag, continuation))
            }
        } onCancel: {
            flag.set()
        }
    }

    private static func start(_ transfer: MailTransfer) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(transfer)
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<MailTransfer>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard result != 0 else {
            pthread_detach(thread)
            return
        }
        box.release()
        transfer.refuse("the system gives no thread")
    }
}

extension MailSubmission {
    /// What the deadline leaves, at least 1 (0 would mean "no limit" to libcurl); nil when it has passed.
    var millisecondsLeft: Int? {
        let left = deadline - ContinuousClock.now
        guard left > .zero else { return nil }
        return Int(min(max(left / .milliseconds(1), 1), 86_400_000))
    }
}
