import Domain
import SampleDocuments
import Sandbox
import Store
import Testing

@testable import Services

/// What has left is carried to its end when the worker stops; what has not does not leave any more.
@Suite("Actions of a worker that stops", .timeLimit(.minutes(20))) struct StoppedActionTests {
    /// A worker that has sent the making of a bill, and got no answer yet.
    private static func sending(
        _ milliseconds: Int, _ body: (ActionHouse, OperationId, SyncWorker, Task<Void, any Error>) async throws -> Void
    ) async throws {
        try await ActionHouse.with(faults: ["latency:\(milliseconds)@/ewb/v1.03/ewayapi"]) { house in
            let asked = try await house.workspace.eWayBills.generate(house.challan())
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 1))
            let running = Task { try await worker.run() }
            // On record, and at the portal: before that it can still be kept from leaving.
            while try await house.attempts(asked.id).isEmpty { await Task.yield() }
            while await !house.server.calls().keys.contains(where: { $0.contains("ewayapi") }) { await Task.yield() }
            try await body(house, asked.id, worker, running)
        }
    }

    @Test func `an answer that is on its way is waited for and kept`() async throws {
        try await Self.sending(2_000) { house, id, worker, running in
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            house.place.time.advance(.seconds(25))
            try await running.value
            let end = try await house.workspace.operations.dossier(id).operation
            #expect(end.state == .filed && !end.isAdopted, "\(end.message)")
            #expect(try await house.attempts(id).map(\.event) == [.confirmed])
        }
    }

    @Test func `one that does not come until the request's deadline leaves it in doubt`() async throws {
        try await Self.sending(30_000) { house, id, worker, running in
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            house.place.time.advance(.seconds(25))
            // What is left of the minute that a request may take, and a moment for what came at its end.
            await house.place.time.untilSomebodySleeps(.seconds(40))
            house.place.time.advance(.seconds(40))
            try await running.value
            let end = try await house.workspace.operations.dossier(id).operation
            #expect(end.state == .unknown, "\(end.message)")
            #expect(try await house.attempts(id).map(\.event) == [.lost])
        }
    }

    @Test func `a second stop waits for no answer`() async throws {
        try await Self.sending(30_000) { house, id, worker, running in
            worker.stop()
            worker.stop()
            try await running.value
            #expect(try await house.attempts(id).map(\.event) == [.lost])
        }
    }

    /// The login hangs: nothing is lost by ending it, for that it was tried is on record.
    @Test func `what waits for a login when the worker stops is left to the next one, and costs no try`() async throws {
        try await ActionHouse.with(faults: ["latency:5000@/ewb/v1.03/auth"]) { house in
            let asked = try await house.workspace.eWayBills.generate(house.challan())
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 1))
            let running = Task { try await worker.run() }
            while await !house.server.calls().keys.contains(where: { $0.contains("auth") }) { await Task.yield() }
            worker.stop()
            worker.stop()
            try await running.value
            let held = try await house.workspace.operations.dossier(asked.id)
            #expect(held.operation.state == .queued, "\(held.operation.message)")
            // Its answer was not waited for.
            let tried = try #require(held.attempts.first)
            #expect(held.attempts.count == 1 && tried.purpose == .login && tried.status == nil)
            #expect(held.operation.nextStepAt.map { $0 <= house.place.time.now } == true)
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed, "\(end.message)")
            #expect(try await house.attempts(asked.id).filter { $0.purpose == .send }.map(\.event) == [.confirmed])
        }
    }

    /// An invoice whose buyer the portal does not know yet: its GSTIN is fetched anew once the first answer is here.
    private static func asking(
        _ fault: String, until call: String,
        _ body: (ActionHouse, OperationId, SyncWorker, Task<Void, any Error>) async throws -> Void
    ) async throws {
        try await ActionHouse.with(faults: [fault]) { house in
            let text = "29AAACS5555Q1Z"
            let buyer = text + String(UnicodeScalar(CheckCharacter.of(Array(text.utf8))))
            let documents = SampleDocuments(
                seller: house.seller.text, buyer: buyer, day: LegalDate.inIndia(house.place.time.now))
            let asked = try await house.workspace.eInvoices.generate(
                Array(documents.invoice("GE-7").utf8), provider: "sandbox-irp")
            let worker = try SyncWorker(house.workspace, options: .init(concurrency: 1))
            let running = Task { try await worker.run() }
            while await !house.server.calls().keys.contains(where: { $0.contains(call) }) { await Task.yield() }
            try await body(house, asked.id, worker, running)
            let held = try await house.workspace.operations.dossier(asked.id)
            let story = try await house.story(asked.id)
            #expect(held.operation.state == .notSent && held.attempts.map(\.event) == [.notSent], "\(story)")
            #expect(held.operation.message.contains("the worker was stopped before its GSTINs"), "\(story)")
            #expect(held.operation.nextStepAt.map { $0 <= house.place.time.now } == true, "\(story)")
        }
    }

    @Test func `no question is begun after a stop, and the invoice waits in the queue`() async throws {
        try await Self.asking("latency:1500@/irp/eicore/v1.03/Invoice", until: "Invoice") {
            house, id, worker, running in
            worker.stop()
            try await running.value
            let calls = await house.server.calls()
            #expect(!calls.keys.contains { $0.lowercased().contains("syncgstin") })
        }
    }

    @Test func `a question under way lasts no longer than a stop gives it`() async throws {
        try await Self.asking("latency:50000@/irp/eivital/v1.04/Master/syncgstin", until: "syncgstin") {
            house, id, worker, running in
            worker.stop()
            await house.place.time.untilSomebodySleeps(.seconds(25))
            house.place.time.advance(.seconds(25))
            try await running.value
        }
    }

    @Test func `a request leaves only as long as nobody has ended it`() {
        let now = Instant(seconds: 1_795_180_000)
        let control = ActionControl()
        #expect(control.leaves(until: now + .seconds(30)))
        #expect(control.end(unlessAnsweredAfter: now) == now + .seconds(30))
        #expect(control.end(unlessAnsweredAfter: now + .seconds(30)) == nil && !control.leaves(until: now))
        let other = ActionControl()
        #expect(other.end(unlessAnsweredAfter: now) == nil && !other.leaves(until: now))
    }
}

extension ActionHouse {
    fileprivate func attempts(_ id: OperationId) async throws -> [OperationAttempt] {
        try await workspace.operations.dossier(id).attempts
    }
}
