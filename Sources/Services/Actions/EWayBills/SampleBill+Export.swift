import Domain

extension EWayBillService {
    /// Writes a bill of today to fill in, whole or not at all.
    ///
    /// - Parameter gstin: whose bill it is; nil for a made-up one.
    /// - Throws: a `Complaint`: 74 when it cannot be written, 77 for somebody who may see nothing here.
    public func exportSample(gstin: Gstin?, to target: ExportTarget) async throws(Complaint) {
        try await workspace.permit(.see)
        let sample = SampleBill(gstin: gstin, day: LegalDate.inIndia(workspace.now))
        try workspace.eInvoices.export(Array((sample.text + "\n").utf8), to: target)
    }
}
