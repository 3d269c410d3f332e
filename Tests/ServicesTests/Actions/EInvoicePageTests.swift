import Domain
import Foundation
import Sandbox
import Testing

@testable import Services

/// The invoices that the desk knows, and what it checks and shows before it sends.
@Suite("E-invoices of the desk", .timeLimit(.minutes(20))) struct EInvoicePageTests {
    private static func page(
        _ house: ActionHouse, _ standings: Set<EInvoiceStanding> = [], text: String? = nil
    ) async throws -> EInvoicePage {
        try await house.workspace.eInvoices.page(EInvoiceQuery(standings: standings, text: text))
    }

    private static func write(_ house: ActionHouse, _ texts: [String: [UInt8]]) throws -> String {
        let folder = house.place.folder + "/drafts"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in texts { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        return folder
    }

    @Test func `an invoice is listed once, with its acknowledgement, until it is cancelled`() async throws {
        try await ActionHouse.with { house in
            let asked = try await house.generate()
            #expect(try await Self.page(house).rows.map(\.standing) == [.inWork])
            let end = try await house.workToTheEnd(asked.id)
            let registered = try #require(try await Self.page(house, [.registered]).rows.first)
            #expect(registered.irn == end.reference && registered.ackNumber.count == 15 && registered.ackAt != nil)
            #expect(registered.refusesCancellation(at: house.place.time.now) == nil)
            let irn = try #require(registered.irn)
            #expect(try await Self.page(house, text: "ge-7").total == 1)
            #expect(try await Self.page(house, text: String(irn.prefix(12)).uppercased()).total == 1)
            #expect(try await Self.page(house, text: "GE-8").total == 0)
            let dossier = try await house.workspace.eInvoices.dossier(registered.operation.id)
            #expect(dossier.verdict?.isTrue == true && dossier.qr != nil && dossier.sent?.items.count == 1)

            let cancel = try await house.workspace.eInvoices.cancel(
                irn: irn, reason: .duplicate, remark: "made twice")
            #expect(try await Self.page(house, [.cancelling]).total == 1)
            _ = try await house.workToTheEnd(cancel.id)
            #expect(try await Self.page(house, [.registered]).total == 0)
            let cancelled = try #require(try await Self.page(house).rows.first)
            #expect(cancelled.standing == .cancelled && cancelled.cancellation?.id == cancel.id)
            let withdrawal = try #require(cancelled.withdrawal)
            #expect(withdrawal.at != nil && withdrawal.reason == .duplicate && !withdrawal.remark.isEmpty)
            #expect(try await house.workspace.eInvoices.kept(irn: cancelled.irn ?? "").withdrawal == withdrawal)
            #expect(cancelled.refusesCancellation(at: house.place.time.now) == "It is cancelled already")
        }
    }

    @Test func `what a cancellation would send is told beforehand, and refused when it is too late`() async throws {
        try await ActionHouse.with { house in
            let end = try await house.workToTheEnd(try await house.generate().id)
            let irn = try #require(end.reference)
            let service = house.workspace.eInvoices
            let plan = try await service.cancelPlan(irn: irn, reason: .duplicate, remark: "made twice")
            #expect(plan.gstins == [house.seller] && plan.total == Rupees("708.00") && plan.calls == 1)
            #expect(plan.provider == ActionProvider(name: "sandbox-irp", isSimulated: true))
            #expect(try await house.workspace.operations.list(OperationQuery(kinds: [.einvoiceCancel])).total == 0)
            house.place.time.advance(.seconds(25 * 3_600))
            let late = await complaint {
                _ = try await service.cancelPlan(irn: irn, reason: .duplicate, remark: "made twice")
            }
            #expect(late?.status == .badData && late?.description.contains("24 hours") == true)
        }
    }

    @Test func `files are checked without a trace, and only what was looked at is registered`() async throws {
        try await ActionHouse.with { house in
            let folder = try Self.write(
                house,
                [
                    "a.json": house.invoice("GE-1"), "b.json": house.invoice("GE-2", total: "999.00"),
                    "c.json": house.invoice("GE-3"), "d.json": house.invoice("GE-1"), "e.json": Array("{".utf8),
                ])
            let batch = house.workspace.invoiceBatch
            let survey = try await batch.survey([folder])
            #expect(survey.drafts.map(\.isInOrder) == [true, false, true, false, false])
            #expect(survey.drafts[1].findings.contains { $0.path.contains("TotItemVal") })
            #expect(survey.drafts[3].refusal?.contains("stands in these files before") == true)
            let plan = try #require(survey.plan(survey.providers[0]))
            #expect(plan.calls == 2 && plan.total == Rupees("1416.00") && plan.gstins == [house.seller])
            #expect(try await Self.page(house).total == 0)

            // One of the two is edited after somebody has looked at it.
            _ = try Self.write(house, ["c.json": house.invoice("GE-33")])
            let queued = try await batch.queue(
                [folder], provider: "sandbox-irp", isChosen: true, confirmed: survey.confirmable)
            #expect(queued.operations.map(\.title) == ["INV GE-1 · Bela Stores"])
            #expect(queued.refused == 1 && queued.refusals.contains { $0.contains("changed since it was checked") })
            _ = try await house.workToTheEnd(try #require(queued.operations.first).id)

            let again = try await batch.survey([folder])
            #expect(again.drafts[0].known == .filed && !again.drafts[0].isInOrder && again.drafts[2].isInOrder)
            #expect(try house.ledger("irn").count == 1)
        }
    }

    @Test func `of several files one that cannot be read is held back, and costs the others nothing`() async throws {
        try await ActionHouse.with { house in
            let folder = try Self.write(house, ["a.json": house.invoice("GE-1")])
            let batch = house.workspace.invoiceBatch
            let survey = try await batch.survey([folder, "\(folder)/nowhere.json"])
            #expect(survey.drafts.map(\.isInOrder) == [true, false])
            #expect(survey.drafts[1].refusal?.contains("nowhere.json") == true)
            let queued = try await batch.queue(
                survey.paths, provider: "sandbox-irp", isChosen: true, confirmed: survey.confirmable)
            #expect(queued.operations.count == 1 && queued.refused == 0)
            let alone = await complaint { _ = try await batch.survey(["\(folder)/nowhere.json"]) }
            #expect(alone?.status == .badData)
        }
    }

    @Test func `a plan tells of each invoice through whom it goes, or why it stays`() async throws {
        try await ActionHouse.with { house in
            let folder = try Self.write(
                house, ["a.json": house.invoice("GE-1"), "b.json": house.invoice("GE-2", total: "999.00")])
            let batch = house.workspace.invoiceBatch
            let planned = try await batch.plan(folder)
            #expect(planned.map(\.provider?.name) == ["sandbox-irp", nil] && planned[0].provider?.isSimulated == true)
            #expect(try await Self.page(house).total == 0)
            try await house.workspace.apiUsers.remove(house.seller, provider: "sandbox-irp")
            let without = try await batch.plan("\(folder)/a.json", provider: "sandbox-irp")
            #expect(without.map(\.provider) == [nil])
            #expect(without[0].hindrance?.contains("no API user") == true)
            let unknown = await complaint { _ = try await batch.plan(folder, provider: "nobody") }
            #expect(unknown?.status == .badData)
        }
    }

    @Test func `drafts before the invoices take their part of pages, serials and totals`() async throws {
        try await ActionHouse.with { house in
            for number in 1...5 {
                _ = try await house.workspace.eInvoices.generate(house.invoice("GE-\(number)"))
            }
            func page(_ number: Int, leading: Int, isLeadingOnly: Bool = false) async throws -> EInvoicePage {
                var query = EInvoiceQuery(page: number, perPage: 4)
                (query.leading, query.isLeadingOnly) = (leading, isLeadingOnly)
                return try await house.workspace.eInvoices.page(query)
            }
            let first = try await page(1, leading: 3)
            #expect(first.leading == 3 && first.rows.map(\.operation.title) == ["INV GE-5 · Bela Stores"])
            #expect(first.total == 8 && first.pageCount == 2 && first.firstSerial == 1)
            let second = try await page(2, leading: 3)
            #expect(second.leading == 0 && second.rows.count == 4 && second.firstSerial == 5)
            let many = try await page(2, leading: 6)
            #expect(many.leading == 2 && many.rows.count == 2 && many.firstSerial == 5 && many.total == 11)
            let only = try await page(1, leading: 3, isLeadingOnly: true)
            #expect(only.leading == 3 && only.rows.isEmpty && only.total == 3 && only.pageCount == 1)
        }
    }

    @Test func `files whose long names are alike at both ends are two`() async throws {
        try await ActionHouse.with { house in
            let middle = String(repeating: "m", count: 120)
            func path(_ letter: String) -> [String] {
                [String(repeating: "a", count: 150), "\(middle)\(letter)\(middle)", String(repeating: "z", count: 190)]
            }
            var paths: [String] = []
            for (letter, number) in [("1", "GE-1"), ("2", "GE-2")] {
                let folder = house.place.folder + "/" + path(letter).joined(separator: "/")
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data(house.invoice(number)).write(to: URL(fileURLWithPath: folder + "/a.json"))
                paths.append(folder + "/a.json")
            }
            let survey = try await house.workspace.invoiceBatch.survey(paths)
            #expect(survey.drafts.map(\.isInOrder) == [true, true] && Set(survey.drafts.map(\.id)).count == 2)
            #expect(survey.drafts.allSatisfy { $0.source.count <= 200 && $0.source.hasSuffix("/a.json") })
            // The same file under another spelling of its path is the same draft.
            let twice = try await house.workspace.invoiceBatch.survey([
                paths[0], paths[0].replacing("/a.json", with: "/./a.json"),
            ])
            #expect(twice.drafts.count == 1)
        }
    }

    @Test func `a document that stands in two files with other content is told beforehand in both`() async throws {
        try await ActionHouse.with { house in
            let other = String(decoding: house.invoice("ge-1"), as: UTF8.self).replacing(
                "Steel boxes", with: "Iron boxes")
            let folder = try Self.write(
                house,
                [
                    "a.json": house.invoice("GE-1"), "b.json": Array(other.utf8), "c.json": house.invoice("GE-3"),
                    "d.json": house.invoice("GE-3"),
                ])
            let batch = house.workspace.invoiceBatch
            let survey = try await batch.survey([folder])
            #expect(survey.drafts.map(\.isInOrder) == [false, false, true, false])
            func told(_ findings: [Finding]) -> Finding? { findings.first { $0.rule == "document.twice" } }
            #expect(told(survey.drafts[0].findings)?.problem.hasSuffix("other content in \(folder)/b.json") == true)
            #expect(told(survey.drafts[1].findings)?.problem.hasSuffix("other content in \(folder)/a.json") == true)
            #expect(survey.drafts[3].refusal?.hasSuffix("\(folder)/c.json") == true)
            let entries = try await batch.read(folder)
            #expect(entries.map(\.isInOrder) == [false, false, true, true])
            #expect(told(entries[0].findings)?.path == "DocDtls.No" && told(entries[2].findings) == nil)
            #expect(entries[3].findings.contains { $0.rule == "document.repeated" && $0.severity == .warning })
        }
    }

    @Test func `of two that differ the registered one stands, and the other is told`() async throws {
        try await ActionHouse.with { house in
            _ = try await house.workToTheEnd(try await house.generate("GE-1").id)
            let other = String(decoding: house.invoice("GE-1"), as: UTF8.self).replacing(
                "Steel boxes", with: "Iron boxes")
            let folder = try Self.write(house, ["a.json": house.invoice("GE-1"), "b.json": Array(other.utf8)])
            let drafts = try await house.workspace.invoiceBatch.survey([folder]).drafts
            #expect(drafts.map(\.known) == [.filed, .filed] && drafts.map(\.isInOrder) == [false, false])
            #expect(drafts[0].refusal == nil && drafts[0].errors == 0)
            #expect(drafts[1].refusal?.contains("a change needs another number") == true)
        }
    }
}
