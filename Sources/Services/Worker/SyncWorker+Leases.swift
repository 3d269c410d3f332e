import Domain
import Logging
import Store

extension SyncWorker {
    /// Having the lock means that every lease of another boot is void.
    func recover() async throws(Complaint) {
        let now = workspace.now
        let owner = owner
        let limit = workspace.settings.worker.quarantineAfter
        let calls = runner.connectors.records
        let unknown = try await workspace.write { writer in
            try writer.endAbandonedCalls(workers: true, except: calls.owner, now: now)
        }
        if unknown > 0 {
            log.warning("calls of a worker that died are on record as unknown", metadata: ["calls": "\(unknown)"])
        }
        runner.connectors.restore(try await workspace.read { try $0.circuits() })
        let recovered = try await workspace.write { writer in
            let recovered = try writer.voidLeases(otherThan: owner, now: now, quarantineAfter: limit)
            for id in recovered.recovered {
                let message = "the worker ended in the middle; the same attempt is taken up again"
                try writer.appendLog(id, [JobLogEntry(at: now, level: .warning, step: "recover", message: message)])
            }
            for id in recovered.quarantined {
                let message = "the worker died on this job \(Counted.times(limit)); it is set aside"
                try writer.appendLog(id, [JobLogEntry(at: now, level: .error, step: "recover", message: message)])
            }
            return recovered
        }
        try await takeBackOperations(now)
        for id in recovered.recovered { log.warning("taken up again after a crash", metadata: ["job": "\(id)"]) }
        for id in recovered.quarantined { log.error("set aside after crashes", metadata: ["job": "\(id)"]) }
    }

    /// Takes as many due jobs as may run, no more from any provider than its file allows.
    func claim(_ now: Instant) async throws(Complaint) {
        let free = options.concurrency - running.count
        guard free > 0 else { return }
        // The vault may have got a new key that this worker was not given: what is queued stays queued.
        guard try workspace.canOpenVault() else { throw Complaint.vaultLocked }
        let limits = runner.connectors.limits(running: running.values.compactMap(\.provider))
        // Asked before: a claim is a commit, a commit wakes every worker, so a vain one would go on for ever.
        guard try workspace.lookUp({ try $0.hasClaimable(now: now, excluding: limits.exclusions) }) else { return }
        let (owner, until) = (owner, now + Self.lease)
        let claims = try await workspace.write { writer in
            var limits = limits
            let claims = try limits.claim(from: writer, owner: owner, limit: free, until: until, now: now)
            for claim in claims {
                let message = "attempt \(claim.job.attempt) by worker \(owner.prefix(4))"
                let entry = JobLogEntry(at: now, level: .info, step: "claim", message: message)
                try writer.appendLog(claim.job.job.id, [entry])
            }
            return claims
        }
        for claim in claims { start(claim) }
    }

    /// Extends the leases of what runs. After two failures in a row nothing may be trusted any more: the lease would
    /// end before the next try (reliability 3.3).
    func renew() async {
        let leases = Array(running.keys)
        guard !leases.isEmpty else { return }
        alarms.setRenewal(after: Self.renewal)
        let until = workspace.now + Self.lease
        let owner = owner
        let renewed: RenewedLeases
        do throws(Complaint) {
            renewed = try await workspace.write { try $0.renew(owner: owner, leases, until: until) }
            failedRenewals = 0
        } catch {
            failedRenewals += 1
            log.error("leases could not be renewed", metadata: ["why": "\(error.description)"])
            if failedRenewals >= 2 { leases.forEach { running[$0]?.control.end(.lost) } }
            return
        }
        for lease in leases where !renewed.held.contains(lease) {
            log.warning("lost its lease", metadata: ["job": "\(lease.id)"])
            running[lease]?.control.end(.lost)
        }
        for lease in renewed.cancelRequested { running[lease]?.control.end(.person) }
    }

    func noticeCancellations() {
        let leases = Array(running.keys)
        guard !leases.isEmpty else { return }
        // A failed look is made good by the next renewal.
        let wanted = (try? workspace.lookUp { try $0.cancelRequests() }) ?? []
        for lease in leases where wanted.contains(lease.id) { running[lease]?.control.end(.person) }
    }
}
