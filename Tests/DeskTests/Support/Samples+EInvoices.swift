import Domain
import Secrets
import Services
import TerminalKit

@testable import Desk

extension Sample {
    static func registration(_ number: Int, _ state: OperationState) -> PortalOperation {
        let digits = String(repeating: "\(number % 10)e5b", count: 16)
        return PortalOperation(
            id: OperationId(at: now, random: [UInt8](repeating: UInt8(number), count: 10)), kind: .einvoiceGenerate,
            gstin: Sample.gstin(0), businessKey: "\(gstins[0])/INV/GE-\(number)/2026-27", provider: "sandbox-irp",
            state: state, fingerprint: String(repeating: "ab", count: 32), reference: state == .filed ? digits : nil,
            expectedReference: digits, title: "INV GE-\(number) · \(businesses[number % businesses.count])",
            total: Rupees("7\(number)08.00"), attempts: state == .queued ? 0 : 1, createdAt: now - .seconds(90),
            createdBy: "asha", updatedAt: now, nextStepAt: state == .unknown ? now + .seconds(600) : nil,
            code: state == .rejected ? "2176" : nil,
            message: state == .unknown
                ? "the connection was closed before an answer" : state == .rejected ? "the HSN code is not known" : "")
    }

    static func gstin(_ index: Int) -> Gstin {
        guard let gstin = try? Gstin(gstins[index]) else { preconditionFailure("a sample is no GSTIN") }
        return gstin
    }

    static func cancellation(of invoice: PortalOperation, _ state: OperationState) -> PortalOperation {
        var operation = invoice
        operation.id = OperationId(at: now, random: [UInt8](repeating: 200, count: 10))
        (operation.kind, operation.state) = (.einvoiceCancel, state)
        operation.businessKey = "cancel/\(invoice.reference ?? "")"
        return operation
    }

    /// One of each standing that people meet.
    static let eInvoices: [EInvoice] = {
        let done = registration(4, .filed)
        return [
            EInvoice(operation: registration(1, .unknown)), EInvoice(operation: registration(2, .queued)),
            EInvoice(
                operation: registration(3, .filed), ackNumber: "112610100000003", ackAt: now - .seconds(3_600)),
            EInvoice(
                operation: done, cancellation: cancellation(of: done, .filed), ackNumber: "112610100000004",
                ackAt: now - .seconds(7_200)),
            EInvoice(operation: registration(5, .rejected)),
            EInvoice(
                operation: registration(6, .filed), ackNumber: "112610100000006", ackAt: now - .seconds(100_000)),
        ]
    }()

    /// - Parameter leading: drafts that stand before them.
    static func eInvoicePage(_ rows: [EInvoice] = eInvoices, leading: Int = 0) -> EInvoicePage {
        let total = rows.count + leading
        return EInvoicePage(
            rows: rows, page: 1, pageCount: 1, total: total, firstSerial: total == 0 ? 0 : 1,
            standing: rows.isEmpty ? OperationStanding() : OperationStanding(queued: 1, inDoubt: 1), leading: leading)
    }

    static let sentInvoice: Invoice = {
        var invoice = Invoice()
        invoice.transaction.supplyType = "B2B"
        (invoice.document.type, invoice.document.number, invoice.document.date) = ("INV", "GE-3", "20/11/2026")
        (invoice.seller.legalName, invoice.seller.gstin, invoice.seller.location) = (
            businesses[0], gstins[0], "Lucknow"
        )
        (invoice.buyer.legalName, invoice.buyer.gstin, invoice.buyer.location) = (
            businesses[3], gstins[2], "Bengaluru"
        )
        invoice.buyer.placeOfSupply = "29"
        invoice.totals.assessable = ExactDecimal("6278.00")
        invoice.totals.igst = ExactDecimal("1130.00")
        invoice.totals.invoiceTotal = ExactDecimal("7308.00")
        var item = InvoiceItem()
        (item.serialNumber, item.description, item.hsnCode, item.unit) = ("1", "Steel boxes", "732690", "NOS")
        (item.quantity, item.unitPrice, item.gstRate) = (ExactDecimal("10"), ExactDecimal("627.80"), ExactDecimal("18"))
        item.itemTotal = ExactDecimal("7308.00")
        invoice.items = [item]
        return invoice
    }()

    static func dossier(_ invoice: EInvoice, hasQr: Bool = false) -> EInvoiceService.Dossier {
        let code = hasQr ? try? QrCode(SecretBytes(utf8: String(repeating: "eyJhbGciOiJSUzI1NiJ9.", count: 12))) : nil
        return EInvoiceService.Dossier(
            invoice: invoice, sent: sentInvoice, qr: code, absence: code == nil ? "The portal gave no signed QR." : "")
    }

    static let survey = InvoiceSurvey(
        paths: ["/march"],
        drafts: [
            InvoiceSurvey.Draft(
                source: "/march/ge-1.json", title: "INV GE-1 · Prime Traders", gstin: gstin(0), total: Rupees("708.00"),
                irn: String(repeating: "1a2b", count: 16), fingerprint: "f1",
                key: "\(gstins[0])/INV/GE-1/2026-27"),
            InvoiceSurvey.Draft(
                source: "/march/ge-2.json", title: "INV GE-2 · Blue Lotus Exports", gstin: gstin(0),
                total: Rupees("999.00"),
                findings: [
                    Finding(
                        .error, at: "ItemList[0].TotItemVal", rule: "item.total", code: "2194",
                        "is 999.00, its parts make 708.00", remedy: "Write 708.00"),
                    Finding(.warning, at: "SellerDtls.Pin", rule: "pin.state", "is not usual for state 09"),
                ]),
            InvoiceSurvey.Draft(
                source: "/march/ge-3.json", title: "INV GE-3 · Kaveri Silks", gstin: gstin(0), total: Rupees("500.00"),
                irn: String(repeating: "3c4d", count: 16), known: .filed, fingerprint: "f3"),
            InvoiceSurvey.Draft(
                source: "/march/sales.csv line 12", title: "INV GE-4 · Sundar Auto", gstin: gstin(1),
                total: Rupees("1200.50"), irn: String(repeating: "5e6f", count: 16),
                findings: [Finding(.warning, at: "BuyerDtls.Pin", rule: "pin.state", "is not usual for state 29")],
                fingerprint: "f4"),
        ],
        providers: [
            ActionProvider(name: "sandbox-irp", isSimulated: true),
            ActionProvider(name: "firm-irp", isSimulated: false),
        ])
}
