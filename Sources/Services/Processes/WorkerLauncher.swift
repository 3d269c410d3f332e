import Foundation

/// Sees to it that a worker runs for the workspace. Two starts at once do no harm: the second worker ends by itself.
struct WorkerLauncher: Sendable {
    let home: Home
    let executable: String

    func ensureRunning() throws(Complaint) {
        guard !FileLock.isHeld(home.workerLock) else { return }
        let arguments = ["worker", "--home", home.path]
        try Spawn(executable: executable).start(arguments, output: home.logs + "/worker.log")
    }
}
