/// `outstandingDemand`: the demand screen, which also leads to set-offs under section 245.
public struct EFilingDemands: WirePayload {
    /// nil when the answer has no such list, which is never "none".
    public var demandList: [WireRecord<EFilingDemand>]?

    public init(_ rows: [EFilingDemand]) { demandList = rows.map { WireRecord($0) } }

    enum CodingKeys: String, CodingKey, CaseIterable { case demandList }
    public static let fieldNames: Set<String> = CodingKeys.names.union(EFilingDemand.CodingKeys.names).union(
        EFilingMessage.names
    ).union([
        "outFilePath", "header", "formName",
    ])
}

public struct EFilingDemand: Codable, Sendable, Hashable {
    public struct Intimation: Codable, Sendable, Hashable {
        public var outFilePath: String?
        public init(outFilePath: String?) { self.outFilePath = outFilePath }
    }

    /// The demand's reference: not the number space of notices.
    public var din: LooseText?
    public var itrAy: LooseText?
    public var sectionCode: String?
    /// Moments in milliseconds since 1970 (spelt so by the portal).
    public var dateOfDemandraised: LooseText?
    public var dateOfServiceNotice: LooseText?
    /// Rupees (spelt so by the portal).
    public var orignalOutStDemandAmount: LooseText?
    public var finalInterest: LooseText?
    public var intrestStartDate: LooseText?
    public var responseType: String?
    /// A moment; absent when nobody responded.
    public var responseSubmitted: LooseText?
    public var rectificationRights: String?
    public var currentStatus: String?
    public var modeOfService: String?
    public var demandIntimationDetails: Intimation?

    public init(din: String) { self.din = LooseText(din) }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case din, itrAy, sectionCode, dateOfDemandraised, dateOfServiceNotice, orignalOutStDemandAmount, finalInterest
        case intrestStartDate, responseType, responseSubmitted, rectificationRights, currentStatus, modeOfService
        case demandIntimationDetails
    }
}
