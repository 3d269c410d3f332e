import Domain
import Secrets
import Store
import Wire

/// A registered invoice as it is kept: what was sent, and what the portal signed.
public struct KeptInvoice: Sendable, Hashable {
    public var operation: PortalOperation
    public var irn: String
    /// 15 digits.
    public var ackNumber: String
    public var ackAt: Instant?
    /// Compact JWS, exactly as it came.
    public var signedInvoice: String?
    public var signedQr: String?
    /// Number of the e-way bill that was made in the registering call; nil when none was.
    public var bill: String?
    /// INV-01 as it was sent.
    public var sent: [UInt8]
    /// What is wrong with what the portal signed, by the keys that are known now; nil when nothing is.
    public var warning: String?
    /// The operation that cancels it, whatever became of that.
    public var cancellation: PortalOperation?
    /// When and why it was taken back; nil unless it was.
    public var withdrawal: InvoiceWithdrawal?

    /// Until when the portal takes a cancellation.
    public var cancelUntil: Instant? { ackAt.map(InvoiceCancellation.until) }

    public var isCancelled: Bool { cancellation?.state == .filed }
}

extension EInvoiceService {
    /// A registered invoice by its IRN.
    ///
    /// - Throws: a `Complaint`: 65 when it is no IRN, or none of ours.
    public func kept(irn text: String) async throws(Complaint) -> KeptInvoice {
        try await workspace.permit(.see)
        if let found = try await find(.irn(text)) { return found }
        throw Complaint(
            "no registered invoice is kept for IRN \(try Self.irn(text))",
            remedy: "`portaldesk operation list --kind einvoice_generate` shows what is", status: .badData)
    }

    /// A registered invoice of ours by its number or by what stands on it; nil when none is that.
    func find(_ wanted: Wanted) async throws(Complaint) -> KeptInvoice? {
        switch wanted {
        case .irn(let text):
            let irn = try Self.irn(text)
            return try await read { try $0.operation(reference: irn, kinds: [.einvoiceGenerate]) }
        case .document(let gstin, let type, let number, let date):
            let key = Self.businessKey(
                IrnSource(sellerGstin: gstin.text, documentType: type.rawValue, documentNumber: number, date: date))
            return try await read {
                let found = try $0.operation(key: key)
                return found?.state == .filed ? found : nil
            }
        }
    }

    private func read(
        _ find: @escaping @Sendable (StoreReader) throws -> PortalOperation?
    ) async throws(Complaint) -> KeptInvoice? {
        let workspace = workspace
        return try await workspace.read { reader -> KeptInvoice? in
            guard let operation = try find(reader), let payload = try reader.payload(of: operation.id),
                let irn = operation.reference
            else { return nil }
            let result = payload.result.flatMap { try? IrnResult($0) }
            let verdict = result.map { SignedTexts.verdict($0, sent: payload.request, workspace) }
            let cancellation = try reader.operation(key: Self.cancelKey(irn))
            return KeptInvoice(
                operation: operation, irn: irn, ackNumber: result?.ackNumber ?? "", ackAt: result?.ackAt,
                signedInvoice: result?.signedInvoice, signedQr: result?.signedQr, bill: result?.eWayBill?.number,
                sent: payload.request,
                warning: verdict.flatMap { $0.isTrue ? nil : $0.sentence },
                cancellation: cancellation, withdrawal: try Self.withdrawal(by: cancellation, reader))
        }
    }

    /// What a cancellation said and what the portal answered; nil unless the portal confirmed it.
    static func withdrawal(by cancellation: PortalOperation?, _ reader: StoreReader) throws -> InvoiceWithdrawal? {
        guard let cancellation, cancellation.state == .filed,
            let payload = try reader.payload(of: cancellation.id)
        else { return nil }
        let asked = DocumentJSON.read(payload.request, InvoiceCancellation.schema).value
        let answered = payload.result.flatMap { try? IrnCancellation($0) }
        return InvoiceWithdrawal(
            at: answered?.cancelledAt, reason: asked?.reason.flatMap { InvoiceCancelReason(rawValue: $0) },
            remark: asked?.remark ?? "")
    }

    static func businessKey(_ source: IrnSource) -> String {
        "\(source.sellerGstin)/\(source.documentType)/\(source.documentNumber)/\(source.year.yearText)"
    }

    static func cancelKey(_ irn: String) -> String { "cancel/\(irn)" }
}

extension EInvoiceService {
    /// The signed QR of a registered invoice.
    ///
    /// - Throws: a `Complaint`: 65 when the IRN is none of ours or the portal gave no QR, 78 without libqrencode.
    public func qr(irn: String) async throws(Complaint) -> QrCode {
        let invoice = try await kept(irn: irn)
        guard let text = invoice.signedQr else {
            throw Complaint("the portal gave no signed QR for this invoice", status: .badData)
        }
        return try QrCode(SecretBytes(utf8: text))
    }

    /// Writes a picture whole, or not at all.
    public func export(_ bytes: [UInt8], to target: ExportTarget) throws(Complaint) {
        let file = try ExportFile.open(target)
        try file.write(bytes: bytes)
        try file.close()
    }
}
