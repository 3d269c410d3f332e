import Domain
import Portals
import Store
import Wire

/// E-invoices: checked before they leave, registered exactly once.
public struct EInvoiceService: Sendable {
    let workspace: Workspace

    /// What a file says, and everything that is wrong with it. Sends nothing.
    func check(_ bytes: [UInt8]) -> DocumentReading<Invoice> {
        InvoiceJSON.check(bytes, on: LegalDate.inIndia(workspace.now))
    }

    /// Everything that is wrong with a file.
    public func findings(_ bytes: [UInt8]) -> [Finding] { check(bytes).findings }

    /// Queues the registration of one invoice.
    ///
    /// - Parameter provider: nil for the only one that reaches a registration portal, or the one that is the default.
    /// - Throws: a `Complaint`: 65 with the first finding when the portal would refuse the invoice.
    public func generate(_ bytes: [UInt8], provider: String? = nil) async throws(Complaint) -> PortalOperation {
        let reading = check(bytes)
        let chosen = try chosen(provider)
        return try await workspace.operations.submit(
            try Self.request(reading.value, reading.findings, provider: chosen))
    }

    /// - Throws: a `Complaint` (65) when the portal would refuse the invoice.
    static func request(
        _ invoice: Invoice?, _ findings: [Finding], provider: String
    ) throws(Complaint) -> OperationService.Request {
        if let error = findings.first(where: { $0.severity == .error }) {
            let others = findings.count { $0.severity == .error } - 1
            let more = others > 0 ? " (and \(Counted.text(others, "other mistake")))" : ""
            throw Complaint(
                "the invoice cannot be registered: \(error.path.isEmpty ? "the file" : error.path) \(error.problem)\(more)",
                remedy: error.remedy, status: .badData)
        }
        guard var invoice, let source = IrnSource(invoice), let gstin = try? Gstin(source.sellerGstin) else {
            throw Complaint(
                "the invoice cannot be registered", why: "it lacks its number or its seller", status: .badData)
        }
        // The portals turn it to capitals before they sign it, so that is what is sent and shown.
        invoice.document.number = source.documentNumber
        return OperationService.Request(
            kind: .einvoiceGenerate, gstin: gstin, businessKey: businessKey(source), provider: provider,
            payload: InvoiceJSON.write(invoice), expectedReference: Irn(of: source).text,
            title: "\(source.documentType) \(source.documentNumber) · \(invoice.buyer.legalName ?? "")",
            total: invoice.totals.invoiceTotal.flatMap { Rupees($0.description) })
    }

    func chosen(_ provider: String?) throws(Complaint) -> String {
        if let provider { return provider }
        return try workspace.standardProvider(.irp)
    }
}

extension Workspace {
    public var eInvoices: EInvoiceService { EInvoiceService(workspace: self) }
}
