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

    /// Queues the registration of one invoice.
    ///
    /// - Parameter provider: nil for the best of those that keep an API user of the seller.
    /// - Throws: a `Complaint`: 65 with the first finding when the portal would refuse the invoice.
    public func generate(_ bytes: [UInt8], provider: String? = nil) async throws(Complaint) -> PortalOperation {
        let reading = check(bytes)
        return try await workspace.operations.submit(
            try request(reading.value, reading.findings, provider: provider))
    }

    func request(
        _ invoice: Invoice?, _ findings: [Finding], provider: String?
    ) throws(Complaint) -> OperationService.Request {
        var request = try Self.request(invoice, findings) { gstin throws(Complaint) in
            if let provider { return provider }
            return try workspace.standardProvider(.irp, for: gstin)
        }
        request.isPinned = provider != nil
        return request
    }

    /// - Parameter provider: chosen for the seller.
    /// - Throws: a `Complaint` (65) when the portal would refuse the invoice.
    static func request(
        _ invoice: Invoice?, _ findings: [Finding], provider: (Gstin) throws(Complaint) -> String
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
            kind: .einvoiceGenerate, gstin: gstin, businessKey: businessKey(source),
            provider: try provider(gstin),
            payload: InvoiceJSON.write(invoice), expectedReference: Irn(of: source).text,
            title: "\(source.documentType) \(source.documentNumber) · \(invoice.buyer.legalName ?? "")",
            total: invoice.totals.invoiceTotal.flatMap { Rupees($0.description) })
    }
}

extension Workspace {
    public var eInvoices: EInvoiceService { EInvoiceService(workspace: self) }
}
