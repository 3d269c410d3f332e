import Domain
import Testing

@testable import Store

/// Whose actions are taken: no GSTIN's batch keeps another one waiting, and what workers die on keeps nobody waiting.
@Suite("Turns of stored operations") struct OperationTurnTests {
    let now = Workspace.morning

    private func submit(
        _ workspace: Workspace, _ key: String, of owner: Int, provider: String = "irp", after wait: Int64 = 0
    ) throws -> OperationId {
        let number = try workspace.store.readNow { try $0.operations(OperationQuery()) }.total
        let operation = PortalOperation(
            id: OperationId(at: now, random: [UInt8(number / 256), UInt8(number % 256)]), kind: .einvoiceGenerate,
            gstin: try Samples.gstin(owner), businessKey: key, provider: provider, state: .draft, fingerprint: "aa",
            createdAt: now, createdBy: "asha", updatedAt: now)
        let new = NewOperation(operation: operation, idempotencyKey: key, payload: [123, 125])
        let due = now + .seconds(wait)
        return try workspace.store.writeNow { try $0.submit(new, at: due) }.operation.id
    }

    private func claim(
        _ workspace: Workspace, _ limit: Int, at time: Instant? = nil, owner: String = "a",
        room: [String: Int] = [:], rule: CrashRule = CrashRule()
    ) throws -> [HeldOperation] {
        let time = time ?? now + .seconds(60)
        return try workspace.store.writeNow {
            try $0.claimOperations(
                owner: owner, limit: limit, until: time + .seconds(60), now: time, room: room, rule: rule)
        }
    }

    private func keys(_ held: [HeldOperation]) -> [String] { held.map(\.operation.businessKey) }

    @Test func `a batch of one GSTIN leaves the others their turn`() throws {
        let workspace = try Workspace()
        for number in 1...20 { _ = try submit(workspace, "a\(number)", of: 1) }
        _ = try submit(workspace, "b1", of: 2, after: 9)
        _ = try submit(workspace, "c1", of: 3, after: 10)
        _ = try submit(workspace, "c2", of: 3, after: 11)
        #expect(keys(try claim(workspace, 4)) == ["a1", "b1", "c1", "a2"])
        // One place at a time, as at a provider that is full: whoever was served last stands last.
        var order: [String] = []
        for _ in 0..<4 { order += keys(try claim(workspace, 1)) }
        #expect(order == ["a3", "c2", "a4", "a5"])
        _ = try submit(workspace, "b2", of: 2, after: 30)
        #expect(keys(try claim(workspace, 1)) == ["b2"])
        #expect(keys(try claim(workspace, 2)) == ["a6", "a7"])
    }

    @Test func `turns are taken at each provider, and one that is full or left alone keeps no other back`() throws {
        let workspace = try Workspace()
        for number in 1...5 { _ = try submit(workspace, "a\(number)", of: 1) }
        for number in 1...5 { _ = try submit(workspace, "b\(number)", of: 1, provider: "second") }
        _ = try submit(workspace, "c1", of: 2, provider: "second", after: 5)
        #expect(keys(try claim(workspace, 9, room: ["irp": 1, "second": 3])) == ["a1", "b1", "c1", "b2"])
        #expect(keys(try claim(workspace, 2, room: ["irp": 0])) == ["b3", "b4"])
    }

    @Test func `what is in doubt comes before what is new, in turn as well`() throws {
        let workspace = try Workspace()
        for number in 1...3 { _ = try submit(workspace, "a\(number)", of: 1) }
        _ = try submit(workspace, "b1", of: 2, after: 5)
        let held = try claim(workspace, 9)
        for one in held {
            let (now, attempt) = (
                now,
                OperationAttempt(
                    number: 0, purpose: .send, provider: "irp", call: "", beganAt: now, deadline: now, requestHash: "")
            )
            try workspace.store.writeNow {
                _ = try $0.beginAttempt(one, owner: "a", attempt)
                _ = try $0.move(one, owner: "a", [OperationStep(.lost, nextAt: now)], now: now)
            }
        }
        _ = try submit(workspace, "c1", of: 3)
        #expect(keys(try claim(workspace, 3)) == ["a1", "b1", "a2"])
        #expect(keys(try claim(workspace, 3)) == ["a3", "c1"])
    }

    /// Thousands fall due at one moment when a batch is submitted; a claim of one must not read them all.
    @Test(arguments: OperationTurns.Kind.allCases)
    func `the first of a line are read off the index, in its order`(kind: OperationTurns.Kind) throws {
        let workspace = try Workspace()
        let plan = try workspace.store.plans { reader throws in
            _ = try reader.database().mapRows(kind.front.replacing("?", with: "NULL")) { _ in 0 }
        }
        #expect(plan.count == 1 && plan.first?.contains("COVERING INDEX operation_") == true, "\(plan)")
    }

    @Test func `nothing is skipped or given twice, whoever has it`() throws {
        let workspace = try Workspace()
        for number in 0..<40 { _ = try submit(workspace, "k\(number)", of: number % 7, provider: "p\(number % 2)") }
        var taken: [String] = []
        while true {
            let held = try claim(workspace, 3)
            if held.isEmpty { break }
            taken += keys(held)
        }
        #expect(Set(taken).count == 40 && taken.count == 40)
        #expect(try workspace.store.readNow { try $0.hasDueOperation(now: now + .seconds(60)) } == false)
    }

    // MARK: What workers die on

    private func takeBack(_ workspace: Workspace, at time: Instant, most: Int = 3) throws -> TakenBackOperations {
        try workspace.store.writeNow {
            try $0.takeBackOperations(otherThan: "new", now: time, rule: CrashRule(most: most)) { _ in .zero }
        }
    }

    @Test(arguments: [OperationState.queued, .intent, .unknown, .reconciling])
    func `what the worker dies on again and again goes to a person, who can have it looked up`(
        state: OperationState
    ) throws {
        let workspace = try Workspace()
        let id = try submit(workspace, "a", of: 1)
        var time = now
        for death in 1...3 {
            time = time + .seconds(60)
            let held = try #require(try claim(workspace, 1, at: time).first)
            try workspace.store.writeNow {
                try $0.db.run("UPDATE operation SET state = '\(state.rawValue)' WHERE id = '\(id)'")
            }
            #expect(held.operation.id == id)
            let taken = try takeBack(workspace, at: time)
            #expect(taken.setAside == (death == 3 ? 1 : 0) && taken.count == 1)
        }
        let operation = try #require(try workspace.store.readNow { try $0.operation(id) })
        #expect(operation.state == .attention && operation.nextStepAt == nil && operation.stoppedBy == .crashed)
        #expect(operation.message.contains("3 times within 72 hours"))
        #expect(try claim(workspace, 1, at: time + .seconds(600)).isEmpty)
        // It never goes back to where it would be sent; a person lets it be looked up.
        #expect(OperationChoice.hurry.events(in: operation.state) == [.look])
        let now = time
        #expect(try workspace.store.writeNow { try $0.hurry(id, at: now) })
        let looked = try #require(try claim(workspace, 1, at: now).first)
        #expect(looked.operation.state == .attention)
        // The worker dies of the look, too: it stays with the person.
        #expect(try takeBack(workspace, at: now).setAside == 1)
        let end = try #require(try workspace.store.readNow { try $0.operation(id) })
        #expect(end.state == .attention && end.nextStepAt == nil)
    }

    @Test func `deaths that lie further apart than 72 hours are no reason`() throws {
        let workspace = try Workspace()
        _ = try submit(workspace, "a", of: 1)
        var time = now
        for _ in 1...6 {
            #expect(try claim(workspace, 1, at: time).count == 1)
            #expect(try takeBack(workspace, at: time).waiting == 1)
            time = time + .seconds(37 * 3_600)
        }
    }

    @Test func `who may be the cause is held without another one that may be, so that nobody else is set aside`() throws
    {
        let workspace = try Workspace()
        for number in 1...4 { _ = try submit(workspace, "a\(number)", of: number, after: Int64(number)) }
        for _ in 1...2 {
            #expect(try claim(workspace, 9).count == 4)
            _ = try takeBack(workspace, at: now)
        }
        _ = try submit(workspace, "new", of: 1, after: 9)
        let held = try claim(workspace, 9)
        #expect(keys(held) == ["a1", "new"])
        #expect(try claim(workspace, 9).isEmpty)
        let later = now + .seconds(60)
        #expect(try workspace.store.readNow { try $0.hasDueOperation(now: later) } == false)
        #expect(try takeBack(workspace, at: later).setAside == 1)
        #expect(keys(try claim(workspace, 9)) == ["a2", "new"])
    }
}
