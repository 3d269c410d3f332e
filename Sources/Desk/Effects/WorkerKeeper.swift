import Domain
import Foundation
import Services
import TerminalKit

/// Sees to it that a worker which died while work is left is followed by another one, as long as the desk is open.
///
/// Woken by the kernel when a worker ends, by commits while none is there, and by a timer only between two starts.
@MainActor
final class WorkerKeeper {
    private let workspace: Workspace
    private let isLocked: @MainActor () -> Bool
    private let deliver: @MainActor (DeskInput) -> Void
    private var restart = WorkerRestart()
    private var watcher: WorkerEnds?
    private var isServed = false
    private var isLooking = false
    private var isStale = false
    private var hasComplained = false
    private var newestTimer = 0

    /// How long the start of the desk, or a login, has to bring a worker by itself.
    private static let startTime = Duration.seconds(3)
    /// After a look that failed.
    private static let afterTrouble = Duration.seconds(30)

    /// - Parameter isLocked: a desk that is locked starts nothing.
    init(
        workspace: Workspace, isLocked: @escaping @MainActor () -> Bool,
        deliver: @escaping @MainActor (DeskInput) -> Void
    ) {
        self.workspace = workspace
        self.isLocked = isLocked
        self.deliver = deliver
        watcher = WorkerEnds(workspace.home, queue: .main) { [weak self] in
            MainActor.assumeIsolated { self?.look(after: WorkerEnds.settling) }
        }
        look(after: Self.startTime)
    }

    /// Something was committed: perhaps work, perhaps by a worker that somebody else started.
    func noteCommit() {
        if !isServed { look() }
    }

    func noteLogin() { look(after: Self.startTime) }

    /// The newest wait counts: each look says itself how long to wait for the next.
    private func look(after wait: Duration) {
        newestTimer += 1
        let timer = newestTimer
        let milliseconds = max(Int(wait.milliseconds), 10)
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
            MainActor.assumeIsolated {
                if self?.newestTimer == timer { self?.look() }
            }
        }
    }

    private func look() {
        guard !isLooking else {
            isStale = true
            return
        }
        isLooking = true
        let sync = workspace.sync
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            let sight = try? await sync.workerSight()
            await self?.took(sight)
        }
    }

    private func took(_ sight: WorkerSight?) {
        isLooking = false
        if let sight { act(sight) } else { look(after: Self.afterTrouble) }
        if isStale {
            isStale = false
            look()
        }
    }

    private func act(_ found: WorkerSight) {
        var sight = found
        if isLocked() { sight.mayStart = false }
        isServed = sight.isHeld
        let wasMissing = restart.isMissing
        switch restart.look(sight, at: workspace.now) {
        case .rest: hasComplained = false
        case .wait(let duration): look(after: duration)
        case .start(let next):
            start()
            look(after: next)
        case .missing(let hasGivenUp): if hasGivenUp { complain() }
        }
        if restart.isMissing != wasMissing { deliver(.workerMissing(restart.isMissing)) }
    }

    /// A start that fails is a worker that died at once.
    private func start() {
        let sync = workspace.sync
        Task.detached(executorPreference: WorkQueue.shared) { _ = try? sync.startWorker() }
    }

    private func complain() {
        guard !hasComplained else { return }
        hasComplained = true
        let complaint = Complaint.workerDoesNotStay(workspace.home)
        deliver(.notice(Toast(.danger, complaint.what, detail: complaint.remedy)))
    }
}
