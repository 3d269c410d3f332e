import Domain
import FoundationEssentials
import Wire

/// Whether what a registration portal holds is what was sent: by number, parties, date and total. Only the same is
/// adopted (facts: reliability 5.7).
struct IrpComparison: Sendable {
    let order: ActionOrder
    let keys: SignatureKeys

    struct Judgement: Sendable, Hashable {
        var event: OperationEvent
        var reference: String?
        var message: String
    }

    func judge(_ json: [UInt8]) -> Judgement {
        switch order.kind {
        case .einvoiceGenerate: invoice(json)
        case .einvoiceCancel: cancellation(json)
        case .ewaybillByIrn: bill(json)
        default: Judgement(event: .lookFailed, message: "this cannot be looked up here")
        }
    }

    private func invoice(_ json: [UInt8]) -> Judgement {
        guard let found = try? IrnResult(json), let sent = try? NicFields(order.payload) else {
            return Judgement(event: .lookFailed, message: "the answer is not understood")
        }
        if let expected = order.expectedReference, found.irn != expected {
            return Judgement(
                event: .foundOther, reference: nil,
                message: "the portal holds another IRN under this document: \(HarmlessText.line(found.irn, limit: 70))")
        }
        if found.status == .cancelled {
            if order.cannotBeOurs("", madeAt: found.ackAt) {
                return Judgement(event: .notFound, message: "the portal holds an earlier registration alone, cancelled")
            }
            return Judgement(event: .foundOther, message: "the portal holds this document as cancelled")
        }
        guard let token = found.signedInvoice else {
            return Judgement(event: .lookFailed, message: "the portal gives no signed invoice to compare")
        }
        let signed: SignedInvoiceFacts
        do throws(SignatureProblem) {
            signed = try SignedInvoiceFacts(try SignedDocument(verifying: token, keys: keys))
        } catch {
            return Judgement(event: .lookFailed, message: "the signed invoice does not verify: \(error.words)")
        }
        if let difference = Self.difference(signed, sent) {
            return Judgement(event: .foundOther, message: "the portal holds this document with another \(difference)")
        }
        return Judgement(
            event: .foundSame, reference: found.irn, message: "found at the portal: acknowledged \(found.ackNumber)")
    }

    /// The first field that differs, in words.
    static func difference(_ found: SignedInvoiceFacts, _ sent: NicFields) -> String? {
        let document = sent.fields("DocDtls")
        if found.sellerGstin != sent.fields("SellerDtls")?.text("Gstin") { return "seller" }
        if found.buyerGstin != sent.fields("BuyerDtls")?.text("Gstin") { return "buyer" }
        if found.documentType.uppercased() != document?.text("Typ")?.uppercased() { return "type" }
        // From June 2025 on the portal holds numbers in capitals.
        if found.documentNumber.uppercased() != document?.text("No")?.uppercased() { return "number" }
        if found.documentDate != document?.date("Dt") { return "date" }
        if found.total != sent.fields("ValDtls")?.amount("TotInvVal") { return "total" }
        return found.itemCount != sent.list("ItemList").count ? "number of items" : nil
    }

    /// The same of the claims of a QR.
    static func difference(_ found: QrClaims, _ sent: NicFields) -> String? {
        let document = sent.fields("DocDtls")
        if found.sellerGstin != sent.fields("SellerDtls")?.text("Gstin") { return "seller" }
        if found.buyerGstin != sent.fields("BuyerDtls")?.text("Gstin") { return "buyer" }
        if found.documentType.uppercased() != document?.text("Typ")?.uppercased() { return "type" }
        if found.documentNumber.uppercased() != document?.text("No")?.uppercased() { return "number" }
        if found.documentDate != document?.date("Dt") { return "date" }
        if found.total != sent.fields("ValDtls")?.amount("TotInvVal") { return "total" }
        return found.itemCount != sent.list("ItemList").count ? "number of items" : nil
    }

    private func cancellation(_ json: [UInt8]) -> Judgement {
        guard let found = try? IrnResult(json), let wanted = (try? NicFields(order.payload))?.text("Irn")?.lowercased(),
            found.irn == wanted
        else { return Judgement(event: .lookFailed, message: "the answer is not understood") }
        return switch found.status {
        case .cancelled: Judgement(event: .foundSame, reference: found.irn, message: "cancelled at the portal")
        case .active: Judgement(event: .notFound, message: "the portal holds it as active")
        case nil: Judgement(event: .lookFailed, message: "the portal does not say how it stands")
        }
    }

    private func bill(_ json: [UInt8]) -> Judgement {
        guard let found = try? EwbResult(json) else {
            return Judgement(event: .lookFailed, message: "the answer is not understood")
        }
        if found.status?.uppercased() == "CNL" {
            if order.cannotBeOurs(found.number, madeAt: found.madeAt) {
                return Judgement(
                    event: .notFound, message: "the portal holds an earlier bill alone, cancelled: \(found.number)")
            }
            return Judgement(event: .foundOther, message: "the e-way bill of this IRN is cancelled")
        }
        return Judgement(event: .foundSame, reference: found.number, message: "found at the portal")
    }
}
