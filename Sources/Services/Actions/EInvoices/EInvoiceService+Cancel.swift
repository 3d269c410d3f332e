import Domain
import Wire

extension EInvoiceService {
    /// Queues the cancellation of a registered invoice. The portal takes it within 24 hours of the acknowledgement; its
    /// number cannot be registered again in that year (facts: nic-einvoice-ewb 3.1).
    ///
    /// - Parameter remark: 1 to 100 characters.
    /// - Throws: a `Complaint`: 65 when the portal would refuse it, or the IRN is none of ours.
    public func cancel(
        irn: String, reason: InvoiceCancelReason, remark: String
    ) async throws(Complaint) -> PortalOperation {
        try await workspace.operations.submit(try await cancellation(irn: irn, reason: reason, remark: remark))
    }

    /// What `cancel` would send, for a person to confirm.
    ///
    /// - Throws: as `cancel`, and 65 when it was asked for already.
    public func cancelPlan(
        irn: String, reason: InvoiceCancelReason, remark: String
    ) async throws(Complaint) -> ActionPlan {
        try await workspace.operations.plan(try await cancellation(irn: irn, reason: reason, remark: remark))
    }

    private func cancellation(
        irn: String, reason: InvoiceCancelReason, remark: String
    ) async throws(Complaint) -> OperationService.Request {
        let invoice = try await kept(irn: irn)
        var cancellation = InvoiceCancellation()
        cancellation.irn = invoice.irn
        cancellation.reason = reason.rawValue
        cancellation.remark = remark
        // A cancellation that stands already is followed, however late it has become.
        if invoice.cancellation?.state.isFinished != false, !invoice.isCancelled {
            let findings = InvoiceRules.check(
                cancellation, acknowledged: invoice.ackAt ?? workspace.now, at: workspace.now)
            if let error = findings.first(where: { $0.severity == .error }) {
                throw Complaint(
                    "the invoice cannot be cancelled: \(error.path) \(error.problem)", remedy: error.remedy,
                    status: .badData)
            }
        }
        let operation = invoice.operation
        return OperationService.Request(
            kind: .einvoiceCancel, gstin: operation.gstin, businessKey: Self.cancelKey(invoice.irn),
            provider: operation.provider, payload: InvoiceJSON.write(cancellation), expectedReference: invoice.irn,
            title: operation.title, total: operation.total)
    }
}
