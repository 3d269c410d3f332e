import Foundation
import Sandbox
import Synchronization

/// Kill -9 of the real process at each named point of an action, then a fresh worker: the simulated authority holds
/// exactly one, and the desk has its number.
enum KillPointRun {
    private static let seeds = 10

    static func measure(_ options: Options) async throws {
        let place =
            options.home
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("killpoints-\(UUID().uuidString)").path
        defer { if options.home == nil { try? FileManager.default.removeItem(atPath: place) } }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let points = NamedPoint.all.filter { options.points.isEmpty || options.points.contains($0.name) }
        let trials = trials(points, seeds: options.seeds ?? seeds, from: options.seed)
        let programs = try Programs()
        // One business in ten sits in each state.
        let serving = try ActionSandbox.start(place, businesses: 300, programs)
        defer { serving.stop() }
        let sandbox = try ActionSandbox(place, serving)
        let start = ContinuousClock.now
        let sellers = try sandbox.sellers(min(options.lanes, trials.count))
        let outcomes = try await run(trials, sandbox, sellers, place, programs)
        let ledger = try SandboxLedger.read(sandbox.state)
        report(points, outcomes.map { $0.judged(ledger) }, options, (ContinuousClock.now - start).inMilliseconds)
    }

    /// Those that take longest first, then by seed, so that every point has its turn early.
    private static func trials(_ points: [NamedPoint], seeds: Int, from first: UInt64) -> [KillTrial] {
        let all = (0..<UInt64(seeds)).flatMap { seed in
            points.flatMap { point in
                ProvenAction.allCases.map { KillTrial(point: point, action: $0, seed: first + seed) }
            }
        }
        return all.filter { $0.point.number == 16 } + all.filter { $0.point.number != 16 }
    }

    /// Each lane on a thread of its own, for its runs wait for processes.
    private static func run(
        _ trials: [KillTrial], _ sandbox: ActionSandbox, _ sellers: [[ActionLane.Login]], _ place: String,
        _ programs: Programs
    ) async throws -> [KillTrial.Outcome] {
        let queue = TrialQueue(trials)
        return try await withThrowingTaskGroup(of: [KillTrial.Outcome].self) { group in
            for (number, logins) in sellers.enumerated() {
                group.addTask {
                    let lane = try await ActionLane.open(
                        "\(place)/\(number)", at: sandbox, over: try CutWire(upstream: sandbox.port),
                        logins: logins, programs)
                    return try await withCheckedThrowingContinuation { done in
                        Thread {
                            let outcomes = Result { try queue.work(lane, ledger: sandbox.state) }
                            lane.close()
                            done.resume(with: outcomes)
                        }.start()
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func report(
        _ points: [NamedPoint], _ outcomes: [KillTrial.Outcome], _ options: Options, _ milliseconds: Double
    ) {
        Report.row("point", "killed", ProvenAction.invoice.rawValue, ProvenAction.bill.rawValue)
        for point in points {
            let cells = ProvenAction.allCases.map { action in
                let runs = outcomes.filter { $0.trial.point == point && $0.trial.action == action }
                return "\(runs.count(where: \.isPassed))/\(runs.count)"
            }
            Report.row(point.name, point.title, cells[0], cells[1])
        }
        for outcome in outcomes where !outcome.isPassed { Report.row("failed", outcome.words) }
        let (passed, struck) = (outcomes.count(where: \.isPassed), outcomes.count { !$0.struck.isEmpty })
        Report.say(
            Finding(
                name: "actions killed at \(points.count) points", figure: "\(passed) of \(outcomes.count) runs",
                budget: "every run: struck there, one number at the portal, the same at the desk",
                isMet: passed == outcomes.count,
                detail: "\(struck) kills struck where they were to; seeds \(options.seed) to "
                    + "\(options.seed + UInt64(options.seeds ?? seeds) - 1), \((milliseconds / 1_000).text(0)) s"))
    }
}

/// Trials that lanes take one after another.
private final class TrialQueue: Sendable {
    private let rest: Mutex<ArraySlice<KillTrial>>

    init(_ trials: [KillTrial]) { rest = Mutex(trials[...]) }

    func work(_ lane: ActionLane, ledger: String) throws -> [KillTrial.Outcome] {
        try lane.warmUp()
        var outcomes: [KillTrial.Outcome] = []
        while let trial = rest.withLock({ $0.popFirst() }) {
            let outcome = trial.run(lane, ledger: ledger)
            if !outcome.problems.isEmpty || outcome.struck.isEmpty { Report.note(outcome.words) }
            outcomes.append(outcome)
        }
        return outcomes
    }
}
