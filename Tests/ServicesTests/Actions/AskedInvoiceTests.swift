import Domain
import Foundation
import Sandbox
import Store
import Testing
import Wire

@testable import Portals
@testable import Services

/// An invoice that was registered by other software is read at the portal, verified and kept.
@Suite("Invoices from the portal", .timeLimit(.minutes(20))) struct AskedInvoiceTests {
    private static func wanted(_ house: ActionHouse, _ number: String = "GE-8") -> EInvoiceService.Wanted {
        .document(house.seller, type: .invoice, number: number, date: LegalDate.inIndia(house.place.time.now))
    }

    /// - Returns: the IRN.
    private static func registered(
        _ house: ActionHouse, through provider: String = "sandbox-irp"
    ) async throws -> String {
        let answer = try await house.registerElsewhere("GE-8", through: provider)
        return try #require(answer.reference, "\(answer.message)")
    }

    @Test(arguments: ["sandbox-irp", "sandbox-irp2", "sandbox-irp-enriched"])
    func `by its document and by its IRN, verified, kept as evidence and on record`(provider: String) async throws {
        try await ActionHouse.with(more: ["sandbox-irp-enriched"]) { house in
            let service = house.workspace.eInvoices
            let irn = try await Self.registered(house, through: provider)
            #expect(try await service.held(.irn(irn)) == nil)
            let read = try await service.ask(Self.wanted(house), provider: provider)
            #expect(read.irn == irn && read.title == "INV GE-8" && read.buyerGstin == house.buyer.text)
            #expect(read.total?.description == "708" && read.isCancelled == false && read.signedQr != nil)
            #expect(read.provider == provider && read.readAt == house.place.time.now)
            #expect(try await service.held(.irn(irn.uppercased())) == .readBefore(read))
            #expect(try await service.held(Self.wanted(house, "ge-8")) == .readBefore(read))
            // One GSTIN alone has an API user, so it is clear who asks.
            #expect(try await service.ask(.irn(irn), provider: provider).irn == irn)
            let events = try await house.workspace.audit.events(AuditQuery(subject: "gst/\(house.seller)", limit: 50))
            let asked = events.filter { $0.action == "einvoice.get" }
            #expect(asked.map(\.outcome) == ["found", "found"] && asked.allSatisfy { $0.detail.contains(irn) })
            // It is no action of ours.
            #expect(try await house.workspace.operations.list(OperationQuery()).total == 0)
        }
    }

    @Test func `what was registered from here is shown as it was kept, and asked for when somebody wants that`()
        async throws
    {
        try await ActionHouse.with { house in
            let service = house.workspace.eInvoices
            let end = try await house.workToTheEnd(try await house.generate().id)
            let irn = try #require(end.reference)
            let kept = try await service.kept(irn: irn)
            #expect(try await service.held(.irn(irn)) == .kept(kept))
            let cancel = #"{"Irn":"\#(irn)","CnlRsn":"1","CnlRem":"x"}"#
            _ = try await house.tellElsewhere(.einvoiceCancel, Array(cancel.utf8), through: "sandbox-irp")
            let read = try await service.ask(.irn(irn))
            #expect(read.isCancelled == true && read.ackNumber == kept.ackNumber)
            #expect(try await service.held(.irn(irn)) == .kept(kept))
        }
    }

    @Test func `one that the portal does not hold, or shows no more, is said so`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eInvoices
            let none = await complaint { _ = try await service.ask(Self.wanted(house), provider: "sandbox-irp") }
            #expect(none?.status == .badData && none?.description.contains("holds no such invoice") == true)
            let irn = try await Self.registered(house)
            // The other portal does not hold it.
            let other = await complaint { _ = try await service.ask(.irn(irn), provider: "sandbox-irp2") }
            #expect(other?.description.contains("Another registration portal") == true)
            house.place.time.advance(.seconds(2 * 86_400 + 1))
            let late = await complaint { _ = try await service.ask(.irn(irn), provider: "sandbox-irp") }
            #expect(
                late?.status == .badData && late?.description.contains("two days") == true,
                "\(String(describing: late))")
            let wrong = await complaint { _ = try await service.ask(.irn("GE-8")) }
            #expect(wrong?.status == .badData && wrong?.description.contains("no IRN") == true)
            #expect(try await service.held(.irn(irn)) == nil)
        }
    }

    @Test func `a signature that does not fit is told, and the answer is not handed out`() async throws {
        try await ActionHouse.with(faults: ["wrong_hash:\(WorkHouse.gst.text)"]) { house in
            let service = house.workspace.eInvoices
            let irn = try await Self.registered(house)
            let forged = await complaint { _ = try await service.ask(.irn(irn), provider: "sandbox-irp") }
            #expect(forged?.status == .badData && forged?.description.contains("not believed") == true)
            #expect(try await service.held(.irn(irn)) == nil)
            let events = try await house.workspace.audit.events(AuditQuery(subject: "gst/\(house.seller)", limit: 50))
            #expect(events.first { $0.action == "einvoice.get" }?.outcome == "not_believed")
        }
    }

    @Test func `a portal that is away and a missing API user are told apart`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eInvoices
            let irn = try await Self.registered(house)
            try house.move("irp.toml", isAway: true)
            let away = await complaint { _ = try await service.ask(.irn(irn), provider: "sandbox-irp") }
            #expect(away?.status == .tryLater, "\(String(describing: away))")
            try house.move("irp.toml", isAway: false)
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp")
            let nobody = await complaint {
                _ = try await service.ask(.irn(irn), gstin: house.seller, provider: "sandbox-irp")
            }
            #expect(nobody?.status == .badData && nobody?.description.contains("no API user") == true)
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp2")
            let unclear = await complaint { _ = try await service.ask(.irn(irn)) }
            #expect(unclear?.status == .usage && unclear?.description.contains("--gstin") == true)
        }
    }

    @Test func `a QR that tells of another invoice spoils the answer`() async throws {
        try await ActionHouse.with { house in
            let first = try await house.registerElsewhere("GE-8", through: "sandbox-irp")
            let other = try await house.registerElsewhere("GE-9", through: "sandbox-irp")
            let file = try #require(house.workspace.providers().named("sandbox-irp"))
            let keys = ActionConnections.signingKeys(try #require(file.profile.nic), beside: file.path)
            let (json, irn) = (try #require(first.result), try #require(first.reference))
            let (own, foreign) = (try IrnResult(json).signedQr ?? "", try IrnResult(other.result ?? []).signedQr ?? "")
            func problem(_ qr: String, _ keys: SignatureKeys) throws -> EInvoiceService.Verified {
                let text = String(decoding: json, as: UTF8.self)
                try #require(!own.isEmpty && !qr.isEmpty && text.contains(own))
                return EInvoiceService.verify(
                    Array(text.replacing(own, with: qr).utf8), irn, Self.wanted(house), keys)
            }
            let fits = try problem(own, keys)
            #expect(fits.problem == nil && !fits.signed.isEmpty)
            let swapped = try problem(foreign, keys)
            #expect(swapped.problem == "of the signed QR: its IRN is not that of the signed invoice")
            #expect(swapped.signed.isEmpty)
            let forged = try problem(String(own.dropLast(6)) + "AAAAAA", keys)
            #expect(forged.problem?.hasPrefix("of the signed QR: ") == true && forged.signed.isEmpty)
        }
    }

    @Test func `a provider that is left alone by the worker is not asked, and how calls went is kept`() async throws {
        try await ActionHouse.with { house in
            let service = house.workspace.eInvoices
            let irn = try await Self.registered(house)
            let now = house.place.time.now
            _ = try await service.ask(.irn(irn), provider: "sandbox-irp")
            let counted = try await house.workspace.read { try $0.circuits() }
            #expect(counted.allSatisfy { $0.breaker.phase == .closed })
            try await house.workspace.write { writer in
                let breaker = CircuitBreaker(phase: .open(until: now + .seconds(300)))
                try writer.keep([
                    CircuitRecord(provider: "sandbox-irp", family: "reading", breaker: breaker, changedAt: now)
                ])
            }
            let alone = await complaint { _ = try await service.ask(.irn(irn), provider: "sandbox-irp") }
            #expect(
                alone?.status == .tryLater && alone?.description.contains("sandbox-irp is not asked now") == true,
                "\(String(describing: alone))")
            house.place.time.advance(.seconds(301))
            #expect(try await service.ask(.irn(irn), provider: "sandbox-irp").irn == irn)
            let after = try await house.workspace.read { try $0.circuits() }
            #expect(after.first { $0.family == "reading" }?.breaker.phase != .open(until: now + .seconds(300)))
        }
    }
}
