import Domain

extension EInvoiceService {
    /// Writes the first line of a sheet of drafts, whole or not at all.
    ///
    /// - Throws: a `Complaint`: 74 when it cannot be written, 77 for somebody who may see nothing here.
    public func exportTemplate(to target: ExportTarget) async throws(Complaint) {
        try await workspace.permit(.see)
        try export(Array((InvoiceTemplate.header + "\r\n").utf8), to: target)
    }
}
