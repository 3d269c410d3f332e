import Domain
import Testing

@testable import Store

/// Operations in the database: what is asked twice stands once, and nothing moves in ways that do not exist.
@Suite("Stored operations") struct OperationStoreTests {
    let now = Workspace.morning

    private func new(
        _ number: Int, key: String = "27/INV/1", fingerprint: String = "aa", kind: OperationKind = .einvoiceGenerate
    ) throws -> NewOperation {
        let id = OperationId(at: now, random: [UInt8(number)])
        let operation = PortalOperation(
            id: id, kind: kind, gstin: try Samples.gstin(0), businessKey: key, provider: "irp",
            state: .draft, fingerprint: fingerprint, title: "INV 1", createdAt: now, createdBy: "asha", updatedAt: now)
        return NewOperation(operation: operation, idempotencyKey: "k\(number)", payload: [123, 125])
    }

    private func submit(_ workspace: Workspace, _ new: NewOperation) throws -> SubmitOutcome {
        let now = now
        return try workspace.store.writeNow { try $0.submit(new, at: now) }
    }

    private func claim(_ workspace: Workspace, at time: Instant, owner: String = "a") throws -> [HeldOperation] {
        try workspace.store.writeNow {
            try $0.claimOperations(owner: owner, limit: 10, until: time + .seconds(60), now: time)
        }
    }

    private func begin(
        _ workspace: Workspace, _ held: HeldOperation, _ purpose: OperationAttempt.Purpose = .send, at time: Instant,
        owner: String = "a"
    ) throws -> Int? {
        let attempt = OperationAttempt(
            number: 0, purpose: purpose, provider: "irp", call: "POST Invoice", beganAt: time,
            deadline: time + .seconds(30), requestHash: "cc")
        return try workspace.store.writeNow { try $0.beginAttempt(held, owner: owner, attempt) }
    }

    private func move(
        _ workspace: Workspace, _ held: HeldOperation, _ steps: OperationStep..., owner: String = "a"
    ) throws -> OperationState? {
        let now = now
        return try workspace.store.writeNow { try $0.move(held, owner: owner, steps, now: now) }
    }

    @Test("The same document asked for twice is one operation; with another payload it is refused")
    func twice() throws {
        let workspace = try Workspace()
        guard case .created(let first) = try submit(workspace, try new(1)) else {
            Issue.record("not created")
            return
        }
        #expect(try submit(workspace, try new(2)).operation.id == first.id)
        guard case .other(let standing) = try submit(workspace, try new(3, fingerprint: "bb")) else {
            Issue.record("another payload was taken")
            return
        }
        #expect(standing.id == first.id)
        #expect(try workspace.store.readNow { try $0.operations(OperationQuery()) }.total == 1)
    }

    @Test("A confirmed operation keeps its key for good; a rejected one gives it back")
    func keys() throws {
        let workspace = try Workspace()
        _ = try submit(workspace, try new(1))
        let held = try #require(try claim(workspace, at: now).first)
        #expect(try begin(workspace, held, at: now) == 1)
        var refused = OperationStep(.refused, message: "no")
        refused.code = "2176"
        #expect(try move(workspace, held, refused) == .rejected)
        guard case .created = try submit(workspace, try new(2, fingerprint: "bb")) else {
            Issue.record("the key of a rejected one was not free")
            return
        }
        let next = try #require(try claim(workspace, at: now).first)
        _ = try begin(workspace, next, at: now)
        var confirmed = OperationStep(.confirmed)
        confirmed.reference = "ABCD"
        #expect(try move(workspace, next, confirmed) == .filed)
        guard case .same(let standing) = try submit(workspace, try new(3, fingerprint: "bb")) else {
            Issue.record("a second one was made")
            return
        }
        #expect(standing.reference == "ABCD" && standing.state == .filed)
    }

    @Test("The database itself refuses a second unfinished and a second confirmed one")
    func indexes() throws {
        let workspace = try Workspace()
        _ = try submit(workspace, try new(1))
        let held = try #require(try claim(workspace, at: now).first)
        _ = try begin(workspace, held, at: now)
        var confirmed = OperationStep(.confirmed)
        confirmed.reference = "ABCD"
        _ = try move(workspace, held, confirmed)
        #expect(throws: (any Error).self) {
            try workspace.store.writeNow { writer in
                try writer.db.run(
                    """
                    INSERT INTO operation (number, id, kind, gstin, business_key, provider, state, fingerprint,
                    idempotency_key, reference, title, created_at, created_by, updated_at)
                    SELECT number + 1, 'other', kind, gstin, business_key, provider, state, fingerprint,
                    idempotency_key, reference, title, created_at, created_by, updated_at FROM operation
                    """
                )
            }
        }
        #expect(throws: (any Error).self) {
            try workspace.store.writeNow { try $0.db.run("UPDATE operation_payload SET request = x'00'") }
        }
        #expect(throws: (any Error).self) {
            try workspace.store.writeNow { try $0.db.run("DELETE FROM operation_attempt") }
        }
    }

    @Test("Failures in a row are counted; what we held back ourselves changes no count, and any other end begins anew")
    func failures() throws {
        let workspace = try Workspace()
        _ = try submit(workspace, try new(1))
        var (time, counts) = (now, [Int]())
        for (isFailure, isHeldBack) in [(true, false), (true, false), (false, true), (true, false), (false, false)] {
            let held = try #require(try claim(workspace, at: time).first)
            counts.append(held.failures)
            _ = try begin(workspace, held, at: time)
            time = time + .seconds(1)
            var step = OperationStep(.notSent, nextAt: time)
            (step.isFailure, step.isHeldBack) = (isFailure, isHeldBack)
            _ = try move(workspace, held, step)
        }
        counts.append(try #require(try claim(workspace, at: time).first).failures)
        #expect(counts == [0, 1, 2, 2, 3, 0])
    }

    @Test("What is impossible changes nothing")
    func impossible() throws {
        let workspace = try Workspace()
        let id = try submit(workspace, try new(1)).operation.id
        let held = try #require(try claim(workspace, at: now).first)
        #expect(try move(workspace, held, OperationStep(.confirmed)) == nil)
        _ = try begin(workspace, held, at: now)
        #expect(try begin(workspace, held, at: now) == nil)
        #expect(try move(workspace, held, OperationStep(.enqueue)) == nil)
        #expect(try move(workspace, held, OperationStep(.lost), OperationStep(.enqueue)) == nil)
        #expect(try workspace.store.readNow { try $0.operation(id) }?.state == .intent)
        #expect(try workspace.store.readNow { try $0.attempts(of: id) }.count == 1)
    }

    @Test("Who lost the lease changes nothing, but what came back is kept")
    func lateAnswer() throws {
        let workspace = try Workspace()
        let (now, id) = (now, try submit(workspace, try new(1)).operation.id)
        let held = try #require(try claim(workspace, at: now).first)
        let attempt = try #require(try begin(workspace, held, at: now))
        let taken = try workspace.store.writeNow {
            try $0.takeBackOperations(otherThan: "b", now: now) { _ in .seconds(60) }
        }
        #expect(taken.inDoubt == 1 && taken.waiting == 0)
        var confirmed = OperationStep(.confirmed)
        confirmed.reference = "ABCD"
        #expect(try move(workspace, held, confirmed) == nil)
        let evidence = OperationEvidence(
            endedAt: now, event: .confirmed, status: 200, message: "late", answerHash: "dd", answer: [1, 2])
        try workspace.store.writeNow { try $0.keepEvidence(id, attempt: attempt, evidence) }
        let operation = try #require(try workspace.store.readNow { try $0.operation(id) })
        #expect(operation.state == .unknown && operation.reference == nil)
        // The attempt may have been sending until its deadline; the first look settles after that.
        #expect(operation.nextStepAt == now + .seconds(90))
        #expect(try workspace.store.readNow { try $0.attempts(of: id) }.first?.event == .confirmed)
        #expect(try workspace.store.readNow { try $0.answers(of: id) } == [attempt: [1, 2]])
    }

    @Test("A worker that died before it sent anything leaves the operation queued")
    func takenBack() throws {
        let workspace = try Workspace()
        let (now, id) = (now, try submit(workspace, try new(1)).operation.id)
        _ = try claim(workspace, at: now)
        #expect(try claim(workspace, at: now, owner: "b").isEmpty)
        let taken = try workspace.store.writeNow {
            try $0.takeBackOperations(otherThan: "b", now: now) { _ in .seconds(60) }
        }
        #expect(taken.inDoubt == 0 && taken.waiting == 1)
        #expect(try workspace.store.readNow { try $0.operation(id) }?.state == .queued)
        #expect(try claim(workspace, at: now, owner: "b").count == 1)
    }

    @Test("A user who was removed and set again has a version of its own: the one before may have been refused")
    func versionsAreNotUsedAgain() throws {
        let workspace = try Workspace()
        let gstin = try Samples.gstin(0)
        func set(at moment: Instant) throws -> Int {
            try workspace.store.writeNow { try $0.setApiUser("nic", gstin, name: "u", at: moment) }
        }
        let first = try set(at: now)
        let changed = try set(at: now)
        #expect(try workspace.store.writeNow { try $0.removeApiUser("nic", gstin) })
        let again = try set(at: now + .seconds(1))
        #expect(changed > first && again > changed)
    }

    @Test("A lease of our own that nobody holds any more is taken back at its end, one that is held is not")
    func ended() throws {
        let workspace = try Workspace()
        let now = now
        _ = try submit(workspace, try new(1, key: "a"))
        _ = try submit(workspace, try new(2, key: "b"))
        let held = try claim(workspace, at: now)
        for one in held { _ = try begin(workspace, one, at: now) }
        #expect(
            try workspace.store.readNow { try $0.nextOperationMoment(after: now, grace: .zero) } == now + .seconds(60))
        let holding = Set(held.prefix(1).map(\.lease))
        func takeBack(before moment: Instant) throws -> Int {
            try workspace.store.writeNow { writer in
                try writer.takeBackOperations(endedBefore: moment, holding: holding, now: moment) { _ in .seconds(60) }
            }.inDoubt
        }
        #expect(try takeBack(before: now + .seconds(60)) == 0)
        #expect(try takeBack(before: now + .seconds(61)) == 1)
        let states = try workspace.store.readNow { try $0.operations(held.map(\.operation.id)) }.map(\.state)
        #expect(states == [.intent, .unknown])
    }

    @Test("What is queued for later, or for a provider that is left alone, is not under way")
    func tally() throws {
        let workspace = try Workspace()
        let now = now
        let ids = try (1...3).map { try submit(workspace, try new($0, key: "\($0)")).operation.id }
        let tally = { (excluding: Set<String>) in
            try workspace.store.readNow { try $0.tally(ids, now: now, excluding: excluding) }
        }
        #expect(try tally([]).underWay == 3)
        #expect(try tally(["irp"]) == OperationTally(waiting: 3))
        let held = try claim(workspace, at: now)
        #expect(try tally(["irp"]).underWay == 3)
        _ = try workspace.store.writeNow { try $0.release(held[0], owner: "a", next: now + .seconds(60)) }
        #expect(try tally([]) == OperationTally(waiting: 1, underWay: 2))
    }

    @Test("What is with a person is given up as never sent only when every request is proven not to have left")
    func neverSent() throws {
        let workspace = try Workspace()
        let now = now
        func endsAs(_ key: Int, _ events: [OperationEvent]) throws -> OperationState? {
            let id = try submit(workspace, try new(key, key: "\(key)")).operation.id
            var time = now
            for event in events {
                let held = try #require(try claim(workspace, at: time).first)
                let attempt = try #require(try begin(workspace, held, at: time))
                let evidence = OperationEvidence(endedAt: time, event: event, message: "")
                try workspace.store.writeNow { try $0.keepEvidence(id, attempt: attempt, evidence) }
                time = time + .seconds(1)
                let isLast = attempt == events.count
                let (next, steps) = (
                    time, [OperationStep(event, nextAt: time)] + (isLast ? [OperationStep(.giveUp)] : [])
                )
                _ = try workspace.store.writeNow { try $0.move(held, owner: "a", steps, now: next) }
            }
            return try workspace.store.writeNow { try $0.move(id, [OperationStep(.neverSent)], now: now) }
        }
        #expect(try endsAs(1, [.notSent, .notSent]) == .discarded)
        #expect(try endsAs(2, [.notSent, .lost]) == nil)
    }

    @Test("What is in doubt is taken before what is new, and a provider that is left alone is not taken at all")
    func order() throws {
        let workspace = try Workspace()
        let now = now
        _ = try submit(workspace, try new(1, key: "a"))
        let held = try #require(try claim(workspace, at: now).first)
        _ = try begin(workspace, held, at: now)
        _ = try move(workspace, held, OperationStep(.lost, nextAt: now + .seconds(5)))
        _ = try submit(workspace, try new(2, key: "b"))
        let due = try claim(workspace, at: now + .seconds(6))
        #expect(due.map(\.operation.businessKey) == ["a", "b"])
        _ = try submit(workspace, try new(3, key: "c"))
        let none = try workspace.store.writeNow {
            try $0.claimOperations(owner: "a", limit: 9, until: now, now: now + .seconds(7), excluding: ["irp"])
        }
        #expect(none.isEmpty)
        #expect(try workspace.store.readNow { try $0.hasDueOperation(now: now, excluding: ["irp"]) } == false)
        #expect(try workspace.store.readNow { try $0.hasDueOperation(now: now) })
    }

    @Test("One claim takes what every provider has room for, in the order of all")
    func rooms() throws {
        let workspace = try Workspace()
        let now = now
        for number in 1...3 { _ = try submit(workspace, try new(number, key: "a\(number)")) }
        for number in 4...6 {
            var other = try new(number, key: "b\(number)")
            other.operation.provider = "second"
            _ = try submit(workspace, other)
        }
        let held = try workspace.store.writeNow {
            try $0.claimOperations(
                owner: "a", limit: 4, until: now + .seconds(60), now: now, room: ["irp": 1, "second": 2])
        }
        #expect(held.map(\.operation.businessKey) == ["a1", "b4", "b5"])
        let free = try workspace.store.writeNow {
            try $0.claimOperations(
                owner: "a", limit: 2, until: now + .seconds(60), now: now, excluding: ["second"], room: ["second": 0])
        }
        #expect(free.map(\.operation.businessKey) == ["a2", "a3"])
    }

    @Test("The next moment of operations is the next that falls due or the end of a lease, whichever is first")
    func moments() throws {
        let workspace = try Workspace()
        let now = now
        func moment(_ at: Instant) throws -> Instant? {
            try workspace.store.readNow { try $0.nextOperationMoment(after: at, grace: .seconds(5)) }
        }
        #expect(try moment(now) == nil)
        _ = try submit(workspace, try new(1))
        _ = try claim(workspace, at: now)
        #expect(try moment(now) == now + .seconds(65))
        // A lease that is over already is looked at after the grace from now on.
        #expect(try moment(now + .seconds(90)) == now + .seconds(95))
        let later = try new(2, key: "b")
        try workspace.store.writeNow { _ = try $0.submit(later, at: now + .seconds(30)) }
        #expect(try moment(now) == now + .seconds(30))
    }

    @Test("The strip of the main screen counts what stands open")
    func standing() throws {
        let workspace = try Workspace()
        let now = now
        for number in 1...4 { _ = try submit(workspace, try new(number, key: "\(number)")) }
        let held = try claim(workspace, at: now)
        for one in held.prefix(3) { _ = try begin(workspace, one, at: now) }
        _ = try move(workspace, held[0], OperationStep(.lost, nextAt: now + .seconds(60)))
        _ = try move(workspace, held[1], OperationStep(.notSent, nextAt: now + .seconds(20)))
        _ = try move(workspace, held[2], OperationStep(.lost), OperationStep(.giveUp))
        let standing = try workspace.store.readNow { try $0.operationStanding() }
        #expect(
            standing
                == OperationStanding(
                    queued: 1, inDoubt: 1, retrying: 1, attention: 1, nextStepAt: now + .seconds(20)))
        let found = try workspace.store.readNow {
            try $0.operations(OperationQuery(states: [.unknown, .notSent], text: "inv 1"))
        }
        #expect(found.rows.map(\.businessKey) == ["2", "1"] && found.total == 2)
    }

    @Test("What is open stands before what is finished, the gravest first, over pages")
    func openFirst() throws {
        let workspace = try Workspace()
        for number in 1...7 { _ = try submit(workspace, try new(number, key: "\(number)")) }
        let held = try claim(workspace, at: now)
        for one in held.prefix(5) { _ = try begin(workspace, one, at: now) }
        var refused = OperationStep(.refused, message: "no")
        refused.code = "2150"
        _ = try move(workspace, held[4], refused)
        _ = try move(workspace, held[3], refused)
        _ = try move(workspace, held[0], OperationStep(.lost), OperationStep(.giveUp))
        _ = try move(workspace, held[1], OperationStep(.notSent, nextAt: now + .seconds(20)))
        _ = try move(workspace, held[2], OperationStep(.lost, nextAt: now + .seconds(60)))
        func keys(_ page: Int, states: Set<OperationState> = []) throws -> [String] {
            try workspace.store.readNow {
                try $0.operations(OperationQuery(states: states, order: .openFirst, page: page, perPage: 3))
            }.rows.map(\.businessKey)
        }
        // Attention, in doubt, retrying; what waits; what was refused, the newest first.
        #expect(try keys(1) == ["1", "3", "2"])
        #expect(try keys(2) == ["7", "6", "5"])
        #expect(try keys(3) == ["4"])
        #expect(try keys(1, states: [.rejected]) == ["5", "4"])
        #expect(try keys(1, states: [.unknown, .notSent]) == ["3", "2"])
    }

    @Test("A document that was refused and asked for anew is one e-invoice, by its newest registration")
    func eInvoices() throws {
        let workspace = try Workspace()
        _ = try submit(workspace, try new(1))
        let held = try #require(try claim(workspace, at: now).first)
        _ = try begin(workspace, held, at: now)
        _ = try move(workspace, held, OperationStep(.refused, message: "no"))
        func page(_ standings: Set<EInvoiceStanding> = []) throws -> EInvoicePage {
            try workspace.store.readNow { try $0.eInvoices(EInvoiceQuery(standings: standings)).page }
        }
        #expect(try page().rows.map(\.standing) == [.refused])
        _ = try submit(workspace, try new(2, fingerprint: "bb"))
        _ = try submit(workspace, try new(3, key: "27/INV/2"))
        #expect(try page().rows.map(\.standing) == [.inWork, .inWork] && page().total == 2)
        #expect(try page([.refused]).total == 0 && page([.inWork]).total == 2)
        #expect(try page().standing == OperationStanding(queued: 2, nextStepAt: now))
    }
}
