import Domain
import Testing

@testable import Store

/// What waits because its provider asked for hours or days comes forward when that provider answers again.
@Suite("Actions that a provider made wait") struct OperationParkingTests {
    let now = Workspace.morning

    /// Actions that were answered at `now`, in the order in which they were submitted.
    private func answered(
        _ workspace: Workspace, _ steps: [(provider: String, wait: Int64, isParked: Bool)]
    ) throws -> [OperationId] {
        var ids: [OperationId] = []
        for (number, one) in steps.enumerated() {
            let operation = PortalOperation(
                id: OperationId(at: now, random: [UInt8(number)]), kind: .einvoiceGenerate,
                gstin: try Samples.gstin(1), businessKey: "k\(number)", provider: one.provider, state: .draft,
                fingerprint: "aa", createdAt: now, createdBy: "asha", updatedAt: now)
            let new = NewOperation(operation: operation, idempotencyKey: "k\(number)", payload: [123, 125])
            ids.append(try workspace.store.writeNow { try $0.submit(new, at: now) }.operation.id)
        }
        let held = try workspace.store.writeNow {
            try $0.claimOperations(owner: "a", limit: 99, until: now + .seconds(60), now: now)
        }
        for (id, one) in zip(ids, steps) {
            let claimed = try #require(held.first { $0.operation.id == id })
            try answer(workspace, claimed, after: one.wait, isParked: one.isParked, at: now)
        }
        return ids
    }

    private func answer(
        _ workspace: Workspace, _ held: HeldOperation, after wait: Int64, isParked: Bool, at time: Instant
    ) throws {
        var step = OperationStep(.notSent, nextAt: time + .seconds(wait), message: "429")
        (step.isFailure, step.isParked) = (true, isParked)
        let moved = try workspace.store.writeNow { [step] in try $0.move(held, owner: "a", [step], now: time) }
        #expect(moved == .notSent)
    }

    private func waits(_ workspace: Workspace, _ ids: [OperationId]) throws -> [Int64?] {
        try workspace.store.readNow { reader in
            try ids.map { try reader.operation($0)?.nextStepAt.map { $0.since(now).milliseconds / 1_000 } }
        }
    }

    private func bringForward(_ workspace: Workspace, _ provider: String, after wait: Int64) throws -> Int {
        let now = now + .seconds(wait)
        return try workspace.store.writeNow { try $0.bringForward(provider, answeredAt: now, now: now) }
    }

    @Test func `an answer from before the demand changes nothing`() throws {
        let workspace = try Workspace()
        let ids = try answered(workspace, [("irp", 86_400, true)])
        let (before, later) = (now, now + .seconds(3_600))
        #expect(
            try workspace.store.writeNow { try $0.bringForward("irp", answeredAt: before, now: later) } == 0)
        #expect(try waits(workspace, ids) == [86_400])
    }

    @Test func `they come one after the other, and those of another provider or of a short wait stay`() throws {
        let workspace = try Workspace()
        let day: Int64 = 86_400
        let ids = try answered(
            workspace,
            [
                ("irp", day, true), ("irp", day + 1, true), ("irp", day + 2, true), ("irp", 3_600, false),
                ("second", day, true), ("irp", 7_201, true),
            ])
        #expect(try workspace.store.readNow { try $0.hasParked("irp", now: now) })
        #expect(try bringForward(workspace, "irp", after: 7_200) == 4)
        // The one that would come in a second comes in a second.
        #expect(try waits(workspace, ids) == [7_201, 7_202, 7_203, 3_600, day, 7_200])
        #expect(try bringForward(workspace, "irp", after: 7_200) == 0)
        #expect(try workspace.store.readNow { try !$0.hasParked("irp", now: now) && $0.hasParked("second", now: now) })
    }

    @Test func `minutes are kept, and longer after each further such answer`() throws {
        let workspace = try Workspace()
        let ids = try answered(workspace, [("irp", 86_400, true)])
        #expect(try bringForward(workspace, "irp", after: 10) == 1)
        #expect(try waits(workspace, ids) == [900])
        let again = now + .seconds(900)
        let held = try workspace.store.writeNow {
            try $0.claimOperations(owner: "a", limit: 9, until: again + .seconds(60), now: again)
        }
        try answer(workspace, try #require(held.first), after: 86_400, isParked: true, at: again)
        #expect(try bringForward(workspace, "irp", after: 1_000) == 1)
        #expect(try waits(workspace, ids) == [900 + 1_800])
    }
}
