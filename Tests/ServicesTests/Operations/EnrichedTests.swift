import Domain
import Foundation
import Portals
import Sandbox
import Testing

@testable import Services

/// A GSP that does NIC's cryptography itself: another wire, the same promises.
@Suite("A GSP that encrypts", .timeLimit(.minutes(20))) struct EnrichedTests {
    private static let provider = "sandbox-irp-enriched"
    private static let path = "@/nic-enriched/enriched/ei/api/invoice"

    private func with(
        faults: [String] = [], requestSeconds: Int = 60, _ body: (ActionHouse) async throws -> Void
    ) async throws {
        try await ActionHouse.with(
            faults: faults, requestSeconds: requestSeconds, more: [Self.provider], body)
    }

    private func generate(_ house: ActionHouse) async throws -> PortalOperation {
        try await house.workspace.eInvoices.generate(house.invoice(), provider: Self.provider)
    }

    @Test func `registers and cancels an invoice with what the portal signed`() async throws {
        try await with { house in
            let asked = try await generate(house)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.reference == asked.expectedReference, "\(story)")
            let irn = try #require(end.reference)
            let kept = try await house.workspace.eInvoices.kept(irn: irn)
            #expect(kept.signedInvoice != nil && kept.signedQr != nil && kept.ackNumber.count == 15)
            let cancel = try await house.workspace.eInvoices.cancel(
                irn: irn, reason: .duplicate, remark: "sent twice by the buyer")
            #expect(cancel.provider == Self.provider)
            #expect(try await house.workToTheEnd(cancel.id).state == .filed)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "commit_then_unavailable", "late_commit"])
    func `finds what was registered without an answer`(fault: String) async throws {
        try await with(faults: ["\(fault):1\(Self.path)"]) { house in
            let asked = try await generate(house)
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted && end.reference == asked.expectedReference, "\(story)")
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `without paths for bills none is sent, and the keys to set are named`() async throws {
        try await with { house in
            let end = try await house.workToTheEnd(try await generate(house).id)
            let file = "\(house.place.home.providers)/irp-enriched.toml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let bare = lines.filter { !$0.hasPrefix("ewaybill") }
            try #require(bare.joined(separator: "\n") != text)
            try bare.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            var request = EWayBillByIrn()
            request.irn = end.reference
            (request.transport.distance, request.transport.mode) = (201, TransportMode.road.rawValue)
            (request.transport.vehicleNumber, request.transport.vehicleType) = ("UP32AB1234", "R")
            let refused = await complaint { [request] in _ = try await house.workspace.eWayBills.generate(request) }
            #expect(refused?.status == .badConfiguration)
            #expect(refused?.description.contains("paths.ewaybill and paths.ewaybill_by_irn") == true)
            #expect(try ProviderCatalog.read(file).warnings.contains { $0.contains("paths.ewaybill_by_irn") })
        }
    }

    @Test func `its file names every path, or is refused`() async throws {
        try await with { house in
            let file = "\(house.place.home.providers)/irp-enriched.toml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let bare = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("by_") }
            #expect(throws: ConfigurationProblems.self) {
                try ProviderFile.read(path: file, text: bare.joined(separator: "\n"))
            }
        }
    }
}
