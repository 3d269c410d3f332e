import Domain
import Wire

/// What a portal signed of an invoice that it registered: whether it verifies, and says what was sent. The IRN counts, so
/// nothing here changes what became of the invoice; people are warned (facts: nic-einvoice-ewb 5).
struct IrpSignatures: Sendable {
    let order: ActionOrder
    let keys: SignatureKeys

    /// What is wrong with the signed texts, in words; nil when nothing is, and for other actions.
    func warning(_ json: [UInt8]) -> String? {
        guard order.kind == .einvoiceGenerate, let result = try? IrnResult(json),
            let sent = try? NicFields(order.payload)
        else { return nil }
        let invoice = problem(result.signedInvoice) { document throws(SignatureProblem) in
            let facts = try SignedInvoiceFacts(document)
            return facts.irn == result.irn ? IrpComparison.difference(facts, sent) : "IRN"
        }
        let qr = problem(result.signedQr) { document throws(SignatureProblem) in
            let claims = try QrClaims(document)
            return claims.irn == result.irn ? IrpComparison.difference(claims, sent) : "IRN"
        }
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

    /// - Parameter difference: the first field that says something else than was sent.
    private func problem(
        _ token: String?, _ difference: (SignedDocument) throws(SignatureProblem) -> String?
    ) -> String? {
        guard let token else { return "the portal gave none" }
        do throws(SignatureProblem) {
            let document = try SignedDocument(verifying: token, keys: keys)
            return try difference(document).map { "it has another \($0) than was sent" }
        } catch {
            return error.words
        }
    }
}
