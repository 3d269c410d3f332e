import Domain
import Foundation
import Sandbox
import Secrets
import Testing
import Transport
import Wire

@testable import Portals
@testable import Services

/// What was registered can be looked at, shown as QR, and taken back in time.
@Suite("Kept invoices", .timeLimit(.minutes(20))) struct KeptInvoiceTests {
    private static func registered(_ house: ActionHouse) async throws -> KeptInvoice {
        let asked = try await house.generate()
        let end = try await house.workToTheEnd(asked.id)
        let irn = try #require(end.reference, "\(end.message)")
        return try await house.workspace.eInvoices.kept(irn: irn)
    }

    @Test func `a registered invoice is found by its IRN and by what stands on it`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            #expect(kept.ackNumber.count == 15 && kept.signedInvoice != nil && !kept.isCancelled)
            let upper = try await house.workspace.eInvoices.kept(irn: kept.irn.uppercased())
            let named = try await house.workspace.eInvoices.find(
                .document(
                    house.seller, type: .invoice, number: "ge-7", date: LegalDate.inIndia(house.place.time.now)))
            #expect(upper == kept && named == kept)
            for text in [String(repeating: "0", count: 64), "GE-7", ""] {
                let none = await complaint { _ = try await house.workspace.eInvoices.kept(irn: text) }
                #expect(none?.status == .badData)
            }
        }
    }

    @Test func `it prints with number, QR and what stands on it, and says that it is simulated`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            let page = String(decoding: try await house.workspace.eInvoices.page(irn: kept.irn), as: UTF8.self)
            for text in [
                kept.irn, kept.ackNumber, "GE-7", "Harihar &amp; Co", "Steel boxes", "708.00", "<svg", "SANDBOX",
            ] {
                #expect(page.contains(text), "\(text)")
            }
            // Nothing is fetched and nothing runs when somebody opens it.
            #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("url("))
            #expect(!page.contains("CANCELLED"))
            #expect(PrintableInvoice.safe("<b onload=\"x\">\u{1B}[31m").contains("<") == false)
        }
    }

    @Test func `both signed texts verify by the provider's keys and agree with what was sent`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            let texts = try SignedTexts(house.workspace)
            for text in [kept.signedInvoice, kept.signedQr] {
                let verdicts = try texts.verify(Array((text ?? "").utf8), against: kept.sent)
                #expect(verdicts.map(\.isTrue) == [true], "\(verdicts.map(\.sentence))")
                #expect(verdicts.first?.claims?.irn == kept.irn)
                let other = try texts.verify(Array((text ?? "").utf8), against: house.invoice(total: "709.00"))
                #expect(other.first?.difference != nil && other.first?.isTrue == false)
            }
        }
    }

    @Test func `what nobody can verify is registered all the same, and told until a key is there`() async throws {
        try await ActionHouse.with { house in
            var files: [String: String] = [:]
            for name in ["irp.toml", "irp2.toml", "irp-enriched.toml"] {
                let path = "\(house.place.home.providers)/\(name)"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                files[path] = text
                let bare = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
                    $0.wholeMatch(of: /[0-9A-F]{40} = .*/) == nil
                }
                try #require(bare.joined(separator: "\n") != text)
                try bare.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            }
            let end = try await house.workToTheEnd(try await house.generate().id)
            #expect(end.state == .filed && end.reference == end.expectedReference)
            #expect(end.message.hasPrefix("warning: the signed invoice and the signed QR: no key "), "\(end.message)")
            let irn = try #require(end.reference)
            let bare = try await house.workspace.eInvoices.kept(irn: irn)
            #expect(bare.warning == "no provider file names a key that invoices are signed with")
            let page = String(decoding: try await house.workspace.eInvoices.page(irn: irn), as: UTF8.self)
            #expect(page.contains("NOT VERIFIED: no provider file names a key"))
            #expect(!page.contains("holds the portal's signature") && page.contains("is not verified"))
            let shown = try await house.workspace.eInvoices.dossier(end.id, drawsQr: false)
            #expect(shown.verdict?.isTrue == false && shown.verdict?.sentence == bare.warning)
            for (path, text) in files { try text.write(toFile: path, atomically: true, encoding: .utf8) }
            #expect(try await house.workspace.eInvoices.kept(irn: irn).warning == nil)
        }
    }

    @Test func `a signed text that says something else than was sent is told by its field`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            #expect(kept.operation.message.contains("warning") == false && kept.warning == nil)
            let dossier = try await house.workspace.operations.dossier(kept.operation.id)
            let result = try #require(dossier.result)
            let file = try #require(house.workspace.providers().named("sandbox-irp"))
            let keys = ActionConnections.signingKeys(try #require(file.profile.nic), beside: file.path)
            let texts = IrpSignatures(try IrnResult(result), keys: keys)
            #expect(texts.warning(sent: kept.sent) == nil)
            let total = texts.warning(sent: house.invoice(total: "709.00"))
            #expect(total?.contains("signed QR: it has another total than was sent") == true, "\(total ?? "nothing")")
            // What a QR does not state is not compared, what an invoice states is to the last field.
            let place = String(decoding: kept.sent, as: UTF8.self).replacing(
                #""Loc":"Bengaluru""#, with: #""Loc":"Mysuru""#)
            try #require(place != String(decoding: kept.sent, as: UTF8.self))
            let told = texts.warning(sent: Array(place.utf8))
            #expect(told == "warning: the signed invoice: it has another BuyerDtls.Loc than was sent")
            let damaged = String(decoding: result, as: UTF8.self).replacing(
                #""SignedQRCode":"ey"#, with: #""SignedQRCode":"ez"#)
            let broken = IrpSignatures(try IrnResult(Array(damaged.utf8)), keys: keys).warning(sent: kept.sent)
            #expect(broken?.hasPrefix("warning: the signed QR: its header") == true, "\(broken ?? "nothing")")
        }
    }

    @Test func `what came in one answer is of one invoice, each text in its place`() async throws {
        try await ActionHouse.with { house in
            let one = try await Self.registered(house)
            let end = try await house.workToTheEnd(try await house.generate("GE-8").id)
            let two = try await house.workspace.eInvoices.kept(irn: try #require(end.reference))
            let texts = try SignedTexts(house.workspace)
            func verdicts(_ irn: String, _ invoice: String?, _ qr: String?) throws -> [SignedVerdict] {
                let answer = ["Irn": irn, "SignedInvoice": invoice ?? "", "SignedQRCode": qr ?? ""]
                return try texts.verify(try JSONEncoder().encode(answer).map { $0 })
            }
            #expect(try verdicts(one.irn.uppercased(), one.signedInvoice, one.signedQr).map(\.isTrue) == [true, true])
            let mixed = try verdicts(one.irn, one.signedInvoice, two.signedQr)
            #expect(mixed.map(\.isTrue) == [true, false] && mixed[1].sentence.contains("another invoice"))
            let renamed = try verdicts(String(repeating: "f", count: 64), one.signedInvoice, one.signedQr)
            #expect(renamed.map(\.isTrue) == [false, false])
            let swapped = try verdicts(one.irn, one.signedQr, one.signedInvoice)
            #expect(swapped.map(\.isTrue) == [false, false])
        }
    }

    @Test func `an answer that signs another total is in doubt, not done`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            let dossier = try await house.workspace.operations.dossier(kept.operation.id)
            let file = try #require(house.workspace.providers().named("sandbox-irp"))
            var nic = try #require(file.profile.nic)
            nic.signingKeys = ActionConnections.signingKeys(nic, beside: file.path)
            let result = String(decoding: try #require(dossier.result), as: UTF8.self)
            func event(_ payload: [UInt8]) throws -> OperationEvent {
                let order = ActionOrder(
                    kind: .einvoiceGenerate, gstin: house.seller,
                    user: ApiUser(name: "u", password: SecretBytes(utf8: "p"), version: 1), payload: payload,
                    expectedReference: kept.irn, deadline: .now)
                let session = NicSession(
                    token: "t", sek: nil, expiresAt: Instant(milliseconds: .max), userVersion: 1)
                let body = Array(#"{"Status":"1","Data":\#(result)}"#.utf8)
                return IrpReading(order: order, nic: nic, session: session)
                    .sent(HTTPResponse(status: 200, headers: HTTPHeaders(), body: body)).event
            }
            #expect(try event(kept.sent) == .confirmed)
            #expect(try event(house.invoice(total: "709.00")) == .lost)
        }
    }

    @Test func `a page whose provider is gone does not look like one of a real portal`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            try FileManager.default.removeItem(atPath: "\(house.place.home.providers)/irp.toml")
            let page = String(decoding: try await house.workspace.eInvoices.page(irn: kept.irn), as: UTF8.self)
            #expect(page.contains("NOT CERTAIN whether this is real or SANDBOX"))
        }
    }

    @Test func `the QR as a picture says what the portal signed`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            let code = try await house.workspace.eInvoices.qr(irn: kept.irn)
            #expect(try QrReader.read(try code.png(), as: "png") == kept.signedQr)
        }
    }

    @Test func `it is cancelled once within a day, and not after`() async throws {
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            let service = house.workspace.eInvoices
            let asked = try await service.cancel(irn: kept.irn, reason: .dataEntryMistake, remark: "wrong rate")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.kind == .einvoiceCancel, "\(story)")
            #expect(try await service.kept(irn: kept.irn).isCancelled)
            house.place.time.advance(.seconds(25 * 3_600))
            let again = try await service.cancel(irn: kept.irn, reason: .dataEntryMistake, remark: "wrong rate")
            #expect(again.id == asked.id)
        }
        try await ActionHouse.with { house in
            let kept = try await Self.registered(house)
            house.place.time.advance(.seconds(24 * 3_600 + 60))
            let late = await complaint {
                _ = try await house.workspace.eInvoices.cancel(irn: kept.irn, reason: .others, remark: "too late")
            }
            #expect(late?.status == .badData && late?.description.contains("24 hours") == true)
            #expect(try await house.workspace.operations.list(OperationQuery()).total == 1)
        }
    }

    @Test(arguments: ["commit_then_reset", "commit_then_garbage", "commit_then_bad_gateway", "late_commit"])
    func `a cancellation without an answer is found and adopted`(fault: String) async throws {
        try await ActionHouse.with(faults: ["\(fault):1@/irp/eicore/v1.03/Invoice/Cancel"]) { house in
            let kept = try await Self.registered(house)
            let asked = try await house.workspace.eInvoices.cancel(
                irn: kept.irn, reason: .orderCancelled, remark: "the order was taken back")
            let end = try await house.workToTheEnd(asked.id)
            let story = try await house.story(asked.id)
            #expect(end.state == .filed && end.isAdopted, "\(story)")
            let sent = try await house.workspace.operations.dossier(asked.id).attempts.filter { $0.purpose == .send }
            #expect(sent.count == 1)
        }
    }
}
