import Domain
import Store

/// How it stands with a workspace's worker at one moment.
public struct WorkerSight: Sendable, Hashable {
    /// A worker lives.
    public var isHeld: Bool
    /// The last one did not end in order.
    public var hasDied: Bool
    /// Something is left for a worker, now or later.
    public var hasWork: Bool
    /// Whoever looks has a key for a worker.
    public var mayStart: Bool

    public init(isHeld: Bool, hasDied: Bool = false, hasWork: Bool = false, mayStart: Bool = false) {
        self.isHeld = isHeld
        self.hasDied = hasDied
        self.hasWork = hasWork
        self.mayStart = mayStart
    }
}

extension SyncService {
    /// One look at the lock, and at the store only when nobody holds it.
    public func workerSight() async throws(Complaint) -> WorkerSight {
        let lock = workspace.home.workerLock
        guard !FileLock.isHeld(lock) else { return WorkerSight(isHeld: true) }
        let hasWork = try await workspace.read { try $0.hasWork() }
        return WorkerSight(
            isHeld: false, hasDied: FileLock.isLeftBehind(lock), hasWork: hasWork, mayStart: canStartWorker)
    }

    /// Whether a worker started from here could open passwords.
    var canStartWorker: Bool {
        workspace.keyring.own != nil || WorkerKey.isThere(workspace) || workspace.hasKeyFile
    }
}
