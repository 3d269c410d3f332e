import Domain

/// One accepted fetch or verification. What it has come to follows from the clock; see `JobTimeline`.
struct AcceptedJob: Sendable {
    var reference: String
    var acceptedAt: Instant
    var facts: LedgerEvent.Acceptance
    var answeredAt: Instant?
    var cancelledAt: Instant?

    var identity: PortalIdentity? {
        Portal(rawValue: facts.portal).map { PortalIdentity(stored: $0, facts.identity) }
    }

    var places: [Place] { facts.places.compactMap(Place.init(rawValue:)) }
}
