// What is asked of bills that exist (facts: nic-einvoice-ewb 3.2, 3.3).

/// A bill for an invoice that has its IRN.
public struct EWayBillByIrn: DocumentPart {
    public var irn: String?
    public var transport = TransportDetails()
    /// Of an export: the place in India from where the goods leave it.
    public var exportShipTo: Party?
    public var dispatch: DispatchDetails?

    public init() {}
}

/// Part-B: the vehicle, or the document of another means of transport.
public struct VehicleUpdate: DocumentPart {
    public var number: Int?
    public var transport = TransportDetails()
    public var fromPlace: String?
    public var fromState: Int?
    /// A digit of `VehicleChangeReason`.
    public var reason: String?
    public var remark: String?

    public init() {}
}

public struct TransporterUpdate: DocumentPart {
    public var number: Int?
    public var transporterId: String?

    public init() {}
}

public struct EWayBillCancellation: DocumentPart {
    public var number: Int?
    /// A digit of `EWayBillCancelReason`.
    public var reason: String?
    public var remark: String?

    public init() {}
}

public struct EWayBillExtension: DocumentPart {
    public var number: Int?
    /// Its distance is the remaining one, in kilometres.
    public var transport = TransportDetails()
    public var fromPlace: String?
    public var fromState: Int?
    public var fromPin: Int?
    /// A number of `ExtensionReason`.
    public var reason: String?
    public var remark: String?
    /// `M` moving, `T` in transit.
    public var consignmentStatus: String?
    /// `R` road, `W` warehouse, `O` others; empty while moving.
    public var transitType: String?
    public var address1: String?
    public var address2: String?
    public var address3: String?

    public init() {}

    public var isInTransit: Bool { consignmentStatus == "T" }
}

/// One trip sheet for several bills in one vehicle.
public struct ConsolidatedEWayBill: DocumentPart {
    public var fromPlace: String?
    public var fromState: Int?
    public var transport = TransportDetails()
    public var bills: [ConsolidatedEntry] = []

    public init() {}
}

public struct ConsolidatedEntry: DocumentPart {
    public var number: Int?

    public init() {}
}
