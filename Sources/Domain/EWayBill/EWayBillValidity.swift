/// How long an e-way bill holds, and until when it can be extended or cancelled. Days are days in India
/// (CGST rule 138; facts: nic-einvoice-ewb 6).
public enum EWayBillValidity {
    /// What an extension made after midnight, when the bill has run out, counts its days from: no source shows it.
    public enum ExtensionBase: String, Sendable, Hashable, CaseIterable { case extensionDay, oldExpiry }

    public enum ExtensionProblem: Error, Sendable, Hashable {
        /// 382: earlier than 8 hours before the end, or later than 8 hours after it.
        case tooEarly(from: Instant), tooLate(until: Instant)
        /// 390: farther than the whole way was.
        case tooFar
        /// 821: 360 days from generation are over.
        case capReached
    }

    private static let dayHours = 24
    private static let mostDays = 360

    /// One day for each begun 200 km, or 20 km of over-dimensional cargo and of ways with a leg by ship; at least one.
    public static func days(distance: Int, kind: VehicleKind = .regular, hasShipLeg: Bool = false) -> Int {
        let perDay = kind == .overDimensional || hasShipLeg ? 20 : 200
        return max(1, distance / perDay + (distance % perDay > 0 ? 1 : 0))
    }

    /// 23:59 of the day of the first Part-B and so many days. A bill without Part-B has no validity yet.
    public static func end(
        partB: Instant, distance: Int, kind: VehicleKind = .regular, hasShipLeg: Bool = false
    ) -> Instant {
        end(of: LegalDate.inIndia(partB).adding(days: days(distance: distance, kind: kind, hasShipLeg: hasShipLeg)))
    }

    /// From 8 hours before the end to 8 hours after it.
    public static func extensionWindow(_ end: Instant) -> ClosedRange<Instant> {
        (end - .seconds(8 * 3_600))...(end + .seconds(8 * 3_600))
    }

    /// What is known of a bill that is to be extended.
    public struct Running: Sendable, Hashable {
        public var generated: Instant
        public var end: Instant
        /// Kilometres of the whole way.
        public var distance: Int
        public var kind: VehicleKind
        public var hasShipLeg: Bool

        public init(
            generated: Instant, end: Instant, distance: Int, kind: VehicleKind = .regular, hasShipLeg: Bool = false
        ) {
            self.generated = generated
            self.end = end
            self.distance = distance
            self.kind = kind
            self.hasShipLeg = hasShipLeg
        }
    }

    /// The end after an extension at `moment` with `remaining` kilometres to go, at most 360 days from generation (advisory of
    /// 17-12-2024).
    public static func extended(
        _ bill: Running, at moment: Instant, remaining: Int, base: ExtensionBase = .extensionDay
    ) throws(ExtensionProblem) -> Instant {
        let window = extensionWindow(bill.end)
        if moment < window.lowerBound { throw .tooEarly(from: window.lowerBound) }
        if moment > window.upperBound { throw .tooLate(until: window.upperBound) }
        if remaining > bill.distance { throw .tooFar }
        let cap = end(of: LegalDate.inIndia(bill.generated).adding(days: mostDays))
        if bill.end >= cap || moment >= cap { throw .capReached }
        let first = base == .extensionDay ? LegalDate.inIndia(moment) : LegalDate.inIndia(bill.end)
        let days = days(distance: remaining, kind: bill.kind, hasShipLeg: bill.hasShipLeg)
        return min(end(of: first.adding(days: days)), cap)
    }

    /// Until when the generator may cancel it: 24 hours (315).
    public static func cancelUntil(generated: Instant) -> Instant { generated + .seconds(dayHours * 3_600) }

    private static func end(of day: LegalDate) -> Instant { NicTime.instant(day, hour: 23, minute: 59) }
}
