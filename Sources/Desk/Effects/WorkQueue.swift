import Dispatch

/// Runs what the desk does in the background on a queue of its own. Once anything has run on the language's shared
/// threads, libdispatch watches over them with a timer that wakes the process every second for the rest of its life;
/// a serial queue's thread is not watched, and goes when there is nothing to do.
final class WorkQueue: TaskExecutor {
    static let shared = WorkQueue()
    private let queue = DispatchQueue(label: "desk.work", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
