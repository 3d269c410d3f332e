import Foundation
import Glibc

/// Starts commands and kills them or the worker, at moments that a seed decides: at the n-th commit from now, or some
/// milliseconds into the work when no commit comes.
final class KillCourse {
    struct Report: Sendable {
        var workersKilled = 0
        var commandsKilled = 0
        /// Jobs whose numbers a command told before it ended in order.
        var acknowledged: Set<Int> = []
        var businesses: Set<String> = []
    }

    private let place: Workplace
    private let identities: [String]
    private let commits: Commits
    private var random: Random
    private var report = Report()
    private var round = 0

    init(_ place: Workplace, identities: [String], seed: UInt64) throws {
        self.place = place
        self.identities = identities
        commits = try Commits(place.home)
        random = Random(state: seed)
    }

    func run(kills: Int) async throws -> Report {
        while report.workersKilled + report.commandsKilled < kills {
            round += 1
            guard round < kills * 20 + 100 else { throw Trouble("only \(report) after \(round) rounds") }
            try await doRound()
        }
        return report
    }

    private func doRound() async throws {
        let name = "Killed Round \(round)"
        let isFetch = random.below(4) > 0
        let command =
            isFetch
            ? ["fetch", "--portal", "gst", "--identity", identities[random.below(identities.count)], "--json"]
            : ["business", "add", "--name", name]
        let child = try place.start(command)
        for _ in 0..<random.below(4) { _ = await commits.next(within: Int32(random.below(60))) }
        if random.below(3) == 0 {
            child.signal(SIGKILL)
        } else if let worker = place.worker {
            Glibc.kill(worker, SIGKILL)
            report.workersKilled += 1
        }
        let run = try await place.finish(child)
        switch run.status {
        case 128 + SIGKILL: report.commandsKilled += 1
        case 0 where isFetch: report.acknowledged.formUnion(try run.rows().compactMap { $0["id"].integer })
        case 0: report.businesses.insert(name)
        default: throw Trouble("\(command) ended with \(run.status): \(run.errors)")
        }
    }
}

/// SplitMix64: the same course for the same seed.
struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
    }
}
