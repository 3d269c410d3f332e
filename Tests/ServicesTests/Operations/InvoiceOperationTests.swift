import Domain
import Sandbox
import Store
import Testing
import Wire

@testable import Services

/// An invoice is registered once, whatever becomes of the answer.
@Suite("Registering invoices", .timeLimit(.minutes(20))) struct InvoiceOperationTests {
    private static let path = "@/irp/eicore/v1.03/Invoice"

    @Test func `an invoice goes to the portal and comes back with the number that was computed before`() async throws {
        try await ActionHouse.with { house in
            let asked = try await house.generate()
            #expect(asked.state == .queued && asked.expectedReference?.count == 64)
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed && end.reference == asked.expectedReference && !end.isAdopted, "\(end.message)")
            let rows = try house.ledger("irn")
            #expect(rows.map(\.reference) == [end.reference] && rows.map(\.calls) == [1])
            let dossier = try await house.workspace.operations.dossier(asked.id)
            #expect(dossier.attempts.map(\.purpose) == [.send] && dossier.attempts[0].event == .confirmed)
            #expect(dossier.result?.isEmpty == false)
            // What is kept of the answer was opened: the key of the session is soon gone.
            let answer = try #require(dossier.answers[1])
            let text = String(decoding: answer, as: UTF8.self)
            #expect(text.contains(end.reference ?? "none") && text.contains("\"Status\""), "\(text)")
            #expect(dossier.attempts[0].answerHash == ContentHash.sha256(answer))
            // Read page by page it is the same, and what is shown already is not read again.
            let evidence = try #require(try await house.workspace.operations.evidence(asked.id))
            #expect(evidence.open == 1 && evidence.dossier == dossier && evidence.lengths == [1: answer.count])
            #expect(try await house.workspace.operations.evidence(asked.id, unless: evidence.mark) == nil)
            let unknown = await complaint {
                _ = try await house.workspace.operations.evidence(OperationId(at: house.place.time.now, random: [9]))
            }
            #expect(unknown?.status == .badData)
        }
    }

    @Test func `asked for twice it is one operation, and other content under its number is refused`() async throws {
        try await ActionHouse.with { house in
            let first = try await house.generate()
            let second = try await house.generate()
            #expect(second.id == first.id)
            _ = try await house.workToTheEnd(first.id)
            let again = try await house.generate()
            #expect(again.id == first.id && again.state == .filed)
            let other = await complaint {
                _ = try await house.workspace.eInvoices.generate(
                    house.invoice(total: "708.50"), provider: "sandbox-irp")
            }
            #expect(other?.status == .badData)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test(arguments: ["close:1", "reset:1", "unavailable:1"])
    func `what may have been sent and was not is sent again only when the portal has said so twice`(fault: String)
        async throws
    {
        try await ActionHouse.with(faults: ["\(fault)\(Self.path)"]) { house in
            let asked = try await house.generate()
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed && !end.isAdopted, "\(end.state) \(end.message)")
            #expect(try house.ledger("irn").count == 1)
            let attempts = try await house.workspace.operations.dossier(asked.id).attempts
            #expect(attempts.filter { $0.purpose == .send }.count == 2)
            #expect(attempts.filter { $0.event == .notFound }.count >= 2)
        }
    }

    @Test func `a portal that is away leaves it queued with the time of the next try`() async throws {
        try await ActionHouse.with { house in
            await house.server.stop()
            let asked = try await house.generate()
            try await house.work()
            let waiting = try await house.workspace.operations.dossier(asked.id).operation
            #expect(waiting.state == .notSent && waiting.nextStepAt.map { $0 > house.place.time.now } == true)
            #expect(waiting.attempts == 0)
            let standing = try await house.workspace.operations.standing()
            #expect(standing.retrying == 1)
        }
    }

    @Test func `a wrong total is refused before anything is queued, with the field`() async throws {
        try await ActionHouse.with { house in
            let refused = await complaint {
                _ = try await house.workspace.eInvoices.generate(
                    house.invoice(total: "900.00"), provider: "sandbox-irp")
            }
            #expect(refused?.status == .badData && refused?.description.contains("TotItemVal") == true)
            let page = try await house.workspace.operations.list(OperationQuery())
            #expect(page.total == 0)
        }
    }

    @Test func `a worker that died with a request under way finds out what came of it`() async throws {
        try await ActionHouse.with { house in
            let asked = try await house.generate()
            let now = house.place.time.now
            // What a worker leaves that is killed after its attempt was stored and before anything was sent.
            try await house.workspace.store.write { writer in
                let held = try #require(
                    try writer.claimOperations(owner: "dead", limit: 1, until: now + .seconds(60), now: now).first)
                let attempt = OperationAttempt(
                    number: 0, purpose: .send, provider: "sandbox-irp", call: "POST Invoice", beganAt: now,
                    deadline: now + .seconds(2), requestHash: "")
                _ = try writer.beginAttempt(held, owner: "dead", attempt)
            }
            try await house.work()
            let doubtful = try await house.workspace.operations.dossier(asked.id).operation
            #expect(doubtful.state == .unknown)
            #expect(try house.ledger("irn").isEmpty)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed, "\(story)")
            #expect(try house.ledger("irn").count == 1)
        }
    }
}
