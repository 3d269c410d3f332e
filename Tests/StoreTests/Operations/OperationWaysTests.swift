import Domain
import Testing

@testable import Store

/// Everything that can be done to a stored operation, in every state: the ways that the store really goes, explored
/// whole.
@Suite("Ways of a stored operation") struct OperationWaysTests {
    /// One way that the store went.
    private struct Way: Hashable {
        var from: OperationState
        var to: OperationState
        /// Whether it stands on a proof that the authority holds nothing.
        var isProven = false
        /// Whether a request may leave after it.
        var sends = false
    }

    /// One operation that is put into any state.
    private struct Subject {
        let writer: StoreWriter
        let id: OperationId
        let now = Workspace.morning

        func put(_ state: OperationState, isHeld: Bool = false) throws {
            let lease =
                isHeld ? "next_at = NULL, lease_until = 9999999999999, owner = 'a'" : "next_at = 0, lease_until = NULL"
            try writer.db.run("UPDATE operation SET state = '\(state.rawValue)', reference = 'R', \(lease)")
        }

        func state() throws -> OperationState { try #require(try writer.reader.operation(id)).state }

        func attempt(_ purpose: OperationAttempt.Purpose) -> OperationAttempt {
            OperationAttempt(
                number: 0, purpose: purpose, provider: "irp", call: "POST Invoice", beganAt: now, deadline: now,
                requestHash: "")
        }
    }

    private func explore<T: Sendable>(_ body: @escaping @Sendable (Subject) throws -> T) throws -> T {
        let workspace = try Workspace()
        let now = Workspace.morning
        let operation = PortalOperation(
            id: OperationId(at: now, random: [1]), kind: .einvoiceGenerate, gstin: try Samples.gstin(0),
            businessKey: "27/INV/1", provider: "irp", state: .draft, fingerprint: "aa", createdAt: now,
            createdBy: "asha", updatedAt: now)
        return try workspace.store.writeNow { writer in
            _ = try writer.submit(NewOperation(operation: operation, idempotencyKey: "k", payload: [1]), at: now)
            return try body(Subject(writer: writer, id: operation.id))
        }
    }

    /// Does everything in every state.
    private func ways() throws -> Set<Way> {
        try explore { subject in
            var ways: Set<Way> = []
            let (writer, now) = (subject.writer, subject.now)
            for state in OperationState.allCases {
                func note(isProven: Bool = false, sends: Bool = false) throws {
                    ways.insert(Way(from: state, to: try subject.state(), isProven: isProven, sends: sends))
                }
                for event in OperationEvent.allCases {
                    for isHeld in [false, true] {
                        try subject.put(state, isHeld: isHeld)
                        let held = try writer.held(1)
                        let step = OperationStep(event, nextAt: now)
                        _ =
                            isHeld
                            ? try writer.move(held, owner: "a", [step], now: now)
                            : try writer.move(subject.id, [step], now: now)
                        // Beginning is done by an attempt alone, below: a step of that name sends nothing.
                        try note(isProven: event.provesAbsence)
                    }
                }
                for purpose in [OperationAttempt.Purpose.send, .look] {
                    try subject.put(state, isHeld: true)
                    let began = try writer.beginAttempt(try writer.held(1), owner: "a", subject.attempt(purpose))
                    try note(sends: began != nil && purpose == .send)
                }
                try subject.put(state)
                _ = try writer.claimOperations(owner: "a", limit: 1, until: now + .seconds(60), now: now)
                try note()
                try subject.put(state, isHeld: true)
                _ = try writer.takeBackOperations(otherThan: "b", now: now) { _ in .zero }
                try note()
                try subject.put(state)
                _ = try writer.hurry(subject.id, at: now)
                try note()
                try subject.put(state, isHeld: true)
                _ = try writer.release(try writer.held(1), owner: "a", next: now)
                try note()
            }
            return ways
        }
    }

    @Test("Each event in each state does what the table says, and nothing where the table has no way")
    func table() throws {
        try explore { subject in
            for state in OperationState.allCases {
                for event in OperationEvent.allCases {
                    try subject.put(state)
                    let next = OperationTable.next(state, event)
                    let moved = try subject.writer.move(subject.id, [OperationStep(event)], now: subject.now)
                    #expect(moved == next, "\(state) \(event)")
                    #expect(try subject.state() == next ?? state, "\(state) \(event)")
                }
            }
        }
    }

    @Test("From doubt nothing that the store does leads to a request without a proof")
    func doubt() throws {
        let ways = try ways()
        for start in OperationState.allCases where start.isInDoubt || start.needsPerson || start == .pending {
            var (reached, waiting) = (Set([start]), [start])
            while let state = waiting.popLast() {
                for way in ways where way.from == state && !way.isProven {
                    #expect(!way.sends, "\(start) to \(state)")
                    if reached.insert(way.to).inserted { waiting.append(way.to) }
                }
            }
            #expect(reached.isDisjoint(with: [.queued, .resendOk, .notSent, .discarded]), "\(start): \(reached)")
        }
    }

    @Test("A request leaves from the queue alone, and what is finished stays")
    func ends() throws {
        let ways = try ways()
        #expect(Set(ways.filter(\.sends).map(\.from)) == [.queued])
        for way in ways where way.from.isFinished { #expect(way.to == way.from && !way.sends, "\(way)") }
    }
}
