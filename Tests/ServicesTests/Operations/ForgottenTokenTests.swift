import Domain
import Sandbox
import Store
import Testing

@testable import Services

/// A portal that forgot our token in the middle costs one login and nothing else.
@Suite("Forgotten tokens", .timeLimit(.minutes(20))) struct ForgottenTokenTests {
    private static let irp = "@/irp/eicore"
    private static let ewb = "@/ewb/v1.03/ewayapi"
    private static let enriched = "@/nic-enriched/enriched"

    private static func invoice(_ house: ActionHouse, _ provider: String = "sandbox-irp") async throws
        -> PortalOperation
    {
        try await house.workspace.eInvoices.generate(house.invoice(), provider: provider)
    }

    /// - Returns: what became of each request that may have left.
    private static func sends(_ house: ActionHouse, _ id: OperationId) async throws -> [OperationEvent?] {
        try await house.workspace.operations.dossier(id).attempts.filter { $0.purpose == .send }.map(\.event)
    }

    @Test(arguments: [(irp, "irn"), (ewb, "ewb")])
    func `the session is opened anew at once, and the action done once`(path: String, kind: String) async throws {
        try await ActionHouse.with(faults: ["forget_token:1\(path)"]) { house in
            let asked =
                kind == "irn"
                ? try await Self.invoice(house) : try await house.workspace.eWayBills.generate(house.challan())
            let began = house.place.time.now
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            #expect(try await Self.sends(house, asked.id) == [.notSent, .confirmed], "\(story)")
            #expect(try house.ledger(kind).map(\.calls) == [1])
            #expect(house.place.time.now.since(began) < .seconds(60))
        }
    }

    @Test(arguments: [(irp, "1005"), (ewb, "238")])
    func `one that is refused under the new session too goes to a person, and nobody logs in for ever`(
        path: String, code: String
    ) async throws {
        try await ActionHouse.with(faults: ["forget_token:1000\(path)"]) { house in
            let asked =
                path == Self.irp
                ? try await Self.invoice(house) : try await house.workspace.eWayBills.generate(house.challan())
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .attention && end.code == code && end.nextStepAt == nil, "\(story)")
            #expect(end.message.contains("opened anew"), "\(story)")
            #expect(try await Self.sends(house, asked.id) == [.notSent, .notSent], "\(story)")
            #expect(try house.ledger("irn").isEmpty && house.ledger("ewb").isEmpty)
        }
    }

    @Test func `a second time much later is another time`() async throws {
        try await ActionHouse.with(faults: ["forget_token:1\(Self.irp)"]) { house in
            let first = try await house.workToTheEnd(try await Self.invoice(house).id)
            #expect(first.state == .filed)
            let second = try await house.workToTheEnd(try await house.generate("GE-9").id)
            #expect(try await Self.sends(house, second.id) == [.confirmed])
            #expect(try house.ledger("irn").count == 2)
        }
    }

    @Test func `a question is asked again under a new session, once`() async throws {
        // The first answer is lost; the look for it and its repetition meet the forgotten token.
        try await ActionHouse.with(faults: ["commit_then_reset:1\(Self.irp)", "forget_token:1\(Self.irp)"]) { house in
            let asked = try await Self.invoice(house)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            let looks = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .look }
            #expect(looks.map(\.event) == [.foundSame], "\(story)")
        }
        try await ActionHouse.with(faults: ["forget_token:1000\(Self.irp)"]) { house in
            let refused = await complaint {
                _ = try await house.workspace.eInvoices.ask(
                    .irn(String(repeating: "a", count: 64)), gstin: house.seller, provider: "sandbox-irp")
            }
            #expect(refused?.status == .tryLater && refused?.description.contains("1005") == true)
        }
    }

    @Test func `a GSP that forgot our token is looked at before anything is sent again`() async throws {
        try await ActionHouse.with(
            faults: ["forget_token:1\(Self.enriched)"], more: ["sandbox-irp-enriched"]
        ) { house in
            let asked = try await Self.invoice(house, "sandbox-irp-enriched")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            #expect(try await Self.sends(house, asked.id) == [.lost, .confirmed], "\(story)")
            #expect(try house.ledger("irn").map(\.calls) == [1])
        }
        try await ActionHouse.with(
            faults: ["forget_token:1000\(Self.enriched)"], more: ["sandbox-irp-enriched"]
        ) { house in
            let asked = try await Self.invoice(house, "sandbox-irp-enriched")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .attention && end.nextStepAt == nil, "\(story)")
            #expect(try await Self.sends(house, asked.id) == [.lost] && house.ledger("irn").isEmpty, "\(story)")
        }
    }
}
