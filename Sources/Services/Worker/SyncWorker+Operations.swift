import Domain
import Logging
import Portals
import Store

extension SyncWorker {
    /// Operations that run at once. Each waits for the network most of its time.
    static let actionsAtOnce = 32

    /// What an earlier worker held is in doubt if it may have left, and waits as before if not.
    func takeBackOperations(_ now: Instant) async throws(Complaint) {
        let (owner, catalog) = (owner, workspace.providers())
        let looks = Dictionary(catalog.files.map { ($0.name, $0.profile.nic?.settle.firstLook) }) { first, _ in first }
        let counts = try await workspace.write { writer in
            try writer.takeBackOperations(otherThan: owner, now: now) { (looks[$0] ?? nil) ?? SettleRule().firstLook }
        }
        if counts.inDoubt + counts.waiting > 0 {
            log.warning(
                "operations taken up again after a crash",
                metadata: ["in_doubt": "\(counts.inDoubt)", "waiting": "\(counts.waiting)"])
        }
    }

    /// Takes as many due operations as may run; none of a provider that is left alone.
    func claimOperations(_ now: Instant) async throws(Complaint) {
        let free = Self.actionsAtOnce - acting.count
        guard free > 0 else { return }
        let excluded = Set(runner.connectors.allGates.filter { $0.nextChance(at: now) != nil }.map(\.provider))
        // Asked before: a vain claim is a commit, and a commit wakes every worker.
        guard try workspace.lookUp({ try $0.hasDueOperation(now: now, excluding: excluded) }) else { return }
        let (owner, until) = (owner, now + Self.lease)
        let claims = try await workspace.write { writer in
            try writer.claimOperations(owner: owner, limit: free, until: until, now: now, excluding: excluded)
        }
        let killPoint = workspace.killPoint
        if !claims.isEmpty { killPoint?.strike(.claimed) }
        for held in claims {
            let (operations, mailbox, lease) = (operations, mailbox, held.lease)
            acting[lease] = Task {
                await operations.run(held)
                killPoint?.strike(.completion)
                mailbox.post(.acted(lease))
            }
        }
        if !claims.isEmpty { alarms.setRenewal(after: Self.renewal) }
    }

    /// A lease that is lost changes nothing for what has left: its answer is kept as evidence.
    func renewOperations() async {
        let ids = acting.keys.map(\.id)
        guard !ids.isEmpty else { return }
        alarms.setRenewal(after: Self.renewal)
        let (owner, until, killPoint) = (owner, workspace.now + Self.lease, workspace.killPoint)
        _ = try? await workspace.write { writer in
            let held = try writer.renewOperations(owner: owner, ids, until: until)
            killPoint?.strike(.renewal)
            return held
        }
    }
}
