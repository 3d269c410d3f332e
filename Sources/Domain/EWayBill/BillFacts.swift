/// What a confirmed action says of an e-way bill.
public struct BillFacts: Hashable, Sendable {
    /// 12 digits.
    public var number: String
    /// Whether the action made the bill, rather than changed it.
    public var isMade: Bool
    public var madeAt: Instant?
    /// The end of its validity; nil where the answer tells none.
    public var validUntil: Instant?
    public var vehicle: String?
    public var transporter: String?
    /// Kilometres of the whole way.
    public var distance: Int?
    public var isCancelled: Bool
    /// By the other party.
    public var isRejected: Bool
    /// Ten digits of the consolidated bill in which it goes on; empty when it has left that one, nil where nothing is told.
    public var consolidated: String?

    public init(
        number: String, isMade: Bool, madeAt: Instant? = nil, validUntil: Instant? = nil, vehicle: String? = nil,
        transporter: String? = nil, distance: Int? = nil, isCancelled: Bool = false,
        isRejected: Bool = false, consolidated: String? = nil
    ) {
        self.number = number
        self.isMade = isMade
        self.madeAt = madeAt
        self.validUntil = validUntil
        self.vehicle = vehicle
        self.transporter = transporter
        self.distance = distance
        self.isCancelled = isCancelled
        self.isRejected = isRejected
        self.consolidated = consolidated
    }
}
