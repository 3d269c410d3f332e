import Domain
import Foundation
import SampleDocuments
import Sandbox
import Services

/// Answers that are lost after the simulated authority has committed, each in its own way: every action is found and
/// adopted by the real worker, without a person and without a second one.
enum ToxicRun {
    private static let seeds = 50
    /// Failures of more at once would make the worker leave the provider alone for a while.
    private static let mostInLane = 9

    /// Workspaces beside each other, each with a seller's logins, at one address.
    private struct House {
        var lanes: [(lane: ActionLane, logins: [ActionLane.Login])]
        var sandbox: ActionSandbox
    }

    static func measure(_ options: Options) async throws {
        let place =
            options.home
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("toxics-\(UUID().uuidString)").path
        defer { if options.home == nil { try? FileManager.default.removeItem(atPath: place) } }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let (programs, count) = (try Programs(), options.seeds ?? seeds)
        let start = ContinuousClock.now
        let house = try await open(place, lanes: (count + mostInLane - 1) / mostInLane, programs)
        defer { house.lanes.forEach { $0.lane.close() } }
        Report.row("after commit", ProvenAction.invoice.rawValue, ProvenAction.bill.rawValue)
        var (passed, runs) = (0, 0)
        for (number, toxic) in Toxic.all.enumerated() {
            let documents = (0..<count).map { "\(number + 1)-\(options.seed + UInt64($0))" }
            let serving = try ActionSandbox.start(
                place, faults: toxic.faults(count, seed: options.seed), port: house.sandbox.port,
                businesses: businesses, programs)
            defer { serving.stop() }
            _ = try ActionSandbox(place, serving)
            try await run(toxic, documents, house)
            var cells: [String] = []
            let ledger = try SandboxLedger.read(house.sandbox.state)
            let rows = try house.lanes.flatMap { try $0.lane.operations.rows() }
            for action in ProvenAction.allCases {
                let wrong = documents.map { problem(action, action.letter + $0, rows, ledger) }.filter { !$0.isEmpty }
                wrong.prefix(3).forEach { Report.note("\(toxic.title), \(action.rawValue): \($0)") }
                (passed, runs) = (passed + count - wrong.count, runs + count)
                cells.append("\(count - wrong.count)/\(count)")
            }
            Report.row(toxic.title, cells[0], cells[1])
        }
        let seconds = ((ContinuousClock.now - start).inMilliseconds / 1_000).text(0)
        Report.say(
            Finding(
                name: "answers lost in \(Toxic.all.count) ways", figure: "\(passed) of \(runs) adopted",
                budget: "every action found by asking, one at the portal, nobody asked", isMet: passed == runs,
                detail: "seeds \(options.seed) to \(options.seed + UInt64(count) - 1), \(seconds) s"))
    }

    private static let businesses = 300

    private static func open(_ place: String, lanes count: Int, _ programs: Programs) async throws -> House {
        let serving = try ActionSandbox.start(place, businesses: businesses, programs)
        defer { serving.stop() }
        let sandbox = try ActionSandbox(place, serving)
        var lanes: [(ActionLane, [ActionLane.Login])] = []
        for (number, logins) in try sandbox.sellers(count).enumerated() {
            let lane = try await ActionLane.open("\(place)/\(number)", at: sandbox, over: nil, logins: logins, programs)
            try lane.logIn()
            lanes.append((lane, logins))
        }
        return House(lanes: lanes, sandbox: sandbox)
    }

    /// Asks for all, lets a worker in each lane do it, and returns when none goes further by itself.
    private static func run(_ toxic: Toxic, _ documents: [String], _ house: House) async throws {
        for (lane, logins) in house.lanes {
            try lane.setRequestTime(toxic.isSilent ? 3 : 6)
            // The sandbox began anew and knows no session.
            try await lane.keep(logins)
        }
        for (index, number) in documents.enumerated() {
            let lane = house.lanes[index % house.lanes.count].lane
            try await lane.register("I\(number)")
            _ = try await lane.workspace.eWayBills.generate(Array(lane.documents.bill("B\(number)").utf8))
        }
        let workers = try house.lanes.map { try $0.lane.start(["worker"]) }
        defer { workers.forEach { $0.stop() } }
        let end = ContinuousClock.now + .seconds(120)
        while .now < end, try !house.lanes.allSatisfy({ try $0.lane.operations.rows().allSatisfy(\.hasEnded) }) {
            try await Task.sleep(for: .milliseconds(100))
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
        if row.requests != 1 { wrong.append("\(row.requests) requests") }
        if held.count != 1 { wrong.append("the portal holds \(held.count)") }
        if held.first?.reference != row.reference { wrong.append("another number than the portal's") }
        return wrong.isEmpty ? "" : "\(number): " + wrong.joined(separator: "; ")
    }
}
