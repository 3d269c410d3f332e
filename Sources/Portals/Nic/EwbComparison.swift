import Domain
import FoundationEssentials
import Wire

/// Whether a bill as the e-way bill system holds it shows that an action was carried out.
struct EwbComparison: Sendable {
    let order: ActionOrder
    let sent: NicFields

    typealias Judgement = IrpComparison.Judgement

    func judge(_ bill: EwbDetail) -> Judgement {
        switch order.kind {
        case .ewaybillGenerate: generated(bill)
        case .ewaybillCancel: state(bill, isDone: bill.status?.uppercased() == "CNL", "cancelled")
        case .ewaybillTransporter:
            state(
                bill, isDone: bill.transporterId?.uppercased() == sent.text("transporterId")?.uppercased(),
                "with this transporter")
        case .ewaybillVehicle: state(bill, isDone: hasVehicle(bill), "with this vehicle")
        case .ewaybillExtend: EwbExtensionComparison(sent: sent, before: order.before).judge(bill)
        default: Judgement(event: .lookFailed, message: "this cannot be looked up here")
        }
    }

    private func generated(_ bill: EwbDetail) -> Judgement {
        if bill.status?.uppercased() == "CNL" {
            // After a cancellation the document may have another bill, and the lists may still show the first.
            if order.cannotBeOurs(bill.number, madeAt: bill.madeAt) {
                return Judgement(
                    event: .notFound, message: "the portal holds an earlier bill alone, cancelled: \(bill.number)")
            }
            return Judgement(event: .foundOther, message: "the bill of this document is cancelled: \(bill.number)")
        }
        let differences: [(String, Bool)] = [
            ("supplier", bill.fromGstin != sent.text("fromGstin")), ("recipient", bill.toGstin != sent.text("toGstin")),
            ("date", bill.documentDate != sent.date("docDate")),
            ("total", bill.total != sent.amount("totInvValue")),
            ("number of items", bill.itemCount != sent.list("itemList").count),
        ]
        if let difference = differences.first(where: \.1) {
            return Judgement(
                event: .foundOther, message: "bill \(bill.number) of this document has another \(difference.0)")
        }
        return Judgement(event: .foundSame, reference: bill.number, message: "found at the portal")
    }

    private func hasVehicle(_ bill: EwbDetail) -> Bool {
        guard let newest = bill.vehicles.first else { return false }
        guard newest.matches(sent) else { return false }
        // The same vehicle from the same place may have been entered before we asked.
        guard let asked = order.before.asked, let entered = newest.enteredAt else { return true }
        return entered >= asked.lowerBound - EwbTripComparison.slack
    }

    private func state(_ bill: EwbDetail, isDone: Bool, _ words: String) -> Judgement {
        isDone
            ? Judgement(event: .foundSame, reference: bill.number, message: "found at the portal \(words)")
            : Judgement(event: .notFound, message: "the portal does not hold it \(words)")
    }
}
