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
        case .ewaybillVehicle: vehicle(bill)
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

    /// Ours may lie under a later row: of the transporter, of the portal's own pages, of another action from here. Sent
    /// again it would put an old vehicle above a newer one, so "not there" is said only when nothing came since.
    private func vehicle(_ bill: EwbDetail) -> Judgement {
        guard let asked = order.before.asked else {
            return state(bill, isDone: bill.vehicles.first?.matches(sent) == true, "with this vehicle")
        }
        let since = asked.lowerBound - EwbTripComparison.slack
        // A row without a time may be any age.
        let younger = bill.vehicles.filter { ($0.enteredAt ?? since) >= since }
        guard let newest = younger.first, !younger.contains(where: { $0.matches(sent) }) else {
            return state(bill, isDone: !younger.isEmpty, "with this vehicle")
        }
        let other = HarmlessText.line(newest.number ?? newest.documentNumber ?? "none", limit: 20)
        return Judgement(
            event: .foundOther,
            message: "the vehicle of bill \(bill.number) is \(other) since, and ours is not among its vehicles")
    }

    private func state(_ bill: EwbDetail, isDone: Bool, _ words: String) -> Judgement {
        isDone
            ? Judgement(event: .foundSame, reference: bill.number, message: "found at the portal \(words)")
            : Judgement(event: .notFound, message: "the portal does not hold it \(words)")
    }
}
