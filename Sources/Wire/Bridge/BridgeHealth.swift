/// `GET /v1/health`.
public struct BridgeHealth: WirePayload {
    public struct Entry: WirePayload {
        /// `up`, `degraded` or `down`.
        public var state: String
        public var since: String?
        public var message: String?

        public init(state: String, since: String? = nil, message: String? = nil) {
            self.state = state
            self.since = since
            self.message = message
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case state, since, message }
        public static let fieldNames: Set<String> = CodingKeys.names
    }

    /// By portal name. A portal that this version does not know is left alone.
    public var portals: [String: Entry]

    public init(portals: [String: Entry]) { self.portals = portals }

    enum CodingKeys: String, CodingKey, CaseIterable { case portals }

    public static let fieldNames: Set<String> = CodingKeys.names.union(Entry.fieldNames).union([
        "gst", "income_tax", "traces",
    ])
}

/// `GET /v1/capabilities`.
public struct BridgeCapabilities: WirePayload {
    public struct Offer: WirePayload {
        public var portal: String
        public var places: [String]

        public init(portal: String, places: [String]) {
            self.portal = portal
            self.places = places
        }

        enum CodingKeys: String, CodingKey, CaseIterable { case portal, places }
        public static let fieldNames: Set<String> = CodingKeys.names
    }

    public var portals: [Offer]
    /// Of `documents`, `replies`, `defaults`, `challenge_relay`, `tds_requests`; others may come.
    public var features: [String]
    public var simulated: Bool?

    public init(portals: [Offer], features: [String], simulated: Bool? = nil) {
        self.portals = portals
        self.features = features
        self.simulated = simulated
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case portals, features, simulated }
    public static let fieldNames: Set<String> = CodingKeys.names.union(Offer.fieldNames)
}
