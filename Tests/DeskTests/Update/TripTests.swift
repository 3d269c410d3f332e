import Domain
import Foundation
import Services
import TerminalKit
import Testing

@testable import Desk

/// What commands could do and the desk can as well: consolidated bills, an invoice from the portal, the sheet template,
/// the check of provider files.
@Suite("Commands that became keys") struct TripTests {
    private static let plan = ActionPlan(
        kind: .ewaybillConsolidate, gstins: [Sample.gstin(0)], documents: ["2 bills in UP32CD5678"], calls: 1,
        provider: ActionProvider(name: "sandbox-ewb", isSimulated: true))

    /// The bills that hold: the second and the fourth.
    static func marked(size: Size = Sample.wide) throws -> Bench {
        var bench = try EWayBillsTests.open(size: size)
        bench.press(.down, .space, .down, .space)
        return bench
    }

    @Test func `marked bills go on in one vehicle after a form and a yes`() throws {
        var bench = try EWayBillsTests.open()
        bench.press("c")
        #expect(bench.toasts.last == "Mark the bills that go on in one vehicle first, with Space")
        bench = try Self.marked()
        #expect(bench.shows("c consolidate"))
        bench.press("c")
        #expect(bench.shows("Consolidated bill · 2 bills") && bench.shows("331001000002, 331001000004"))
        bench.press(.backtab, .backtab, .enter)
        #expect(bench.shows("the number plate is needed") && bench.shows("where the goods are is needed"))
        bench.type("up32 cd 5678")
        bench.press(.tab)
        bench.type("Kanpur")
        bench.press(.tab, .tab, .enter)
        guard case .eWayBills(.planTrip(let request, asker: nil), _)? = bench.effects.last else {
            Issue.record("\(bench.effects)\n\(bench.screen)")
            return
        }
        #expect(request.bills.compactMap(\.number) == [331_001_000_002, 331_001_000_004])
        #expect(
            request.transport.vehicleNumber == "UP32CD5678" && request.fromPlace == "Kanpur" && request.fromState == 9)
        try bench.answerLast(.planned(Self.plan))
        #expect(bench.shows("Make this consolidated bill?") && bench.shows("by road, UP32CD5678"))
        bench.press(.enter)
        func makes() -> Bool {
            bench.history.contains {
                if case .eWayBills(.makeTrip(request, asker: nil), _) = $0 { true } else { false }
            }
        }
        #expect(!makes(), "No is the answer that stands")
        bench.press(.enter)
        try bench.answerLast(.planned(Self.plan))
        bench.press("y")
        #expect(makes())
    }

    @Test func `a bill that cannot go on says why, before any form`() throws {
        var bench = try EWayBillsTests.open()
        bench.press(.down, .space, .down, .down, .space, "c")
        #expect(bench.toasts.last == "331001000005 has expired; extend it first")
        var rejected = Sample.bill(6, made: -6, ends: 53)
        rejected.isRejected = true
        bench = try EWayBillsTests.open(size: Sample.wide, [Sample.bill(4, made: -6, ends: 53), rejected])
        bench.press("A", "c")
        #expect(bench.toasts.last == "The other party rejected 331001000006")
    }

    static let read = ReadInvoice(
        irn: String(repeating: "ab12", count: 16), ackNumber: "112610100000077", ackAt: Sample.now,
        isCancelled: false, sellerGstin: Sample.gstins[0], buyerGstin: Sample.gstins[1], title: "INV GE-77",
        total: Decimal(708), signedInvoice: "eyJhbGciOiJSUzI1NiJ9.x.y", signedQr: nil, gstin: Sample.gstin(0),
        provider: "sandbox-irp", readAt: Sample.now)

    @Test func `an invoice is fetched from the portal by its IRN or its document, and shown`() throws {
        var bench = try EInvoicesTests.open([])
        bench.press("g", .enter)
        #expect(bench.shows("✗ an IRN is needed"))
        bench.type("inv/GE-7/1/2026-11-20 \(Sample.gstins[0])")
        bench.press(.enter)
        let document = EInvoiceService.Wanted.document(
            Sample.gstin(0), type: .invoice, number: "GE-7/1", date: try #require(LegalDate("2026-11-20")))
        #expect(
            bench.effects.contains {
                if case .eInvoices(.ask(document, asker: Sample.gstin(0)), _) = $0 { true } else { false }
            }, "\(bench.effects)")
        bench.press("g")
        bench.type(Self.read.irn)
        bench.press(.enter)
        try bench.answerLast(.readInvoice(Self.read))
        for text in ["INV GE-77 · ₹708.00", "✓ Registered", Self.read.irn, "112610100000077", "its signature fits"] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.escape, "g")
        bench.type("GE-7 nobody")
        bench.press(.enter)
        #expect(bench.toasts.last == "That is no IRN and no document")
    }

    @Test func `the sheet template is written where a person says, and replaces nothing unasked`() throws {
        var bench = try EInvoicesTests.open([])
        bench.press("T", .enter)
        #expect(
            bench.effects.contains {
                if case .eInvoices(.template(file: "/exports/e-invoices.csv", replaces: false), _) = $0 {
                    true
                } else {
                    false
                }
            })
        try bench.answerLast(.fileExists("/exports/e-invoices.csv"))
        #expect(bench.shows("Replace the file?"))
        bench.press("y")
        #expect(
            bench.effects.contains {
                if case .eInvoices(.template(file: "/exports/e-invoices.csv", replaces: true), _) = $0 {
                    true
                } else {
                    false
                }
            })
    }

    static func checked(size: Size = Sample.wide) throws -> Bench {
        var bench = try ProvidersTests.open(size: size)
        bench.press("c")
        let folder = "/home/providers"
        try bench.answerLast(
            .providerFiles([
                CheckedProviderFile(path: "\(folder)/bridge.toml", name: "bridge", findings: []),
                CheckedProviderFile(
                    path: "\(folder)/gsp.toml",
                    findings: [
                        .init(.problem, "\(folder)/gsp.toml:7: urls.base: is needed", line: 7, key: "urls.base"),
                        .init(.problem, "\(folder)/gsp.toml: auth: is missing"),
                    ]),
            ]))
        return bench
    }

    static func fetched(size: Size = Sample.wide) throws -> Bench {
        var bench = try EInvoicesTests.open(size: size, [])
        bench.press("g")
        bench.type(read.irn)
        bench.press(.enter)
        try bench.answerLast(.readInvoice(read))
        return bench
    }

    @Test func `one key checks every provider file, and each mistake stands with its line`() throws {
        var bench = try Self.checked()
        for text in [
            "2 provider files", "1 not ready for use", "✓ bridge.toml · bridge", "✗ gsp.toml",
            "✗ line 7: urls.base: is needed", "✗ auth: is missing",
        ] {
            #expect(bench.shows(text), "\(text)")
        }
        bench.press(.escape)
        #expect(bench.shows("Providers"))
    }
}
