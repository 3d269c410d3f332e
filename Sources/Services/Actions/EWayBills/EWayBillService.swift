import Domain
import Store
import Wire

/// E-way bills: checked before they leave, made and changed exactly once each.
public struct EWayBillService: Sendable {
    let workspace: Workspace

    /// Queues a bill that stands on no IRN.
    ///
    /// - Parameters:
    ///   - bytes: the bill as the e-way bill system takes it, JSON.
    ///   - confirmed: fingerprint of what a person has looked at; anything else is not queued.
    /// - Throws: a `Complaint`: 65 with the first finding when the system would refuse it.
    public func generate(
        _ bytes: [UInt8], provider: String? = nil, confirmed: String? = nil
    ) async throws(Complaint) -> PortalOperation {
        let request = try await asked(bytes, provider)
        if let confirmed, confirmed != request.fingerprint { throw Complaint.unconfirmed }
        return try await workspace.operations.submit(request)
    }

    func asked(_ bytes: [UInt8], _ provider: String?) async throws(Complaint) -> OperationService.Request {
        try Self.requireOwnForm(bytes)
        let reading = EWayBillJSON.check(
            bytes, on: LegalDate.inIndia(workspace.now), workspace.settings.eWayBills.rules)
        try Self.refuse(reading.findings)
        guard let bill = reading.value, let gstin = Self.asker(of: bill) else {
            throw Complaint(
                "the bill cannot be made", why: "it does not say whose it is",
                remedy: "Write userGstin: the GSTIN that asks for the bill", status: .badData)
        }
        let document = "\(bill.documentType ?? "") \(bill.documentNumber ?? "")"
        let key = Self.documentKey(
            gstin, bill.documentType ?? "", bill.documentNumber ?? "", bill.documentDate ?? "")
        let kind = OperationKind.ewaybillGenerate
        return OperationService.Request(
            kind: kind, gstin: gstin, businessKey: try await nextKey(key, kind),
            provider: try chosen(provider, kind, gstin), payload: EWayBillJSON.write(bill),
            title: "\(document) · \(bill.to.tradeName ?? "")",
            total: bill.totals.invoice.flatMap { Rupees($0.description) })
    }

    /// Queues a bill for an invoice that is registered and kept here.
    ///
    /// - Throws: a `Complaint`: 65 when the IRN is none of ours, or the portal would refuse the bill.
    public func generate(
        _ request: EWayBillByIrn, provider: String? = nil
    ) async throws(Complaint) -> PortalOperation {
        try await workspace.operations.submit(try await asked(request, provider))
    }

    /// What making a bill for a registered invoice would send, for a person to confirm.
    ///
    /// - Throws: as `generate`, and 65 when a bill stands for it already.
    public func plan(_ request: EWayBillByIrn, provider: String? = nil) async throws(Complaint) -> ActionPlan {
        var plan = try await workspace.operations.plan(try await asked(request, provider))
        plan.reference = request.irn
        return plan
    }

    private func asked(
        _ request: EWayBillByIrn, _ provider: String?
    ) async throws(Complaint) -> OperationService.Request {
        let kept = try await workspace.eInvoices.kept(irn: request.irn ?? "")
        guard !kept.isCancelled else {
            throw Complaint("no bill can be made of a cancelled invoice", status: .badData)
        }
        let invoice = InvoiceJSON.read(kept.sent).value
        try Self.refuse(
            EWayBillRules.check(
                request, for: invoice, on: LegalDate.inIndia(workspace.now), workspace.settings.eWayBills.rules))
        return OperationService.Request(
            kind: .ewaybillByIrn, gstin: kept.operation.gstin,
            businessKey: try await nextKey("ewb-irn/\(kept.irn)", .ewaybillByIrn),
            provider: try workspace.maker(of: kept.operation, "the invoice", named: provider),
            payload: EWayBillJSON.write(request),
            title: kept.operation.title, total: kept.operation.total)
    }

    /// A request for the bill of a registered invoice, as the portal takes it; `Irn` may be missing from it.
    ///
    /// - Throws: a `Complaint` (65) for what cannot be read.
    public static func request(_ bytes: [UInt8]) throws(Complaint) -> EWayBillByIrn {
        let reading = EWayBillJSON.readByIrn(bytes)
        try refuse(reading.findings.filter { $0.path != "Irn" })
        guard let request = reading.value else {
            throw Complaint("the request for the bill is not understood", status: .badData)
        }
        return request
    }

    // MARK: Parts

    /// Who makes a bill: named, or else the party on our side of it (facts: nic-einvoice-ewb 3.4, `userGstin` is optional).
    static func asker(of bill: EWayBill) -> Gstin? {
        if let named = bill.userGstin?.filled { return try? Gstin(named) }
        let own = bill.direction == .inward ? bill.to.gstin : bill.from.gstin
        return own.flatMap { try? Gstin($0) }
    }

    static func refuse(_ findings: [Finding]) throws(Complaint) {
        guard let error = findings.first(where: { $0.severity == .error }) else { return }
        throw Complaint(
            "the e-way bill system would refuse this: \(error.path.isEmpty ? "the file" : error.path) \(error.problem)",
            remedy: error.remedy, status: .badData)
    }

    /// - Parameter number: in any case; the system tells numbers apart without it.
    static func documentKey(_ gstin: Gstin, _ type: String, _ number: String, _ date: String) -> String {
        "ewb/\(gstin)/\(type)/\(number.uppercased())/\(date)"
    }

    static func changeKey(_ number: String, _ kind: OperationKind) -> String { "ewb/\(number)/\(kind.rawValue)/" }

    func filed(_ prefix: String, _ kind: OperationKind) async throws(Complaint) -> [PortalOperation] {
        try await workspace.read { try $0.filedOperations(keyPrefix: prefix, kind: kind) }
    }

    /// One bill at a time stands for a document: the next may be made when the one before is cancelled or rejected.
    private func nextKey(_ key: String, _ kind: OperationKind) async throws(Complaint) -> String {
        let made = try await filed("\(key)/", kind)
        var cancelled = 0
        for operation in made {
            guard let number = operation.reference else { continue }
            let bill = try await kept(number)
            if bill.isCancelled || bill.isRejected { cancelled += 1 }
        }
        return "\(key)/\(cancelled + 1)"
    }

    func chosen(_ provider: String?, _ kind: OperationKind, _ gstin: Gstin) throws(Complaint) -> String {
        if let provider { return provider }
        return try workspace.standardProvider(kind.system, for: gstin)
    }
}

extension Workspace {
    public var eWayBills: EWayBillService { EWayBillService(workspace: self) }
}
