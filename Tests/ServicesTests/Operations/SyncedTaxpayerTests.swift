import Domain
import Foundation
import Portals
import SampleDocuments
import Sandbox
import Testing

@testable import Services

/// A GSTIN that a registration portal has not heard of yet is fetched anew from the GST portal before the invoice is
/// refused for it.
@Suite("Taxpayers that the portal does not know yet", .timeLimit(.minutes(20))) struct SyncedTaxpayerTests {
    private static let enriched = "sandbox-irp-enriched"

    /// A buyer in Karnataka; the digits of the PAN say what the simulated portal knows of it.
    private static func buyer(_ digits: String) -> String {
        let body = "29AAACS\(digits)Q1Z"
        return body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8))))
    }

    private static func generate(
        _ house: ActionHouse, _ buyer: String, _ number: String = "GE-7", through provider: String = "sandbox-irp"
    ) async throws -> PortalOperation {
        let documents = SampleDocuments(
            seller: house.seller.text, buyer: buyer, day: LegalDate.inIndia(house.place.time.now))
        let asked = try await house.workspace.eInvoices.generate(
            Array(documents.invoice(number).utf8), provider: provider)
        return try await house.workToTheEnd(asked.id)
    }

    private static func syncs(_ house: ActionHouse) async -> Int {
        await house.server.calls().filter { $0.key.lowercased().contains("syncgstin") }.values.reduce(0, +)
    }

    private static func sends(_ house: ActionHouse, _ id: OperationId) async throws -> [OperationAttempt] {
        try await house.workspace.operations.dossier(id).attempts.filter { $0.purpose == .send }
    }

    @Test(arguments: ["sandbox-irp", Self.enriched])
    func `it is fetched anew once, and the invoice goes once more`(provider: String) async throws {
        try await ActionHouse.with(more: [Self.enriched]) { house in
            let end = try await Self.generate(house, Self.buyer("5555"), through: provider)
            let story = try await house.story(end.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            let sends = try await Self.sends(house, end.id)
            #expect(sends.map(\.event) == [.notSent, .confirmed] && sends.first?.code == "3028", "\(story)")
            #expect(sends.first?.message.contains("fetched anew") == true)
            #expect(await Self.syncs(house) == 1)
            #expect(try house.ledger("irn").count == 1)
            // From now on the portal knows it.
            #expect(try await Self.generate(house, Self.buyer("5555"), "GE-8", through: provider).state == .filed)
            #expect(await Self.syncs(house) == 1)
        }
    }

    @Test func `an outage of that question refuses nothing, and the invoice goes when it is over`() async throws {
        try await ActionHouse.with(faults: ["unavailable:1@/irp/eivital/v1.04/Master/syncgstin"]) { house in
            let end = try await Self.generate(house, Self.buyer("5555"))
            let story = try await house.story(end.id)
            #expect(end.state == .filed && !end.isAdopted, "\(story)")
            #expect(try await Self.sends(house, end.id).map(\.event) == [.notSent, .notSent, .confirmed], "\(story)")
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `who is cancelled, or unknown to the GST portal, is refused plainly by one request`() async throws {
        try await ActionHouse.with { house in
            let cancelled = try await Self.generate(house, Self.buyer("9999"))
            #expect(cancelled.state == .rejected && cancelled.code == "3029")
            #expect(cancelled.message.contains("the GST portal says that \(Self.buyer("9999")) is CNL"))
            let unknown = try await Self.generate(house, Self.buyer("0000"), "GE-8")
            #expect(unknown.state == .rejected && unknown.message.contains("could not be fetched anew"))
            for end in [cancelled, unknown] { #expect(try await Self.sends(house, end.id).count == 1) }
            #expect(await Self.syncs(house) == 2)
        }
    }

    @Test func `what the portal refused before and refuses again is not fetched again`() async throws {
        try await ActionHouse.with { house in
            let connections = ActionConnections(
                workspace: house.workspace, connectors: try Connectors(workspace: house.workspace))
            let connector = try await connections.connection("sandbox-irp").connector
            let user = try #require(try await house.workspace.apiUsers.open(house.seller, provider: "sandbox-irp"))
            let documents = SampleDocuments(
                seller: house.seller.text, buyer: Self.buyer("5555"), day: LegalDate.inIndia(house.place.time.now))
            var order = ActionOrder(
                kind: .einvoiceGenerate, gstin: house.seller, user: user,
                payload: Array(documents.invoice("GE-7").utf8), deadline: .now + .seconds(60))
            order.told = ["3028"]
            let answer = await connector.send(order)
            #expect(answer.event == .refused && !answer.isMended && answer.message.contains("before that"))
            #expect(await Self.syncs(house) == 0)
        }
    }

    @Test func `a GSP whose file names no path for it refuses with the key to set`() async throws {
        try await ActionHouse.with(more: [Self.enriched]) { house in
            let file = "\(house.place.home.providers)/irp-enriched.toml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let bare = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
                !$0.hasPrefix("sync_gstin")
            }
            try bare.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let end = try await Self.generate(house, Self.buyer("5555"), through: Self.enriched)
            #expect(end.state == .rejected && end.message.contains("paths.sync_gstin"), "\(end.message)")
        }
    }
}
