import Services
import Synchronization

/// That nothing can be stored, said once behind what a command could still do: an error of its own says it already.
enum FullDiskNote {
    private static let text = Mutex<String?>(nil)

    static func look(at workspace: Workspace) {
        let found = workspace.fullDisk
        text.withLock { $0 = found }
    }

    static func tell() {
        if let text = text.withLock({ $0 }) { Messages.line("! \(text)") }
    }
}
