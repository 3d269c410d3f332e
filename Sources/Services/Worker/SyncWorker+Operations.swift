import Domain
import Logging
import Portals
import Store

extension SyncWorker {
    /// Operations that run at once. Each waits for the network most of its time.
    static let actionsAtOnce = 32

    /// An operation under way, and whose room it takes.
    struct Acting: Sendable {
        var provider: String
        var control: ActionControl
    }

    /// From the end of a lease to its being taken back (facts: reliability 3).
    static let grace = Duration.seconds(5)

    /// What an earlier worker held is in doubt if it may have left, and waits as before if not.
    func takeBackOperations(_ now: Instant) async throws(Complaint) {
        let (owner, rule, firstLook) = (owner, crashRule, firstLook())
        let counts = try await workspace.write { writer in
            try writer.takeBackOperations(otherThan: owner, now: now, rule: rule, firstLook: firstLook)
        }
        tell(counts, "operations taken up again after a crash")
    }

    /// The same for what ended here without its outcome having been stored.
    private func takeBackEnded(_ now: Instant) async throws(Complaint) {
        let (moment, holding) = (now - Self.grace, Set(acting.keys))
        // Asked before: a commit wakes every worker.
        let ended = try workspace.lookUp { try $0.operationLeases(endedBefore: moment) }
        guard !ended.isSubset(of: holding) else { return }
        let firstLook = firstLook()
        let counts = try await workspace.write { writer in
            try writer.takeBackOperations(endedBefore: moment, holding: holding, now: now, firstLook: firstLook)
        }
        tell(counts, "operations taken up again whose outcome was not stored")
    }

    private func firstLook() -> @Sendable (String) -> Duration {
        let files = workspace.providers().files
        let looks = Dictionary(files.map { ($0.name, $0.profile.nic?.settle.firstLook) }) { first, _ in first }
        return { (looks[$0] ?? nil) ?? SettleRule().firstLook }
    }

    private func tell(_ taken: TakenBackOperations, _ what: Logger.Message) {
        guard taken.count > 0 else { return }
        log.warning(
            what,
            metadata: [
                "in_doubt": "\(taken.inDoubt)", "waiting": "\(taken.waiting)", "set_aside": "\(taken.setAside)",
            ])
    }

    /// The same number as for jobs.
    private var crashRule: CrashRule { CrashRule(most: workspace.settings.worker.quarantineAfter) }

    /// Takes as many due operations as may run, no more of any provider than its file allows; none of one that is left
    /// alone.
    func claimOperations(_ now: Instant) async throws(Complaint) {
        try await takeBackEnded(now)
        let free = Self.actionsAtOnce - acting.count
        guard free > 0 else { return }
        let limits = runner.connectors.limits(running: acting.values.map(\.provider))
        // Asked before: a vain claim is a commit, and a commit wakes every worker.
        let excluded = limits.exclusions.providers
        let rule = crashRule
        guard try workspace.lookUp({ try $0.hasDueOperation(now: now, excluding: excluded, rule: rule) }) else {
            return
        }
        let (owner, until) = (owner, now + Self.lease)
        let claims = try await workspace.write { writer in
            var limits = limits
            return try limits.claimOperations(
                from: writer, owner: owner, limit: free, until: until, now: now, rule: rule)
        }
        let killPoint = workspace.killPoint
        if !claims.isEmpty { killPoint?.strike(.claimed) }
        for held in claims {
            let control = ActionControl()
            let (operations, mailbox, lease) = (operations, mailbox, held.lease)
            let task = Task {
                await operations.run(held, control)
                killPoint?.strike(.completion)
                mailbox.post(.acted(lease))
            }
            control.govern(task)
            acting[lease] = Acting(provider: held.operation.provider, control: control)
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
