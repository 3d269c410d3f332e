import Foundation
import Secrets

/// Starts a worker for the workspace. Two starts at once do no harm: the second worker ends by itself.
struct WorkerLauncher: Sendable {
    let home: Home
    let executable: String

    /// - Parameter key: what the worker reads from its standard input; nil when it has a key file of its own.
    func start(handing key: SecretBytes?) throws(Complaint) {
        let arguments = ["worker", "--home", home.path] + (key == nil ? [] : ["--key-on-input"])
        forgetLongOutput()
        try Spawn(executable: executable).start(arguments, input: key, output: home.workerOutput)
    }

    /// Only dying workers write there, but a worker that dies again and again must not fill the disk.
    private func forgetLongOutput() {
        var status = stat()
        if stat(home.workerOutput, &status) == 0, status.st_size > 1 << 20 { truncate(home.workerOutput, 0) }
    }
}
