extension SubSupply {
    /// Which documents go with it (facts: nic-einvoice-ewb 6); empty where it does not go that way at all.
    public func documents(_ direction: SupplyDirection) -> Set<EWayBillDocument> {
        switch direction {
        case .outward:
            switch self {
            case .supply, .export: [.invoice, .billOfSupply]
            case .jobWork, .ownUse, .exhibition, .lineSales: [.challan]
            case .knockedDown: [.invoice, .billOfSupply, .challan]
            case .recipientNotKnown, .others: [.challan, .other]
            case .importation, .jobWorkReturns, .salesReturn: []
            }
        case .inward:
            switch self {
            case .supply: [.invoice, .billOfSupply]
            case .importation: [.billOfEntry]
            case .jobWorkReturns, .salesReturn: [.challan]
            case .knockedDown: [.invoice, .billOfSupply, .billOfEntry, .challan]
            case .others, .ownUse, .exhibition: [.challan, .other]
            case .export, .jobWork, .lineSales, .recipientNotKnown: []
            }
        }
    }

    /// Whether the goods stay with one person, so that both sides carry the same GSTIN.
    public var staysWithOnePerson: Bool {
        switch self {
        case .ownUse, .exhibition, .lineSales, .recipientNotKnown: true
        default: false
        }
    }
}
