import Domain
import Foundation
import Sandbox
import Services

/// Answers that are lost after the simulated authority has committed, each in its own way: every action is found and
/// adopted by the real worker, without a person and without a second one.
enum ToxicRun {
    private static let seeds = 50
    /// Short, so that a silent portal is given up soon.
    private static let requestSeconds = 3

    private struct Count {
        var passed = 0
        var runs = 0
        var text: String { "\(passed)/\(runs)" }
    }

    static func measure(_ options: Options) async throws {
        let place =
            options.home
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("toxics-\(UUID().uuidString)").path
        defer { if options.home == nil { try? FileManager.default.removeItem(atPath: place) } }
        let (programs, seeds) = (try Programs(), options.seeds ?? seeds)
        let start = ContinuousClock.now
        Report.row("after commit", ProvenAction.invoice.rawValue, ProvenAction.bill.rawValue)
        var total = Count()
        for (number, toxic) in Toxic.all.enumerated() {
            let folder = "\(place)/\(number)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var cells: [String] = []
            for (action, problems) in try await run(toxic, seeds, options.seed, folder, programs) {
                let failed = problems.filter { !$0.isEmpty }
                failed.prefix(3).forEach { Report.note("\(toxic.title), \(action.rawValue): \($0)") }
                let count = Count(passed: problems.count - failed.count, runs: problems.count)
                (total.passed, total.runs) = (total.passed + count.passed, total.runs + count.runs)
                cells.append(count.text)
            }
            Report.row(toxic.title, cells[0], cells[1])
        }
        let seconds = ((ContinuousClock.now - start).inMilliseconds / 1_000).text(0)
        Report.say(
            Finding(
                name: "answers lost in \(Toxic.all.count) ways", figure: "\(total.passed) of \(total.runs) adopted",
                budget: "every action found by asking, one at the portal, nobody asked",
                isMet: total.passed == total.runs,
                detail: "seeds \(options.seed) to \(options.seed + UInt64(seeds) - 1), \(seconds) s"))
    }

    /// - Returns: for each action what is wrong with each document; empty where nothing is.
    private static func run(
        _ toxic: Toxic, _ seeds: Int, _ first: UInt64, _ folder: String, _ programs: Programs
    ) async throws -> [(ProvenAction, [String])] {
        let sandbox = try ActionSandbox(
            folder, faults: toxic.faults(seeds, seed: first), businesses: 74, programs)
        defer { sandbox.program.stop() }
        let logins = try sandbox.sellers(1)[0]
        let lane = try await ActionLane.open("\(folder)/lane", at: sandbox, over: nil, logins: logins, programs)
        defer { lane.close() }
        try lane.logIn()
        try lane.setRequestTime(requestSeconds)
        let numbers = (0..<seeds).map { "\(first + UInt64($0))" }
        for number in numbers {
            let documents = lane.documents
            _ = try await lane.workspace.eInvoices.generate(
                Array(documents.invoice("I-\(number)").utf8), provider: "sandbox-irp")
            _ = try await lane.workspace.eWayBills.generate(Array(documents.bill("B-\(number)").utf8))
        }
        let worker = try lane.start(["worker"])
        defer { worker.stop() }
        let end = ContinuousClock.now + .seconds(180)
        while .now < end, try !lane.operations.rows().allSatisfy(\.hasEnded) {
            try await Task.sleep(for: .milliseconds(100))
        }
        let (rows, ledger) = (try lane.operations.rows(), try SandboxLedger.read(sandbox.state))
        return ProvenAction.allCases.map { action in
            (action, numbers.map { problem(action, "\(action.letter)-\($0)", rows, ledger) })
        }
    }

    private static func problem(
        _ action: ProvenAction, _ number: String, _ rows: [StoredOperations.Row], _ ledger: [LedgerRow]
    ) -> String {
        let stored = rows.filter { $0.isOf(number) }
        let held = ledger.filter { $0.kind == action.ledgerKind && $0.key.contains("/\(number)/") }
        guard let row = stored.first, stored.count == 1 else { return "\(number): \(stored.count) operations" }
        var wrong: [String] = []
        if !row.isFiled { wrong.append("\(row.state): \(row.message)") }
        if row.firstAnswer != OperationEvent.lost.rawValue { wrong.append("its answer was not lost") }
        if row.isFiled, !row.isAdopted { wrong.append("not adopted") }
        if row.attempts != 1 { wrong.append("\(row.attempts) requests") }
        if held.count != 1 { wrong.append("the portal holds \(held.count)") }
        if held.first?.reference != row.reference { wrong.append("another number than the portal's") }
        return wrong.isEmpty ? "" : "\(number): " + wrong.joined(separator: "; ")
    }
}
