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
    /// INV-01 as it was sent.
    public var sent: [UInt8]
    /// The operation that cancels it, whatever became of that.
    public var cancellation: PortalOperation?

    /// Until when the portal takes a cancellation.
    public var cancelUntil: Instant? { ackAt.map(InvoiceCancellation.until) }

    public var isCancelled: Bool { cancellation?.state == .filed }
}

extension EInvoiceService {
    /// A registered invoice by its IRN.
    ///
    /// - Throws: a `Complaint`: 65 when it is no IRN, or none of ours.
    public func kept(irn text: String) async throws(Complaint) -> KeptInvoice {
        let irn = text.lowercased()
        guard irn.utf8.count == 64, irn.allSatisfy(\.isHexDigit) else {
            throw Complaint(
                "\(HarmlessText.line(text, limit: 70)) is no IRN", why: "an IRN is 64 hexadecimal digits",
                status: .badData)
        }
        return try await kept("IRN \(irn)") { try $0.operation(reference: irn, kinds: [.einvoiceGenerate]) }
    }

    /// A registered invoice by what stands on it.
    ///
    /// - Throws: a `Complaint`: 65 when none of ours is that.
    public func kept(
        gstin: Gstin, type: DocumentKind, number: String, date: LegalDate
    ) async throws(Complaint) -> KeptInvoice {
        let source = IrnSource(sellerGstin: gstin.text, documentType: type.rawValue, documentNumber: number, date: date)
        let key = Self.businessKey(source)
        return try await kept("\(type.rawValue) \(HarmlessText.line(number, limit: 40)) of \(gstin)") {
            let found = try $0.operation(key: key)
            return found?.state == .filed ? found : nil
        }
    }

    private func kept(
        _ what: String, _ find: @escaping @Sendable (StoreReader) throws -> PortalOperation?
    ) async throws(Complaint) -> KeptInvoice {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> KeptInvoice? in
            guard let operation = try find(reader), let payload = try reader.payload(of: operation.id),
                let irn = operation.reference
            else { return nil }
            let result = payload.result.flatMap { try? IrnResult($0) }
            return KeptInvoice(
                operation: operation, irn: irn, ackNumber: result?.ackNumber ?? "", ackAt: result?.ackAt,
                signedInvoice: result?.signedInvoice, signedQr: result?.signedQr, sent: payload.request,
                cancellation: try reader.operation(key: Self.cancelKey(irn)))
        }
        if let found { return found }
        throw Complaint(
            "no registered invoice is kept for \(what)",
            remedy: "`portaldesk operation list --kind einvoice_generate` shows what is", status: .badData)
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
