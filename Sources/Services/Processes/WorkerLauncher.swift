import Foundation

/// Sees to it that a worker runs for the workspace. Two starts at once do no harm: the second worker ends by itself.
struct WorkerLauncher: Sendable {
    let home: Home
    let executable: String

    func ensureRunning() throws(Complaint) {
        guard !FileLock.isHeld(home.workerLock) else { return }
        let arguments = ["worker", "--home", home.path]
        forgetLongOutput()
        try Spawn(executable: executable).start(arguments, output: home.workerOutput)
    }

    /// Only dying workers write there, but a worker that dies again and again must not fill the disk.
    private func forgetLongOutput() {
        var status = stat()
        if stat(home.workerOutput, &status) == 0, status.st_size > 1 << 20 { truncate(home.workerOutput, 0) }
    }
}
