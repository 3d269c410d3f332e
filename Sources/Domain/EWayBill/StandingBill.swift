/// An e-way bill as the desk knows it: what made it, until when it holds, and what is being done to it.
public struct StandingBill: Hashable, Sendable {
    /// That made it.
    public var operation: PortalOperation
    /// The newest change of it that is not finished.
    public var change: PortalOperation?
    /// 12 digits; nil as long as it is not made.
    public var number: String?
    public var madeAt: Instant?
    /// As the system said last; nil as long as Part B is not entered.
    public var validUntil: Instant?
    /// Number plate, as far as one was told; empty for other means of transport.
    public var vehicle: String
    /// GSTIN or TRANSIN; empty when none was named.
    public var transporter: String
    /// Kilometres of the whole way.
    public var distance: Int?
    public var isCancelled: Bool
    /// By the other party.
    public var isRejected: Bool
    /// Number of the consolidated bill in which it goes on; empty when it goes alone.
    public var consolidated: String

    public init(
        operation: PortalOperation, change: PortalOperation? = nil, number: String? = nil, madeAt: Instant? = nil,
        validUntil: Instant? = nil, vehicle: String = "", transporter: String = "", distance: Int? = nil,
        isCancelled: Bool = false, isRejected: Bool = false, consolidated: String = ""
    ) {
        self.operation = operation
        self.change = change
        self.number = number
        self.madeAt = madeAt
        self.validUntil = validUntil
        self.vehicle = vehicle
        self.transporter = transporter
        self.distance = distance
        self.isCancelled = isCancelled
        self.isRejected = isRejected
        self.consolidated = consolidated
    }

    /// Whether it holds no more, whatever its end says.
    public var isOver: Bool { isCancelled || isRejected }

    /// The operation that decides where it stands: a change that is open, else what made it.
    public var governing: PortalOperation { change ?? operation }

    /// - Parameter soon: how long before its end a bill counts as one that expires soon.
    public func standing(at now: Instant, soon: Duration = EWayBillStanding.soon) -> EWayBillStanding {
        // Nothing that is still open makes it hold again.
        if number != nil, isOver { return isRejected ? .rejected : .cancelled }
        switch governing.state {
        case .unknown, .reconciling: return .inDoubt
        case .conflict, .attention: return .attention
        default: break
        }
        guard number != nil else {
            switch operation.state {
            case .rejected: return .refused
            case .discarded: return .discarded
            default: return .inWork
            }
        }
        guard let validUntil else { return .partA }
        if validUntil <= now { return .expired }
        return validUntil <= now + soon ? .expiring : .valid
    }

    /// How much of its whole validity is left, from 0 to 1; nil for a bill without an end.
    public func share(at now: Instant) -> Double? {
        guard let validUntil, let madeAt, validUntil > madeAt else { return nil }
        let (left, whole) = (validUntil.since(now).milliseconds, validUntil.since(madeAt).milliseconds)
        return min(1, max(0, Double(left) / Double(whole)))
    }

    /// Why nothing can be changed of it now, as a sentence; nil when something can.
    private func refusesChange() -> String? {
        if number == nil { return "It is not made yet" }
        if isCancelled { return "It is cancelled" }
        if isRejected { return "The other party rejected it" }
        return change == nil ? nil : "A change of it is under way"
    }

    /// Why it cannot be extended now, as a sentence; nil when it can.
    public func refusesExtension(at now: Instant) -> String? {
        if let reason = refusesChange() { return reason }
        guard let validUntil else { return "No end of it is known: enter the vehicle, or ask how it stands" }
        let window = EWayBillValidity.extensionWindow(validUntil)
        if now < window.lowerBound { return "The system takes it from 8 hours before its end" }
        return now > window.upperBound ? "8 hours since its end are over" : nil
    }

    /// Why its vehicle or transporter cannot be changed now; nil when they can.
    public func refusesUpdate(at now: Instant) -> String? {
        if let reason = refusesChange() { return reason }
        guard let validUntil, validUntil <= now else { return nil }
        return "It has expired; extend it first"
    }

    /// Why it cannot be cancelled now; nil when it can.
    public func refusesCancellation(at now: Instant) -> String? {
        if let reason = refusesChange() { return reason }
        guard let madeAt, now > EWayBillValidity.cancelUntil(generated: madeAt) else { return nil }
        return "24 hours since it was made are over"
    }
}

/// Where an e-way bill stands. Raw values are the words of commands.
public enum EWayBillStanding: String, CaseIterable, Sendable, Codable {
    case inWork = "in_work"
    /// The system may have made it, or changed it; it is looked up.
    case inDoubt = "in_doubt"
    /// Only a person can help.
    case attention
    /// Made, and without an end as long as no vehicle is entered.
    case partA = "part_a"
    case valid, expiring, expired, cancelled
    /// By the other party; the document may get another one.
    case rejected
    /// It was never made: the system refused it.
    case refused
    /// Given up: nothing was sent, or the authority is proven to hold nothing.
    case discarded

    /// How long before its end a bill counts as one that expires soon, unless the settings say otherwise: the window in which
    /// it can be extended (facts: nic-einvoice-ewb 6).
    public static let soon = Duration.seconds(8 * 3_600)

    /// The screen's word for it.
    public var title: String {
        switch self {
        case .inWork: "In work"
        case .inDoubt: "In doubt"
        case .attention: "Attention"
        case .partA: "No vehicle"
        case .valid: "Valid"
        case .expiring: "Expires soon"
        case .expired: "Expired"
        case .cancelled: "Cancelled"
        case .rejected: "Rejected"
        case .refused: "Refused"
        case .discarded: "Given up"
        }
    }
}

/// Bills that run out, for the main screen.
public struct BillWatch: Hashable, Sendable {
    /// How long before its end a bill counts.
    public var within: Duration
    /// Bills that hold and end within that.
    public var expiring: Int
    /// The earliest end among these.
    public var nextEnd: Instant?
    /// When `expiring` is another number although nothing was written; nil when that never comes.
    public var changesAt: Instant?

    public init(
        within: Duration = EWayBillStanding.soon, expiring: Int = 0, nextEnd: Instant? = nil, changesAt: Instant? = nil
    ) {
        self.within = within
        self.expiring = expiring
        self.nextEnd = nextEnd
        self.changesAt = changesAt
    }
}
