import Domain
import Wire

/// Whether a bill shows the extension that we asked for (facts: nic-einvoice-ewb 3.5, 6).
///
/// Its details name no request. So it is ours when all of it fits: the end is one that our remaining distance gives for
/// a moment at which we asked, there are more extensions than were known when we did, and the newest row of vehicles was
/// entered since and is what we sent. It is not there when end and count are those of then. Anything between was
/// somebody else's, and a person decides.
struct EwbExtensionComparison: Sendable {
    let sent: NicFields
    let before: ActionOrder.Before

    private static let hour = Duration.seconds(3_600)

    func judge(_ bill: EwbDetail) -> EwbComparison.Judgement {
        typealias Judgement = EwbComparison.Judgement
        guard let asked = before.asked, let known = before.validUntil else {
            return Judgement(event: .lookFailed, message: "the end that the bill had before is not known")
        }
        guard bill.number == sent.text("ewbNo"), let end = bill.validUntil else {
            return Judgement(event: .lookFailed, message: "the portal does not tell the end of the bill")
        }
        if bill.status?.uppercased() == "CNL" {
            return Judgement(event: .foundOther, message: "the bill is cancelled at the portal")
        }
        if end == known, bill.extensions <= before.count {
            return Judgement(event: .notFound, message: "the portal shows the end that the bill had before")
        }
        let told =
            "the portal shows the end \(TimeText.full(end, offset: LegalDate.indianOffset)), extended \(Counted.times(bill.extensions))"
        guard bill.extensions > before.count, ends(of: bill, from: known, asked).contains(end) else {
            return Judgement(event: .foundOther, message: "\(told); that is not what was asked for")
        }
        guard let newest = bill.vehicles.first, let entered = newest.enteredAt,
            entered >= asked.lowerBound - EwbTripComparison.slack, newest.matches(sent)
        else {
            return Judgement(event: .foundOther, message: "\(told), but not with this vehicle and place")
        }
        return Judgement(event: .foundSame, reference: bill.number, message: "found at the portal: \(told)")
    }

    /// Every end that our request could have given: by the moment at which it was carried out, and by both readings of
    /// the day from which it counts.
    private func ends(of bill: EwbDetail, from known: Instant, _ asked: ClosedRange<Instant>) -> Set<Instant> {
        guard let remaining = sent.number("remainingDistance") else { return [] }
        let running = EWayBillValidity.Running(
            generated: bill.madeAt ?? asked.lowerBound, end: known,
            distance: max(remaining, bill.distance ?? remaining),
            kind: bill.vehicleType.flatMap { VehicleKind(rawValue: $0.uppercased()) } ?? .regular,
            hasShipLeg: sent.text("transMode") == TransportMode.ship.rawValue)
        var ends: Set<Instant> = []
        // What was taken late is done within the hour; only the day of the moment counts.
        for moment in [asked.lowerBound - EwbTripComparison.slack, asked.lowerBound, asked.upperBound + Self.hour] {
            for base in EWayBillValidity.ExtensionBase.allCases {
                let end = try? EWayBillValidity.extended(running, at: moment, remaining: remaining, base: base)
                if let end { ends.insert(end) }
            }
        }
        return ends
    }
}
