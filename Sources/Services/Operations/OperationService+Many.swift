import Domain
import Store

extension OperationService {
    /// Waits until none of these goes further by itself for now. A worker that is gone is started again, three times at
    /// most.
    ///
    /// - Throws: a `Complaint` (75) when no worker stays; the operations are kept and go on later.
    public func wait(
        for ids: [OperationId], onChange: @Sendable (OperationTally) -> Void
    ) async throws(Complaint) -> [PortalOperation] {
        workspace.killPoint?.strike(.queued)
        let watch = WorkerWatch(wakePath: workspace.home.wake, alarm: workspace.surroundings.alarm)
        defer { watch.end() }
        var starts = 0
        for await event in watch.events {
            let (now, began) = (workspace.now, ContinuousClock.now)
            let tally = try await workspace.read { reader in
                let away = try reader.circuits().filter { $0.breaker.nextChance(at: now) != nil }
                return try reader.tally(ids, now: now, excluding: Set(away.map(\.provider)))
            }
            onChange(tally)
            // Every commit of the worker wakes us; counting a long list is not to take more than a tenth of our time.
            let cost = min(ContinuousClock.now - began, .milliseconds(100))
            if tally.underWay == 0 { return try await workspace.read { try $0.operations(ids) } }
            if cost > .milliseconds(2) { try? await Task.sleep(for: cost * 9) }
            guard event == .tick, !FileLock.isHeld(workspace.home.workerLock) else { continue }
            starts += 1
            if starts > 3 { break }
            try workspace.sync.startWorker()
        }
        throw Complaint(
            "the worker does not stay to do the work", why: "the operations are kept and go on later",
            remedy: "See \(workspace.home.workerOutput)", status: .tryLater)
    }
}
