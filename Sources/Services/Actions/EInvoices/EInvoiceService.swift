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
    /// - Parameter provider: nil for the one that `[actions] irp` of the settings names, or the only one there is.
    /// - Throws: a `Complaint`: 65 with the first finding when the portal would refuse the invoice.
    public func generate(_ bytes: [UInt8], provider: String? = nil) async throws(Complaint) -> PortalOperation {
        let reading = check(bytes)
        if let error = reading.findings.first(where: { $0.severity == .error }) {
            let others = reading.findings.filter { $0.severity == .error }.count - 1
            let more = others > 0 ? " (and \(Counted.text(others, "other mistake")))" : ""
            throw Complaint(
                "the invoice cannot be registered: \(error.path.isEmpty ? "the file" : error.path) \(error.problem)\(more)",
                remedy: error.remedy, status: .badData)
        }
        guard var invoice = reading.value, let source = IrnSource(invoice), let gstin = try? Gstin(source.sellerGstin)
        else {
            throw Complaint(
                "the invoice cannot be registered", why: "it lacks its number or its seller", status: .badData)
        }
        // The portals turn it to capitals before they sign it, so that is what is sent and shown.
        invoice.document.number = source.documentNumber
        let chosen: String
        if let provider { chosen = provider } else { chosen = try standardProvider(.irp) }
        let total = invoice.totals.invoiceTotal.flatMap { Rupees($0.description) }
        return try await workspace.operations.submit(
            OperationService.Request(
                kind: .einvoiceGenerate, gstin: gstin,
                businessKey: Self.businessKey(source),
                provider: chosen, payload: InvoiceJSON.write(invoice), expectedReference: Irn(of: source).text,
                title: "\(source.documentType) \(source.documentNumber) · \(invoice.buyer.legalName ?? "")",
                total: total))
    }

    private func standardProvider(_ system: ActionSystem) throws(Complaint) -> String {
        let files = workspace.providers().files.filter { $0.profile.connector.rawValue == system.rawValue }
        if let only = files.first, files.count == 1 { return only.name }
        if let standard = files.first(where: \.profile.isDefault) { return standard.name }
        guard !files.isEmpty else {
            throw Complaint(
                "no provider reaches the \(system.title)", remedy: "Add one with `portaldesk provider add FILE`",
                status: .badConfiguration)
        }
        throw Complaint(
            "several providers reach the \(system.title): \(files.map(\.name).joined(separator: ", "))",
            remedy: "Name one with --provider, or write default = true in its file", status: .usage)
    }
}

extension Workspace {
    public var eInvoices: EInvoiceService { EInvoiceService(workspace: self) }
}
