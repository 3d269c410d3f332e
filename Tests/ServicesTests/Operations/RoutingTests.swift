import Domain
import Foundation
import Portals
import Sandbox
import Testing

@testable import Services

/// An invoice goes to the portal that can take it, and never to a second one while the first may have it.
@Suite("Several registration portals", .timeLimit(.minutes(20))) struct RoutingTests {
    private static let path = "@/irp/eicore/v1.03/Invoice"

    @Test func `a portal that is away is passed over before anything was sent`() async throws {
        try await ActionHouse.with { house in
            try house.move("irp.toml", isAway: true)
            let asked = try await house.workspace.eInvoices.generate(house.invoice())
            #expect(asked.provider == "sandbox-irp")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.provider == "sandbox-irp2" && !end.isAdopted, "\(story)")
            #expect(try house.ledger("irn").map(\.reference) == [asked.expectedReference])
            // It is cancelled where it was registered.
            let cancelled = try await house.workspace.eInvoices.cancel(
                irn: try #require(end.reference), reason: .dataEntryMistake, remark: "wrong item")
            #expect(cancelled.provider == "sandbox-irp2")
        }
    }

    @Test func `what the desk queues goes to another portal unless somebody chose one`() async throws {
        try await ActionHouse.with { house in
            try house.move("irp.toml", isAway: true)
            let batch = house.workspace.invoiceBatch
            func queue(_ number: String, isChosen: Bool) async throws -> PortalOperation {
                let path = try house.place.file("\(number).json", house.invoice(number))
                let survey = try await batch.survey([path])
                #expect(survey.providers.first?.name == "sandbox-irp")
                let queued = try await batch.queue(
                    [path], provider: "sandbox-irp", isChosen: isChosen, confirmed: survey.confirmable)
                return try #require(queued.operations.first)
            }
            let open = try await queue("GE-1", isChosen: false)
            #expect(!open.isPinned)
            let end = try await house.workToTheEnd(open.id)
            #expect(end.state == .filed && end.provider == "sandbox-irp2", "\(end.message)")
            try house.move("irp.toml", isAway: false)
            #expect(try await queue("GE-2", isChosen: true).isPinned)
        }
    }

    @Test func `a provider that was named is waited for`() async throws {
        try await ActionHouse.with { house in
            try house.move("irp.toml", isAway: true)
            let asked = try await house.generate()
            try await house.work()
            let waiting = try await house.workspace.operations.dossier(asked.id).operation
            #expect(waiting.state == .notSent && waiting.provider == "sandbox-irp" && waiting.nextStepAt != nil)
        }
    }

    @Test func `what may have reached one portal is never sent to another`() async throws {
        try await ActionHouse.with(faults: ["commit_then_reset:1\(Self.path)"]) { house in
            let asked = try await house.workspace.eInvoices.generate(house.invoice())
            try await house.work()
            try house.move("irp.toml", isAway: true)
            for _ in 0..<4 {
                house.place.time.advance(.seconds(600))
                try await house.work()
            }
            let doubtful = try await house.workspace.operations.dossier(asked.id).operation
            #expect(doubtful.state == .unknown && doubtful.provider == "sandbox-irp")
            try house.move("irp.toml", isAway: false)
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.provider == "sandbox-irp")
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `what another portal registered is fetched from there and adopted`() async throws {
        try await ActionHouse.with { house in
            #expect(try await house.registerElsewhere("GE-7", through: "sandbox-irp2").event == .confirmed)
            let asked = try await house.workspace.eInvoices.generate(house.invoice())
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.provider == "sandbox-irp2", "\(story)")
            let attempts = try await house.workspace.operations.dossier(asked.id).attempts
            #expect(attempts.map(\.provider) == ["sandbox-irp", "sandbox-irp2"])
            #expect(attempts.first?.code == "2295" && attempts.last?.event == .foundSame)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `what a portal holds that nobody here reaches is left to a person and not sent again`() async throws {
        try await ActionHouse.with { house in
            _ = try await house.registerElsewhere("GE-7", through: "sandbox-irp2")
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp2")
            let asked = try await house.workspace.eInvoices.generate(house.invoice())
            let end = try await house.workToTheEnd(asked.id)
            #expect(end.state == .attention && end.message.contains("NIC2 holds it"))
            let sent = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .send }
            #expect(sent.count == 1)
        }
    }
}
