import Domain
import Store

/// Jobs from enqueued through claimed to done, each step durable, beside the disk's own rate of durable appends. Both
/// are measured in small slices in turn, for the disk's mood changes.
enum QueueBudget {
    private struct Slice {
        var jobs = 0
        var commits = 0
        var milliseconds = 0.0
        var processor = 0.0
        var appends = 0
        var appendMilliseconds = 0.0
        var jobRate: Double { Double(jobs) * 1_000 / milliseconds }
        var commitRate: Double { Double(commits) * 1_000 / milliseconds }
        var appendRate: Double { Double(appends) * 1_000 / appendMilliseconds }
    }

    static func measure(_ bench: BenchStore) async throws {
        let accounts = try bench.accounts()
        var round = 0
        for batch in [1, 10, 100] {
            let disk = try DurableAppends(folder: bench.folder)
            var (ratios, commitRatios, sum) = (Samples(), Samples(), Slice())
            for _ in 0..<25 {
                let slice = try await slice(bench, accounts, batch: batch, &round, disk)
                ratios.add(slice.jobRate / slice.appendRate)
                commitRatios.add(slice.commitRate / slice.appendRate)
                add(slice, to: &sum)
            }
            report(batch, ratios, commitRatios, sum)
        }
    }

    private static func report(_ batch: Int, _ ratios: Samples, _ commitRatios: Samples, _ sum: Slice) {
        let isHonest = sum.commitRate <= sum.appendRate
        Report.say(
            Finding(
                name: "queue, batch size \(batch)",
                figure: "\(Int(sum.jobRate)) jobs/s, \(Int(sum.commitRate)) commits/s",
                baseline: "\(Int(sum.appendRate)) durable appends/s", ratio: ratios.median,
                budget: batch == 100 ? "3x, commits below appends" : "commits below appends",
                isMet: isHonest && (batch < 100 || ratios.median >= 3),
                detail: "jobs an append \(ratios.least.text()) to \(ratios.most.text()), "
                    + "\(commitRatios.median.text()) commits an append, "
                    + "\(Int(sum.processor * 1_000 / Double(max(sum.jobs, 1)))) us of processor a job"))
    }

    private static func slice(
        _ bench: BenchStore, _ accounts: [AccountId], batch: Int, _ round: inout Int, _ disk: borrowing DurableAppends
    ) async throws -> Slice {
        var slice = Slice(appends: 60)
        slice.appendMilliseconds = disk.run(slice.appends / 2)
        let commits = bench.store.batchStatistics.commits
        let processor = ProcessorTime.now
        let start = ContinuousClock.now
        for _ in 0..<(batch == 100 ? 6 : 12) {
            slice.jobs += try await pass(bench, accounts, batch: batch, round: round)
            round += 1
        }
        slice.milliseconds = (ContinuousClock.now - start).inMilliseconds
        slice.processor = ProcessorTime.now - processor
        slice.commits = bench.store.batchStatistics.commits - commits
        slice.appendMilliseconds += disk.run(slice.appends / 2)
        return slice
    }

    /// One batch through its three durable steps. Returns the jobs that were done.
    private static func pass(_ bench: BenchStore, _ accounts: [AccountId], batch: Int, round: Int) async throws -> Int {
        let now = bench.now + .seconds(Int64(round))
        let wanted = (0..<batch).map { accounts[(round * batch + $0) % accounts.count] }
        try await bench.store.write { writer in
            for account in wanted { _ = try writer.enqueue(account, .fetch, trigger: .schedule, now: now) }
        }
        let claimed = try await bench.store.write {
            try $0.claim(owner: "bench", limit: batch, until: now + .seconds(60), now: now)
        }
        let finished = claimed.map { FinishedJob(lease: $0.lease, outcome: .done(noticesNew: 0)) }
        return try await bench.store.write { try $0.finish(finished, owner: "bench", now: now).count { $0 } }
    }

    private static func add(_ slice: Slice, to sum: inout Slice) {
        sum.jobs += slice.jobs
        sum.commits += slice.commits
        sum.milliseconds += slice.milliseconds
        sum.processor += slice.processor
        sum.appends += slice.appends
        sum.appendMilliseconds += slice.appendMilliseconds
    }
}
