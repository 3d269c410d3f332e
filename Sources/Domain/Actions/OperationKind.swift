/// What an action does at an authority. Raw values are the names on the command line.
public enum OperationKind: String, CaseIterable, Sendable, Codable {
    case einvoiceGenerate = "einvoice_generate"
    case einvoiceCancel = "einvoice_cancel"
    case ewaybillGenerate = "ewaybill_generate"
    /// From a registered invoice.
    case ewaybillByIrn = "ewaybill_by_irn"
    case ewaybillVehicle = "ewaybill_vehicle"
    case ewaybillExtend = "ewaybill_extend"
    case ewaybillTransporter = "ewaybill_transporter"
    case ewaybillCancel = "ewaybill_cancel"
    case ewaybillConsolidate = "ewaybill_consolidate"

    public var title: String {
        switch self {
        case .einvoiceGenerate: "Register e-invoice"
        case .einvoiceCancel: "Cancel e-invoice"
        case .ewaybillGenerate: "Make e-way bill"
        case .ewaybillByIrn: "Make e-way bill from IRN"
        case .ewaybillVehicle: "Update vehicle (Part B)"
        case .ewaybillExtend: "Extend e-way bill"
        case .ewaybillTransporter: "Change transporter"
        case .ewaybillCancel: "Cancel e-way bill"
        case .ewaybillConsolidate: "Consolidate e-way bills"
        }
    }

    /// The same in no more than `longestShort` letters, for a narrow column.
    public var shortTitle: String {
        switch self {
        case .einvoiceGenerate: "Register"
        case .einvoiceCancel: "Cancel IRN"
        case .ewaybillGenerate: "Make EWB"
        case .ewaybillByIrn: "EWB by IRN"
        case .ewaybillVehicle: "EWB vehicle"
        case .ewaybillExtend: "Extend EWB"
        case .ewaybillTransporter: "Transporter"
        case .ewaybillCancel: "Cancel EWB"
        case .ewaybillConsolidate: "Consolidate"
        }
    }

    /// Letters of the longest short title.
    public static let longestShort = 11

    public var system: ActionSystem {
        switch self {
        case .einvoiceGenerate, .einvoiceCancel, .ewaybillByIrn: .irp
        case .ewaybillGenerate, .ewaybillVehicle, .ewaybillExtend, .ewaybillTransporter, .ewaybillCancel,
            .ewaybillConsolidate:
            .ewb
        }
    }

    /// Whether an authority that does not show it has not done it, so that it may be sent again. A consolidated bill is seen
    /// only in what its bills show, and no rule says that they must: what is not seen goes to a person.
    public var isAbsenceProof: Bool { self != .ewaybillConsolidate }

    /// Whether an authority shows it only in what it changed: its bills have to be compared with what stood before.
    public var isSeenInItsTrace: Bool {
        self == .ewaybillExtend || self == .ewaybillVehicle || self == .ewaybillConsolidate
    }

    /// Whether the same may be made again once it was taken back, so that an older one may be found in its place.
    public var mayStandAgain: Bool { self == .ewaybillGenerate || self == .ewaybillByIrn }

    /// Whether it takes something back.
    public var isCancellation: Bool { self == .einvoiceCancel || self == .ewaybillCancel }
}

/// The authorities that take actions. Raw values are the names of connectors in provider files.
public enum ActionSystem: String, CaseIterable, Sendable, Codable {
    /// An invoice registration portal.
    case irp
    /// The e-way bill system.
    case ewb

    public var title: String {
        switch self {
        case .irp: "Invoice Registration Portal"
        case .ewb: "E-Way Bill System"
        }
    }
}
