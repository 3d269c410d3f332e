// Code lists of e-way bills (facts: nic-einvoice-ewb 6). Raw values are what stands on the wire.

public enum TransportMode: String, Sendable, Hashable, CaseIterable {
    case road = "1"
    case rail = "2"
    case air = "3"
    /// Ship, or ship and road.
    case ship = "4"
    /// In an extension alone: the goods stand still.
    case inTransit = "5"
}

public enum VehicleKind: String, Sendable, Hashable, CaseIterable {
    case regular = "R"
    /// Over-dimensional cargo.
    case overDimensional = "O"
}

public enum SupplyDirection: String, Sendable, Hashable, CaseIterable {
    case outward = "O"
    case inward = "I"
}

public enum SubSupply: String, Sendable, Hashable, CaseIterable {
    case supply = "1"
    case importation = "2"
    case export = "3"
    case jobWork = "4"
    case ownUse = "5"
    case jobWorkReturns = "6"
    case salesReturn = "7"
    case others = "8"
    /// Semi or completely knocked down, or lots.
    case knockedDown = "9"
    case lineSales = "10"
    case recipientNotKnown = "11"
    case exhibition = "12"
}

public enum EWayBillDocument: String, Sendable, Hashable, CaseIterable {
    case invoice = "INV"
    case billOfSupply = "BIL"
    case billOfEntry = "BOE"
    case challan = "CHL"
    case other = "OTH"
}

public enum TransactionType: String, Sendable, Hashable, CaseIterable {
    case regular = "1"
    case billToShipTo = "2"
    case billFromDispatchFrom = "3"
    /// Both of the two before.
    case combined = "4"

    public var hasShipTo: Bool { self == .billToShipTo || self == .combined }
    public var hasDispatchFrom: Bool { self == .billFromDispatchFrom || self == .combined }
}

/// Why a bill is cancelled. An invoice's list has 2 and 3 the other way round.
public enum EWayBillCancelReason: String, Sendable, Hashable, CaseIterable {
    case duplicate = "1"
    case orderCancelled = "2"
    case dataEntryMistake = "3"
    case others = "4"

    /// Within a sentence.
    public var words: String {
        switch self {
        case .duplicate: "duplicate"
        case .orderCancelled: "order cancelled"
        case .dataEntryMistake: "data entry mistake"
        case .others: "others"
        }
    }
}

public enum VehicleChangeReason: String, Sendable, Hashable, CaseIterable {
    case breakDown = "1"
    case transShipment = "2"
    case others = "3"
    case firstTime = "4"
}

public enum ExtensionReason: String, Sendable, Hashable, CaseIterable {
    case naturalCalamity = "1"
    case lawAndOrder = "2"
    case transShipment = "4"
    case accident = "5"
    case others = "99"
}
