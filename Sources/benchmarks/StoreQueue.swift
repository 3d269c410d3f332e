import Domain
import Foundation
import Store

/// Jobs from enqueued through claimed to done, each step durable, beside the disk's own rate of durable appends:
/// both are measured in turn, for the disk's mood changes.
func queueBenchmark(_ bench: StoreBench) async throws {
    let accounts = try bench.store.readNow { try $0.accounts(AccountQuery(perPage: nil)).rows.map(\.id) }
    var round = 0
    for batch in [1, 10, 100] {
        var samples: [QueueSample] = []
        for _ in 0..<7 {
            let appends = try durableAppends(bench.folder)
            samples.append(try await queueSample(bench, accounts, batch: batch, from: &round, appends: appends))
        }
        samples.sort { $0.ratio < $1.ratio }
        let middle = samples[samples.count / 2]
        print(
            String(
                format: "queue, batch %d: %.0f jobs/s, %.0f commits/s, %.0f durable appends/s beside it: %.2f jobs an "
                    + "append (%.2f to %.2f), %.2f commits an append, %.0f us of processor a job", batch, middle.jobs,
                middle.commits, middle.appends, middle.ratio, samples[0].ratio, samples[samples.count - 1].ratio,
                middle.commits / middle.appends, middle.processor))
    }
}

private struct QueueSample {
    var jobs: Double
    var commits: Double
    var appends: Double
    var processor: Double
    var ratio: Double { jobs / appends }
}

private func queueSample(
    _ bench: StoreBench, _ accounts: [AccountId], batch: Int, from round: inout Int, appends: Double
) async throws -> QueueSample {
    let commits = bench.store.batchStatistics.commits
    let processor = processorMilliseconds()
    let start = ContinuousClock.now
    var jobs = 0
    for _ in 0..<40 {
        jobs += try await queueRound(bench.store, accounts, batch: batch, round: round)
        round += 1
    }
    let seconds = (ContinuousClock.now - start).inMilliseconds / 1_000
    return QueueSample(
        jobs: Double(jobs) / seconds, commits: Double(bench.store.batchStatistics.commits - commits) / seconds,
        appends: appends, processor: (processorMilliseconds() - processor) * 1_000 / Double(max(jobs, 1)))
}

/// One batch through its three durable steps. Returns the jobs that were done.
private func queueRound(_ store: DeskStore, _ accounts: [AccountId], batch: Int, round: Int) async throws -> Int {
    let now = StoreBench.now + .seconds(Int64(round))
    let wanted = (0..<batch).map { accounts[(round * batch + $0) % accounts.count] }
    try await store.write { writer in
        for account in wanted { _ = try writer.enqueue(account, .fetch, trigger: .schedule, now: now) }
    }
    let claimed = try await store.write {
        try $0.claim(owner: "bench", limit: batch, until: now + .seconds(60), now: now)
    }
    let finished = claimed.map { FinishedJob(lease: $0.lease, outcome: .done(noticesNew: 0)) }
    return try await store.write { try $0.finish(finished, owner: "bench", now: now).count { $0 } }
}

/// Appends of 4 KiB, each made durable by fdatasync, a second.
private func durableAppends(_ folder: String) throws -> Double {
    let path = "\(folder)/append"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer {
        close(descriptor)
        unlink(path)
    }
    let block = [UInt8](repeating: 7, count: 4_096)
    let count = 500
    let spent = ContinuousClock().measure {
        for _ in 0..<count {
            _ = write(descriptor, block, block.count)
            fdatasync(descriptor)
        }
    }
    return Double(count) * 1_000 / spent.inMilliseconds
}

/// Processor time of this process so far, user and system.
private func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
}
