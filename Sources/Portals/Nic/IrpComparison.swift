import Domain
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
        guard let found = try? IrnResult(json), let sent = InvoiceJSON.read(order.payload).value else {
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
        // One look verifies each text once.
        let signatures = IrpSignatures(found, keys: keys)
        switch signatures.invoice {
        case nil: return Judgement(event: .lookFailed, message: "the portal gives no signed invoice to compare")
        case .failure(let problem):
            return Judgement(event: .lookFailed, message: "the signed invoice does not verify: \(problem.words)")
        case .success(let facts):
            if let difference = SignedDifference.first(of: facts, sent, .identity) {
                return Judgement(
                    event: .foundOther, message: "the portal holds this document with another \(difference.name)")
            }
        }
        let told = "found at the portal: acknowledged \(found.ackNumber)"
        let warning = signatures.warning(sent: order.payload)
        return Judgement(
            event: .foundSame, reference: found.irn,
            message: [told, warning].compactMap(\.self).joined(separator: "; "))
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
        if let difference = Self.difference(json, order.payload) {
            return Judgement(
                event: .foundOther, message: "e-way bill \(found.number) of this IRN has \(difference)")
        }
        return Judgement(event: .foundSame, reference: found.number, message: "found at the portal")
    }

    /// The first thing in which the transport that a bill tells differs from what was asked for. What is not told is not
    /// compared: NIC tells of a bill by its IRN until when it holds, and so whether Part B is entered; a GSP may tell more
    /// (facts: nic-einvoice-ewb 3.1).
    private static func difference(_ json: [UInt8], _ payload: [UInt8]) -> String? {
        guard let told = try? NicFields(json), let sent = try? NicFields(payload) else { return nil }
        func differs(_ told: String?, _ sent: String?) -> Bool {
            guard let told, let sent else { return false }
            return told.uppercased() != sent.uppercased()
        }
        if differs(told.text("VehNo", "vehicleNo"), sent.text("VehNo")) { return "another vehicle" }
        if differs(told.text("TransDocNo"), sent.text("TransDocNo")) { return "another transport document" }
        let means = sent.text("VehNo") != nil ? "vehicle" : sent.text("TransDocNo") != nil ? "transport document" : nil
        if let means, told.isNull("EwbValidTill") { return "no \(means) yet: only its Part A is entered" }
        if differs(told.text("TransId", "transporterId"), sent.text("TransId")) { return "another transporter" }
        // 0 is the system's to work out.
        if let distance = sent.number("Distance"), distance > 0,
            let there = told.number("Distance", "transDistance", "actualDist"), there != distance
        {
            return "another distance"
        }
        return nil
    }
}
