import Domain
import Foundation
import Store

/// Jobs from enqueued through claimed to done, each step durable, beside the disk's own rate of durable appends.
func queueBenchmark(_ bench: StoreBench) async throws {
    let before = try durableAppends(bench.folder)
    for batch in [1, 10, 100] {
        let rounds = batch == 100 ? 120 : 300
        let started = bench.store.batchStatistics
        let clock = ContinuousClock()
        let accounts = try bench.store.readNow { try $0.accounts(AccountQuery(perPage: nil)).rows.map(\.id) }
        var jobs = 0
        let cpuBefore = processorMilliseconds()
        let spent = try await clock.measure {
            for round in 0..<rounds {
                let now = StoreBench.now + .seconds(Int64(round))
                let wanted = (0..<batch).map { accounts[(round * batch + $0) % accounts.count] }
                try await bench.store.write { writer in
                    for account in wanted { _ = try writer.enqueue(account, .fetch, trigger: .schedule, now: now) }
                }
                let claimed = try await bench.store.write {
                    try $0.claim(owner: "bench", limit: batch, until: now + .seconds(60), now: now)
                }
                let finished = claimed.map { FinishedJob(lease: $0.lease, outcome: .done(noticesNew: 0)) }
                jobs += try await bench.store.write { try $0.finish(finished, owner: "bench", now: now).count { $0 } }
            }
        }
        let seconds = spent.inMilliseconds / 1_000
        let commits = Double(bench.store.batchStatistics.commits - started.commits) / seconds
        let cpu = (processorMilliseconds() - cpuBefore) * 1_000 / Double(max(jobs, 1))
        print(
            String(
                format: "queue, batch %d: %.0f jobs/s, %.0f commits/s, %.0f us of processor a job", batch,
                Double(jobs) / seconds, commits, cpu))
    }
    let after = try durableAppends(bench.folder)
    print(String(format: "durable appends of 4 KiB (write + fdatasync): %.0f/s before, %.0f/s after", before, after))
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
    let count = 2_000
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
