import Domain

@testable import Services

extension EInvoiceService {
    /// Queues one invoice as a file of its own would be.
    func generate(_ bytes: [UInt8], provider: String? = nil) async throws -> PortalOperation {
        let batch = workspace.invoiceBatch
        var entries = InvoiceBatch.entries(bytes, "invoice.json", batch.rules)
        try await batch.submit(&entries, provider.map { .named($0) } ?? .any)
        if let refusal = entries.first?.refusal { throw refusal }
        guard let operation = entries.first?.operation, entries.count == 1 else {
            throw Complaint("\(entries.count) invoices", status: .badData)
        }
        return operation
    }
}
