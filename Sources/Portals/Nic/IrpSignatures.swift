import Domain
import Wire

/// What a portal signed of an invoice that it registered, each text verified once: whether it fits, and says what was sent.
/// The IRN counts, so a text that does not fit changes nothing of what became of the invoice; people are warned (facts:
/// nic-einvoice-ewb 5).
struct IrpSignatures: Sendable {
    typealias Text = Result<SignedFacts, SignatureProblem>

    let irn: String
    /// nil where the portal gave none.
    let invoice: Text?
    let qr: Text?

    init(_ result: IrnResult, keys: SignatureKeys) {
        irn = result.irn
        invoice = result.signedInvoice.map { Self.read($0, .invoice, keys) }
        qr = result.signedQr.map { Self.read($0, .qr, keys) }
    }

    private static func read(_ token: String, _ kind: SignedFacts.Kind, _ keys: SignatureKeys) -> Text {
        do throws(SignatureProblem) {
            let facts = try SignedFacts(try SignedDocument(verifying: token, keys: keys))
            return facts.kind == kind ? .success(facts) : .failure(.payload)
        } catch {
            return .failure(error)
        }
    }

    /// What is wrong with the signed texts, in words; nil when nothing is.
    ///
    /// - Parameter payload: INV-01 as it was sent.
    func warning(sent payload: [UInt8]) -> String? {
        guard let sent = InvoiceJSON.read(payload).value else { return nil }
        let (invoice, qr) = (problem(invoice, sent), problem(qr, sent))
        let told: String? =
            switch (invoice, qr) {
            case (nil, nil): nil
            case (let one?, let other?) where one == other: "the signed invoice and the signed QR: \(one)"
            default:
                [invoice.map { "the signed invoice: \($0)" }, qr.map { "the signed QR: \($0)" }]
                    .compactMap(\.self).joined(separator: "; ")
            }
        return told.map { HarmlessText.line("warning: \($0)", limit: 300) }
    }

    private func problem(_ text: Text?, _ sent: Invoice) -> String? {
        switch text {
        case nil: return "the portal gave none"
        case .failure(let problem): return problem.words
        case .success(let facts):
            let name = facts.irn == irn ? SignedDifference.first(of: facts, sent)?.name : "IRN"
            return name.map { "it has another \($0) than was sent" }
        }
    }
}
