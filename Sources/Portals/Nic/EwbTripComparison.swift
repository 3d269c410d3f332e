import Domain
import Wire

/// Whether bills show that they were consolidated as we asked: each has a row of our vehicle that a consolidated bill
/// entered, the same for all of them. That a row carries its number is seen in one public sample of `GetEwayBill` and in
/// no rule, so its absence proves nothing (facts: nic-einvoice-ewb 3.3, 3.5).
struct EwbTripComparison: Sendable {
    let sent: NicFields
    let before: ActionOrder.Before

    /// Clocks differ, and the system writes whole minutes.
    static let slack = Duration.seconds(600)

    /// Numbers of the bills that were to be consolidated.
    var bills: [String] { sent.list("tripSheetEwbBills").compactMap { $0.text("ewbNo") } }

    /// Consolidated bills that this one may have come into by what we sent.
    func candidates(_ bill: EwbDetail) -> Set<String> {
        Set(bill.vehicles.compactMap { isOurs($0) ? $0.consolidated : nil }).subtracting(before.references)
    }

    /// - Parameter candidates: of each bill, in their order.
    func judge(_ candidates: [Set<String>]) -> EwbComparison.Judgement {
        guard let first = candidates.first, candidates.count == bills.count else {
            return EwbComparison.Judgement(event: .lookFailed, message: "not all of the bills were read")
        }
        let common = candidates.reduce(first) { $0.intersection($1) }
        if let number = common.first, common.count == 1 {
            return EwbComparison.Judgement(
                event: .foundSame, reference: number, message: "all of the bills show this consolidated bill")
        }
        if candidates.allSatisfy(\.isEmpty) {
            return EwbComparison.Judgement(
                event: .notFound, message: "none of the bills shows a consolidated bill of this vehicle")
        }
        return EwbComparison.Judgement(
            event: .foundOther, message: "the bills do not show one and the same consolidated bill of this vehicle")
    }

    private func isOurs(_ row: EwbDetail.Vehicle) -> Bool {
        guard let asked = before.asked, let entered = row.enteredAt, entered >= asked.lowerBound - Self.slack else {
            return false
        }
        return row.matches(sent)
    }
}

extension EwbDetail.Vehicle {
    /// Whether it is what a request named: vehicle or document, and from where it goes on. Capitals are the system's.
    func matches(_ sent: NicFields) -> Bool {
        number?.uppercased() == sent.text("vehicleNo")?.uppercased()
            && documentNumber?.uppercased() == sent.text("transDocNo")?.uppercased()
            && fromPlace?.uppercased() == sent.text("fromPlace")?.uppercased()
            && fromState == sent.number("fromState")
    }
}
