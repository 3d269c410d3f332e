import Domain
import Logging
import Portals
import Store
import Testing

@testable import Services

/// Retries of actions are paid for out of the provider's budget, as those of fetches are.
@Suite("Retries of actions", .timeLimit(.minutes(20))) struct ActionBudgetTests {
    /// One worker's way to the authorities, without its loop.
    private struct Bench {
        let house: ActionHouse
        let runner: OperationRunner
        let gate: ProviderGate

        init(_ house: ActionHouse) async throws {
            self.house = house
            let connections = ActionConnections(
                workspace: house.workspace, connectors: try Connectors(workspace: house.workspace))
            gate = connections.gate(try await connections.connection("sandbox-irp").profile)
            runner = OperationRunner(
                workspace: house.workspace, owner: "a", connections: connections, log: Logger(label: "test"))
        }

        /// Takes what is due after so long and carries it out.
        func run(after wait: Int64) async throws {
            house.place.time.advance(.seconds(wait))
            let now = house.place.time.now
            let held = try await house.workspace.store.write { writer in
                try writer.claimOperations(owner: "a", limit: 9, until: now + .seconds(60), now: now)
            }
            for one in held { await runner.run(one, ActionControl()) }
        }

        /// What is left of the budget, all of it.
        func spend() -> Int { (0..<200).prefix { _ in gate.mayRetry(after: .portalDown) }.count }

        func sends(_ id: OperationId) async throws -> Int {
            try await house.workspace.operations.dossier(id).attempts.count { $0.purpose == .send }
        }
    }

    private static let path = "@/irp/eicore/v1.03/Invoice"

    @Test func `a request that failed is sent again only while there is something left for it`() async throws {
        try await ActionHouse.with { house in
            let bench = try await Bench(house)
            let asked = try await house.generate("GE-1")
            // The session stands, and then nobody answers.
            try await bench.run(after: 1)
            #expect(try await house.workspace.operations.dossier(asked.id).operation.state == .filed)
            try house.move("irp.toml", isAway: true)
            let second = try await house.generate("GE-2")
            try await bench.run(after: 1)
            #expect(try await bench.sends(second.id) == 1)
            #expect(bench.spend() > 0)
            try house.move("irp.toml", isAway: false)
            for _ in 0..<3 { try await bench.run(after: 20) }
            let waiting = try await house.workspace.operations.dossier(second.id)
            #expect(waiting.operation.state == .notSent && waiting.attempts.count == 1)
            #expect(waiting.operation.message.contains("nothing is asked again"))
            #expect(waiting.operation.nextStepAt != nil)
            // Two minutes later there is room again, and what was held back cost no try.
            try await bench.run(after: 130)
            #expect(try await house.workspace.operations.dossier(second.id).operation.state == .filed)
        }
    }

    @Test func `so is a question that failed`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:1\(Self.path)"]) { house in
            let bench = try await Bench(house)
            let asked = try await house.generate("GE-1")
            try await bench.run(after: 1)
            #expect(try await house.workspace.operations.dossier(asked.id).operation.state == .unknown)
            try house.move("irp.toml", isAway: true)
            try await bench.run(after: 70)
            let looks = try await house.workspace.operations.dossier(asked.id).attempts.count
            _ = bench.spend()
            try house.move("irp.toml", isAway: false)
            try await bench.run(after: 20)
            let held = try await house.workspace.operations.dossier(asked.id)
            #expect(held.operation.state == .unknown && held.attempts.count == looks)
            try await bench.run(after: 130)
            let end = try await house.workspace.operations.dossier(asked.id).operation
            #expect(end.state == .filed && end.isAdopted)
        }
    }

    @Test func `the first try of another action, and one that the portal refused, cost nothing`() async throws {
        try await ActionHouse.with { house in
            let bench = try await Bench(house)
            _ = bench.spend()
            let asked = try await house.generate("GE-1")
            try await bench.run(after: 1)
            #expect(try await house.workspace.operations.dossier(asked.id).operation.state == .filed)
        }
    }
}
