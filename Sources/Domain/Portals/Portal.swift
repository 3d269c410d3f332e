/// The three government portals that the desk speaks to. Raw values are the names on the command line and the wire.
public enum Portal: String, CaseIterable, Sendable, Codable, Comparable {
    case gst
    case incomeTax = "income_tax"
    case traces

    public var title: String {
        switch self {
        case .gst: "GST Portal"
        case .incomeTax: "Income Tax Portal"
        case .traces: "TDS Portal (TRACES)"
        }
    }

    /// Short name for table columns.
    public var shortName: String {
        switch self {
        case .gst: "GST"
        case .incomeTax: "Income Tax"
        case .traces: "TRACES"
        }
    }

    public var summary: String {
        switch self {
        case .gst: "Goods and Services Tax Portal"
        case .incomeTax: "Income Tax Department Portal"
        case .traces: "TDS Reconciliation Analysis and Correction Enabling System"
        }
    }

    /// Heading of the identity column: what names a taxpayer at this portal.
    public var identityTitle: String {
        switch self {
        case .gst: "GSTIN"
        case .incomeTax: "PAN"
        case .traces: "TAN"
        }
    }

    /// The places where notices of this portal may lie; coverage is kept for each.
    public var places: [Place] {
        switch self {
        case .gst: [.notices, .additionalNotices]
        case .incomeTax: [.selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi, .demand, .returns, .setOff245]
        case .traces: [.communications, .defaultSummary, .outstandingDemand, .requests]
        }
    }

    /// Position in the order in which the portals are always shown.
    public var position: Int {
        switch self {
        case .gst: 0
        case .incomeTax: 1
        case .traces: 2
        }
    }

    public static func < (left: Portal, right: Portal) -> Bool { left.position < right.position }
}

/// One list at a portal. Raw values are shared by command line, wire and store.
public enum Place: String, CaseIterable, Sendable, Codable {
    case notices
    case additionalNotices = "additional_notices"
    case selfFya = "self_fya"
    case selfFyi = "self_fyi"
    case thirdPartyFya = "third_party_fya"
    case thirdPartyFyi = "third_party_fyi"
    case demand
    case returns
    case setOff245 = "set_off_245"
    case communications
    case defaultSummary = "default_summary"
    case outstandingDemand = "outstanding_demand"
    case requests

    /// Where the list is kept.
    public var portal: Portal {
        switch self {
        case .notices, .additionalNotices: .gst
        case .selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi, .demand, .returns, .setOff245: .incomeTax
        case .communications, .defaultSummary, .outstandingDemand, .requests: .traces
        }
    }

    /// For people, as the portals themselves call it.
    public var title: String {
        switch self {
        case .notices: "Notices"
        case .additionalNotices: "Additional notices"
        case .selfFya: "Self, for action"
        case .selfFyi: "Self, for information"
        case .thirdPartyFya: "Other party, for action"
        case .thirdPartyFyi: "Other party, for information"
        case .demand: "Outstanding demand"
        case .returns: "Returns"
        case .setOff245: "Set-off under 245"
        case .communications: "Communications"
        case .defaultSummary: "Default summary"
        case .outstandingDemand: "Outstanding demand"
        case .requests: "Requests"
        }
    }
}

/// How reading one place ended. A place that could not be read is never `empty`.
public enum PlaceOutcome: String, CaseIterable, Sendable, Codable {
    case read, empty, failed, skipped, never

    /// Whether the place said what lies there, were it nothing.
    public var isAnswer: Bool { self == .read || self == .empty }

    public var title: String {
        switch self {
        case .read: "Read"
        case .empty: "Empty"
        case .failed: "Failed"
        case .skipped: "Skipped"
        case .never: "Never asked"
        }
    }
}
