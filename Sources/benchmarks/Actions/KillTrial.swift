import Domain
import Foundation
import Sandbox

/// One document, one kill at a named point, and what stands when a fresh worker has finished.
struct KillTrial: Sendable {
    let point: NamedPoint
    let action: ProvenAction
    let seed: UInt64

    /// What became of it, before the authority's ledger is asked.
    struct Outcome: Sendable {
        let trial: KillTrial
        /// Where the kill fell; empty when it did not.
        var struck = ""
        /// What the desk holds as the authority's number.
        var reference: String?
        /// What is wrong, in words.
        var problems: [String] = []
    }

    var number: String { "\(action.letter)\(Digits.padded(point.number, 2))-\(seed)" }

    /// Longer than a lease's third, where the worker must live until then.
    private var requestSeconds: Int { if case .renewal = point.way { 30 } else { 4 } }

    /// Blocks its thread, for half a minute at most beside the request's time.
    ///
    /// - Parameter ledger: folder of the sandbox's state.
    func run(_ lane: ActionLane, ledger: String) -> Outcome {
        var outcome = Outcome(trial: self)
        do {
            try lane.setRequestTime(requestSeconds)
            let file = try lane.file(action, number)
            let course = KillCourse(point, seed: seed)
            outcome.struck =
                point.strikesCommand
                ? try strikeCommand(lane, file, course, &outcome)
                : try strikeWorker(lane, file, course, ledger, &outcome)
            try finish(lane, file, &outcome)
        } catch {
            outcome.problems.append("\(error)")
        }
        lane.restWorker()
        _ = lane.wire?.disarm()
        return outcome
    }

    // MARK: The kill

    private func switches(_ lane: ActionLane, _ course: KillCourse) -> (variables: [String: String], mark: String) {
        let mark = "\(lane.folder)/\(number).struck"
        switch point.way {
        case .command(let moment), .worker(let moment), .renewal(let moment):
            return (["PORTALDESK_KILL_POINT": "\(moment):\(course.delay):\(mark)"], mark)
        case .wire, .question: return ([:], mark)
        }
    }

    private func strikeCommand(
        _ lane: ActionLane, _ file: String, _ course: KillCourse, _ outcome: inout Outcome
    ) throws -> String {
        let (variables, mark) = switches(lane, course)
        let command = try lane.start(action.command + [file, "--json"], variables: variables)
        if command.status(within: 60) == nil { command.strike() }
        guard command.wasStruck, FileManager.default.fileExists(atPath: mark) else { return "" }
        let rows = try lane.operations.rows(number).count
        guard rows == (point.number == 1 ? 0 : 1) else {
            outcome.problems.append("\(rows) operations after the kill")
            return ""
        }
        // Nothing was asked for yet: whoever asked sees it die and asks again.
        if rows == 0 { _ = try lane.run(action.command + [file, "--json"]) }
        return "the command, \(course.delay) us later"
    }

    private func strikeWorker(
        _ lane: ActionLane, _ file: String, _ course: KillCourse, _ ledger: String, _ outcome: inout Outcome
    ) throws -> String {
        let (variables, mark) = switches(lane, course)
        let worker = try lane.startWorker(variables)
        let number = Array(number.utf8)
        switch point.way {
        case .wire, .question, .renewal:
            lane.wire?.arm(course.cut, victim: worker.identifier) { Self.isHeld(number, ledger) }
        case .command, .worker: break
        }
        let command = try lane.start(action.command + [file, "--json"])
        _ = worker.status(within: requestSeconds + 30)
        let cut = lane.wire?.disarm()
        let isStruck = worker.wasStruck
        if worker.isRunning { worker.strike() }
        // The command sees that its worker is gone, and starts another.
        if command.status(within: 60) == nil { command.strike() }
        guard isStruck else { return "" }
        let isMarked = FileManager.default.fileExists(atPath: mark)
        switch point.way {
        case .command, .worker: return isMarked ? "the worker, \(course.delay) us later" : ""
        case .renewal: return isMarked ? cut.map { "held at \($0.place)" } ?? "" : ""
        case .wire, .question:
            guard let cut else { return "" }
            let expected = point.way == .question ? course.cut.keepsAction : course.cut.stage.isCommitted
            if cut.isHeld != expected {
                outcome.problems.append("the portal \(cut.isHeld ? "held" : "did not hold") it at the kill")
            }
            return cut.place
        }
    }

    /// Whether the document stands in the ledger's file.
    private static func isHeld(_ number: [UInt8], _ ledger: String) -> Bool {
        let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(ledger)/nic.jsonl"), options: .alwaysMapped)
        return bytes?.range(of: Data(number)) != nil
    }

    // MARK: What comes after

    private func finish(_ lane: ActionLane, _ file: String, _ outcome: inout Outcome) throws {
        if !lane.hasWorker {
            let worker = try lane.start(["worker"])
            _ = lane.wait(30) { lane.hasWorker || !worker.isRunning }
        }
        let operations = lane.operations
        let number = number
        let hasEnded = lane.wait(requestSeconds + 60) {
            guard let rows = try? operations.rows(number) else { return false }
            return !rows.isEmpty && rows.allSatisfy(\.hasEnded)
        }
        let rows = try operations.rows(number)
        guard rows.count == 1, let row = rows.first else {
            outcome.problems.append("\(rows.count) operations of one document")
            return
        }
        if !hasEnded || !row.isFiled {
            outcome.problems.append("\(row.state): \(row.message)")
        }
        outcome.reference = row.reference
        // The same once more is the same operation, and tells its number.
        let again = try lane.run(action.command + [file, "--json"])
        let tells = again.output.contains(row.id) && row.reference.map { again.output.contains("\"\($0)\"") } == true
        if again.status != 0 || !tells { outcome.problems.append("asked again it ended with \(again.status ?? -1)") }
        if try operations.rows(number).count != 1 { outcome.problems.append("asked again it is another operation") }
    }
}

extension KillTrial.Outcome {
    /// With what the authority holds: exactly one, under the number that the desk has.
    func judged(_ ledger: [LedgerRow]) -> KillTrial.Outcome {
        var judged = self
        if struck.isEmpty { judged.problems.insert("the kill did not strike there", at: 0) }
        let held = ledger.filter { $0.kind == trial.action.ledgerKind && $0.key.contains("/\(trial.number)/") }
        if held.count != 1 { judged.problems.append("the portal holds \(held.count)") }
        if held.first?.reference != reference { judged.problems.append("the portal's number is another one") }
        // What was lost on its way never arrived, and what arrived was never sent again.
        if let calls = held.first?.calls, calls > 1 { judged.problems.append("the portal was asked \(calls) times") }
        return judged
    }

    var isPassed: Bool { problems.isEmpty }
    var words: String {
        "\(trial.point.name) \(trial.action.rawValue) seed \(trial.seed): "
            + (struck.isEmpty ? "" : "killed at \(struck); ") + problems.joined(separator: "; ")
    }
}
