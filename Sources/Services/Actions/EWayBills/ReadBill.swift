import Domain
import FoundationEssentials
import Store
import Wire

/// An e-way bill as the system showed it, whoever made it and whoever changed it since.
public struct ReadBill: Sendable, Hashable {
    public struct Vehicle: Sendable, Hashable {
        /// The plate, or the document of another means of transport.
        public var number: String?
        public var fromPlace: String?
        public var enteredAt: Instant?
        /// Number of the consolidated bill by which it was entered.
        public var consolidated: String?

        public init(
            number: String?, fromPlace: String? = nil, enteredAt: Instant? = nil, consolidated: String? = nil
        ) {
            (self.number, self.fromPlace, self.enteredAt) = (number, fromPlace, enteredAt)
            self.consolidated = consolidated
        }
    }

    /// 12 digits.
    public var number: String
    /// Who asked.
    public var gstin: Gstin
    public var provider: String
    /// When it was asked for.
    public var readAt: Instant
    public var isCancelled: Bool
    /// By the other party.
    public var isRejected: Bool
    public var madeAt: Instant?
    /// The end of its validity; nil as long as no vehicle is entered.
    public var validUntil: Instant?
    public var madeBy: String?
    /// Type and number of the document that the goods travel with.
    public var document: String?
    public var documentDate: LegalDate?
    public var fromGstin: String?
    public var toGstin: String?
    /// GSTIN or TRANSIN.
    public var transporter: String?
    /// Kilometres of the whole way.
    public var distance: Int?
    public var total: Rupees?
    public var extensions: Int
    /// The newest first.
    public var vehicles: [Vehicle]

    public init(
        number: String, gstin: Gstin, provider: String, readAt: Instant, madeAt: Instant? = nil,
        validUntil: Instant? = nil, isCancelled: Bool = false, vehicles: [Vehicle] = []
    ) {
        (self.number, self.gstin, self.provider, self.readAt) = (number, gstin, provider, readAt)
        (self.madeAt, self.validUntil, self.isCancelled) = (madeAt, validUntil, isCancelled)
        (isRejected, extensions, self.vehicles) = (false, 0, vehicles)
    }

    /// nil for an answer that is not understood.
    init?(_ reading: BillReading) {
        guard let detail = try? EwbDetail(reading.result) else { return nil }
        (number, gstin, provider, readAt) = (detail.number, reading.gstin, reading.provider, reading.readAt)
        (isCancelled, isRejected) = (detail.status?.uppercased() == "CNL", detail.isRejected)
        (madeAt, validUntil, madeBy) = (detail.madeAt, detail.validUntil, detail.generatedBy)
        document = [detail.documentType, detail.documentNumber].compactMap(\.self).joined(separator: " ").filled
        documentDate = detail.documentDate
        (fromGstin, toGstin, transporter) = (detail.fromGstin, detail.toGstin, detail.transporterId?.filled)
        distance = detail.distance.flatMap { $0 > 0 ? $0 : nil }
        total = detail.total.flatMap { Rupees($0.description) }
        extensions = detail.extensions
        vehicles = detail.vehicles.map {
            Vehicle(
                number: $0.number ?? $0.documentNumber, fromPlace: $0.fromPlace, enteredAt: $0.enteredAt,
                consolidated: $0.consolidated)
        }
    }

    /// Where it stands by that answer.
    public func standing(at now: Instant, soon: Duration) -> EWayBillStanding {
        if isRejected { return .rejected }
        if isCancelled { return .cancelled }
        guard let validUntil else { return .partA }
        return validUntil <= now ? .expired : validUntil <= now + soon ? .expiring : .valid
    }

    /// What it says of a bill that is kept here.
    var facts: BillFacts {
        let newest = vehicles.first
        return BillFacts(
            number: number, isMade: false, validUntil: validUntil, vehicle: newest?.number, transporter: transporter,
            isCancelled: isCancelled, isRejected: isRejected, consolidated: newest.map { $0.consolidated ?? "" })
    }
}
