import Domain
import Store
import Wire

extension EInvoiceService {
    /// Queues the cancellation of a registered invoice. The portal takes it within 24 hours of the acknowledgement; its
    /// number cannot be registered again in that year (facts: nic-einvoice-ewb 3.1).
    ///
    /// - Parameters:
    ///   - remark: 1 to 100 characters.
    ///   - provider: one that reaches the portal which registered it; nil for the one through which that was done.
    /// - Throws: a `Complaint`: 65 when the portal would refuse it, or the IRN is none of ours; 78 when the file of the
    ///   provider that registered it is gone.
    public func cancel(
        irn: String, reason: InvoiceCancelReason, remark: String, provider: String? = nil
    ) async throws(Complaint) -> PortalOperation {
        try await workspace.operations.submit(
            try await cancellation(irn: irn, reason: reason, remark: remark, provider: provider))
    }

    /// What `cancel` would send, for a person to confirm.
    ///
    /// - Throws: as `cancel`, and 65 when it was asked for already.
    public func cancelPlan(
        irn: String, reason: InvoiceCancelReason, remark: String, provider: String? = nil
    ) async throws(Complaint) -> ActionPlan {
        try await workspace.operations.plan(
            try await cancellation(irn: irn, reason: reason, remark: remark, provider: provider))
    }

    private func cancellation(
        irn: String, reason: InvoiceCancelReason, remark: String, provider: String?
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
            try await refuseUnderBill(invoice)
        }
        let operation = invoice.operation
        return OperationService.Request(
            kind: .einvoiceCancel, gstin: operation.gstin, businessKey: Self.cancelKey(invoice.irn),
            provider: try workspace.maker(of: operation, "the invoice", named: provider),
            payload: InvoiceJSON.write(cancellation), expectedReference: invoice.irn,
            title: operation.title, total: operation.total)
    }

    /// The portal takes no cancellation while an e-way bill of the invoice holds (2230).
    private func refuseUnderBill(_ invoice: KeptInvoice) async throws(Complaint) {
        for bill in try await workspace.eWayBills.made(of: invoice) {
            guard !bill.isCancelled, bill.validUntil.map({ $0 > workspace.now }) ?? true else { continue }
            throw Complaint(
                "the invoice cannot be cancelled", why: "its e-way bill \(bill.number) holds",
                remedy: "Cancel the bill first", status: .badData)
        }
    }

    /// Registrations that were taken back since. Asked for again they are the same operations, and no invoice stands.
    public func cancelled(among operations: [PortalOperation]) async throws(Complaint) -> Set<OperationId> {
        let filed = operations.filter { $0.kind == .einvoiceGenerate && $0.state == .filed }
        return try await workspace.read { reader in
            let gone = try filed.filter { operation in
                guard let irn = operation.reference else { return false }
                return try reader.operation(key: Self.cancelKey(irn))?.state == .filed
            }
            return Set(gone.map(\.id))
        }
    }
}
