import Glibc

/// Gives messages to mail servers through libcurl, each over a connection of its own.
public enum MailClient {
    /// Returns when it is known what became of the message, or at its deadline. Cancelling the task ends it earlier.
    public static func send(_ submission: MailSubmission) async -> MailOutcome {
        let ending = MailEnding()
        start(MailTransfer(submission, ending), ending)
        let clock = Task {
            try await ContinuousClock().sleep(until: submission.deadline)
            ending.giveUp(.timedOut, "no answer in time")
        }
        defer { clock.cancel() }
        return await withTaskCancellationHandler {
            await ending.outcome()
        } onCancel: {
            ending.giveUp(.cancelled, "cancelled")
        }
    }

    private static func start(_ transfer: MailTransfer, _ ending: MailEnding) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(transfer)
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<MailTransfer>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        if result == 0 {
            pthread_detach(thread)
        } else {
            box.release()
            ending.tell(.notSent(.other, detail: "the system gives no thread"))
        }
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
