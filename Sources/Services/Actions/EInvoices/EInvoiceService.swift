import Domain
import Store
import Wire

/// E-invoices: checked before they leave, registered exactly once.
public struct EInvoiceService: Sendable {
    let workspace: Workspace

    /// Who is to register invoices.
    enum Choice: Sendable {
        /// That one and no other.
        case named(String)
        /// The best of those that keep an API user of the seller.
        case any
        /// The best of those that are simulated, or real, as this one, which a person was shown.
        case like(String)
    }

    /// - Throws: a `Complaint`: 65 with the first finding when the portal would refuse the invoice.
    func request(
        _ invoice: Invoice?, _ findings: [Finding], through choice: Choice
    ) throws(Complaint) -> OperationService.Request {
        var request = try Self.request(invoice, findings) { gstin throws(Complaint) in
            if case .named(let name) = choice { return name }
            if case .like(let shown) = choice { return try workspace.provider(.irp, for: gstin, like: shown) }
            return try workspace.standardProvider(.irp, for: gstin)
        }
        if case .named = choice { request.isPinned = true }
        return request
    }

    /// The operation of exactly this invoice that stands already. What the rules say of it by now is of no matter: it
    /// was in order when it was asked for.
    func standing(_ invoice: Invoice?) async throws(Complaint) -> PortalOperation? {
        guard let request = try? Self.request(invoice, [], provider: { _ in "" }) else { return nil }
        let found = try await workspace.read { try $0.operation(key: request.businessKey) }
        guard let found, found.fingerprint == request.fingerprint, found.state.stands else { return nil }
        return found
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
                remedy: others > 0 ? "\(error.remedy). `portaldesk einvoice check` names them all" : error.remedy,
                status: .badData)
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
