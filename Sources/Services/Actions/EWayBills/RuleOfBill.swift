import Domain
import Wire

/// Until when a bill holds by the rule, followed through every answer of the system that told an end. What the rule needs
/// and nobody told leaves it open (facts: nic-einvoice-ewb 6).
struct RuleOfBill {
    /// nil where it cannot be worked out.
    private(set) var until: Instant?
    /// The end that the system told last.
    private var told: Instant?
    private let madeAt: Instant?
    /// Kilometres of the whole way; nil where the system worked them out.
    private let distance: Int?
    private var kind: VehicleKind
    private var isByShip = false

    /// - Parameters:
    ///   - asked: what was asked for, where it tells of the way.
    ///   - result: what the system answered; with an end where Part B came with it.
    init(_ asked: NicFields?, _ result: EwbResult?) {
        madeAt = result?.madeAt
        distance = asked?.number("transDistance", "Distance").flatMap { $0 > 0 ? $0 : nil }
        kind = asked?.text("vehicleType", "VehType").flatMap(VehicleKind.init) ?? .regular
        guard let end = result?.validUntil else { return }
        isByShip = asked?.text("transMode", "TransMode") == TransportMode.ship.rawValue
        told = end
        enter(at: madeAt)
    }

    /// A change that the system confirmed, the oldest first.
    ///
    /// - Parameter request: what was asked for.
    mutating func take(_ change: EwbChange, of kind: OperationKind, _ request: NicFields?) {
        guard let end = change.validUntil else { return }
        defer { told = end }
        switch kind {
        case .ewaybillVehicle: enterVehicle(change, request)
        case .ewaybillExtend: extend(change, request, to: end)
        default: break
        }
    }

    /// The first vehicle begins it. A later one changes nothing, unless goods go on by ship, which counts otherwise.
    private mutating func enterVehicle(_ change: EwbChange, _ request: NicFields?) {
        let goesByShip = request?.text("transMode") == TransportMode.ship.rawValue
        if told == nil {
            isByShip = goesByShip
            kind = request?.text("vehicleType").flatMap(VehicleKind.init) ?? kind
            enter(at: change.at)
        } else if goesByShip != isByShip {
            until = nil
        }
    }

    private mutating func enter(at moment: Instant?) {
        guard let moment, let distance else { return until = nil }
        until = EWayBillValidity.end(partB: moment, distance: distance, kind: kind, hasShipLeg: isByShip)
    }

    /// From which day an extension after midnight counts is not known, so either is right.
    private mutating func extend(_ change: EwbChange, _ request: NicFields?, to end: Instant) {
        guard let told, let madeAt, let moment = change.at, let remaining = request?.number("remainingDistance") else {
            return until = nil
        }
        let running = EWayBillValidity.Running(
            generated: madeAt, end: told, distance: max(distance ?? remaining, remaining), kind: kind,
            hasShipLeg: isByShip || request?.text("transMode") == TransportMode.ship.rawValue)
        let ends = EWayBillValidity.ExtensionBase.allCases.compactMap { base in
            try? EWayBillValidity.extended(running, at: moment, remaining: remaining, base: base)
        }
        until = ends.first { $0 == end } ?? ends.first
    }
}
