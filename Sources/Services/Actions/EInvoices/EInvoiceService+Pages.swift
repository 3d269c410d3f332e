import Domain
import Secrets
import Store
import Wire

extension EInvoiceService {
    /// A page of the invoices that the desk knows, with the acknowledgements of its rows.
    public func page(_ query: EInvoiceQuery) async throws(Complaint) -> EInvoicePage {
        try await workspace.permit(.see)
        return try await workspace.read { reader in
            var (page, results) = try reader.eInvoices(query)
            for index in page.rows.indices {
                page.rows[index].withdrawal = try Self.withdrawal(by: page.rows[index].cancellation, reader)
                guard let bytes = results[page.rows[index].operation.id], let result = try? IrnResult(bytes) else {
                    continue
                }
                (page.rows[index].ackNumber, page.rows[index].ackAt) = (result.ackNumber, result.ackAt)
            }
            return page
        }
    }

    /// An invoice with everything that its own page shows.
    public struct Dossier: Sendable, Hashable {
        public var invoice: EInvoice
        /// As it was sent; nil when it is not understood any more.
        public var sent: Invoice?
        /// What was found of the signed invoice, compared with what was sent, or of the signed QR where that is wrong; nil
        /// as long as it is not registered.
        public var verdict: SignedVerdict?
        public var qr: QrCode?
        /// Why there is no QR; empty when there is one.
        public var absence: String

        public init(
            invoice: EInvoice, sent: Invoice? = nil, verdict: SignedVerdict? = nil, qr: QrCode? = nil,
            absence: String = ""
        ) {
            self.invoice = invoice
            self.sent = sent
            self.verdict = verdict
            self.qr = qr
            self.absence = absence
        }
    }

    /// - Parameter drawsQr: false where the QR is not shown.
    /// - Throws: a `Complaint`: 65 for an id that is no registration of an invoice.
    public func dossier(_ id: OperationId, drawsQr: Bool = true) async throws(Complaint) -> Dossier {
        try await workspace.permit(.see)
        let found = try await workspace.read { reader -> (EInvoice, request: [UInt8], result: [UInt8]?)? in
            guard let operation = try reader.operation(id), operation.kind == .einvoiceGenerate,
                let payload = try reader.payload(of: id)
            else { return nil }
            let cancellation = try operation.reference.flatMap { try reader.operation(key: Self.cancelKey($0)) }
            var invoice = EInvoice(operation: operation, cancellation: cancellation)
            invoice.withdrawal = try Self.withdrawal(by: cancellation, reader)
            return (invoice, payload.request, payload.result)
        }
        guard let found else { throw Complaint("there is no invoice of operation \(id)", status: .badData) }
        var dossier = Dossier(invoice: found.0, sent: InvoiceJSON.read(found.request).value)
        let result = found.result.flatMap { try? IrnResult($0) }
        (dossier.invoice.ackNumber, dossier.invoice.ackAt) = (result?.ackNumber ?? "", result?.ackAt)
        if let result { dossier.verdict = SignedTexts.verdict(result, sent: found.request, workspace) }
        guard drawsQr else { return dossier }
        guard let text = result?.signedQr else {
            dossier.absence = dossier.invoice.operation.state == .filed ? "The portal gave no signed QR." : ""
            return dossier
        }
        do throws(Complaint) {
            dossier.qr = try QrCode(SecretBytes(utf8: text))
        } catch {
            dossier.absence = error.description
        }
        return dossier
    }

    /// Compares the signed invoice that is kept with an INV-01 file.
    ///
    /// - Throws: a `Complaint`: 65 when the IRN is none of ours, nothing signed is kept, or the file is not understood.
    public func verify(irn: String, against file: String) async throws(Complaint) -> SignedVerdict {
        let invoice = try await kept(irn: irn)
        guard let signed = invoice.signedInvoice else {
            throw Complaint("the portal gave no signed text for this invoice", status: .badData)
        }
        let given = [UInt8](try SheetFile.read(file))
        guard let verdict = try SignedTexts(workspace).verify(Array(signed.utf8), against: given).first else {
            throw Complaint("the signed text that is kept is empty", status: .badData)
        }
        return verdict
    }

    /// What a registered invoice can be written as; the ending of the file's name chooses.
    public enum ExportForm: Sendable, Hashable {
        case qrPng, qrSvg
        /// To print: HTML with number and QR.
        case page
        /// The compact JWS exactly as the portal gave it.
        case signedInvoice

        public init(fileName: String) {
            let name = fileName.lowercased()
            let forms: [(String, ExportForm)] = [
                (".png", .qrPng), (".svg", .qrSvg), (".html", .page), (".htm", .page),
            ]
            self = forms.first { name.hasSuffix($0.0) }?.1 ?? .signedInvoice
        }
    }

    /// Writes the signed invoice, its QR or the page to print whole, or not at all.
    ///
    /// - Throws: a `Complaint`: 65 when the IRN is none of ours or nothing of the kind is kept, 74 when it cannot be written.
    public func export(irn: String, as form: ExportForm, to target: ExportTarget) async throws(Complaint) {
        switch form {
        case .qrPng: try export(try await qr(irn: irn).png(), to: target)
        case .qrSvg: try export(Array(try await qr(irn: irn).svg.utf8), to: target)
        case .page: try export(try await page(irn: irn), to: target)
        case .signedInvoice:
            guard let signed = try await kept(irn: irn).signedInvoice else {
                throw Complaint("the portal gave no signed text for this invoice", status: .badData)
            }
            try export(Array(signed.utf8), to: target)
        }
    }
}
