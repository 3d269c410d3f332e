import Domain
import TerminalKit

/// The fields of the forms that change a bill.
struct BillFields {
    /// How goods go on, or that they stand still.
    enum Going: String, CaseIterable {
        case road, rail, air, ship, onRoad, inWarehouse, elsewhere

        var title: String {
            switch self {
            case .road: "by road"
            case .rail: "by rail"
            case .air: "by air"
            case .ship: "by ship"
            case .onRoad: "standing on the road"
            case .inWarehouse: "standing in a warehouse"
            case .elsewhere: "standing elsewhere"
            }
        }

        var mode: TransportMode {
            switch self {
            case .road: .road
            case .rail: .rail
            case .air: .air
            case .ship: .ship
            case .onRoad, .inWarehouse, .elsewhere: .inTransit
            }
        }

        var isStill: Bool { mode == .inTransit }

        /// The system's letter; nil while the goods move.
        var transitType: String? {
            switch self {
            case .onRoad: "R"
            case .inWarehouse: "W"
            case .elsewhere: "O"
            default: nil
            }
        }

        static let moving: [Going] = [.road, .rail, .air, .ship]
    }

    /// The longest remark that the system takes.
    static let mostLetters = 50

    /// States of India in force, by name.
    static let states: [(code: String, name: String)] = StateCode.names
        .filter { code, _ in Int(code).map { StatePins.isIndian($0) } == true && code != "25" && code != "28" }
        .map { (code: $0.key, name: "\($0.value) (\($0.key))") }.sorted { $0.name < $1.name }

    static func stateTitle(_ code: String) -> String { states.first { $0.code == code }?.name ?? "" }

    static func reasons(_ kind: OperationKind) -> [String] {
        switch kind {
        case .ewaybillExtend: ["Natural calamity", "Law and order", "Trans-shipment", "Accident", "Others"]
        case .ewaybillVehicle: ["Break-down", "Trans-shipment", "Others", "First time"]
        default: ["Duplicate", "Order cancelled", "Data entry mistake", "Others"]
        }
    }

    private let kind: OperationKind
    private let errors: [String: String]
    private let going: Going

    init(_ kind: OperationKind, _ errors: [String: String], _ going: Going = .road) {
        (self.kind, self.errors, self.going) = (kind, errors, going)
    }

    /// Every field that the form may come to show.
    var all: [Form.Field] { fields(for: Going.allCases) }

    /// Those that matter for what was chosen.
    var shown: [Form.Field] { fields(for: [going]) }

    private func fields(for ways: [Going]) -> [Form.Field] {
        switch kind {
        case .ewaybillExtend:
            return [
                choice("extensionReason", "Reason", Self.reasons(kind)), remark,
                text("place", "Place", hint: "where the goods are now"), state,
                text("pin", "PIN", hint: "of that place, six digits"),
                text("distance", "Km to go", hint: "what is left, in kilometres"),
                choice("going", "Goods go on", Going.allCases.map(\.title)),
            ] + carriage(ways)
        case .ewaybillVehicle:
            return [
                choice("vehicleReason", "Reason", Self.reasons(kind)), remark,
                choice("going", "Goods go on", Going.moving.map(\.title)),
            ] + carriage(ways) + (ways.contains(.road) ? [vehicleType] : []) + [
                text("place", "From place", hint: "where the goods are now"), state,
            ]
        case .ewaybillTransporter:
            return [text("transporter", "Transporter", hint: "GSTIN or TRANSIN, 15 letters and digits")]
        default: return [choice("cancelReason", "Reason", Self.reasons(kind)), remark]
        }
    }

    func carriage(_ ways: [Going]) -> [Form.Field] {
        var fields: [Form.Field] = []
        if ways.contains(.road) { fields.append(text("vehicle", "Vehicle", hint: "number plate, such as KA01AB1234")) }
        if ways.contains(where: { !$0.isStill && $0 != .road }) {
            fields.append(text("document", "Document", hint: "transport document and its day, such as 4711 20-11-2026"))
        }
        if ways.contains(where: \.isStill) { fields.append(text("address", "Address", hint: "where the goods stand")) }
        return fields
    }

    var vehicleType: Form.Field { choice("vehicleType", "Cargo", ["ordinary", "over-dimensional"]) }

    var state: Form.Field {
        Form.Field(
            id: "state", label: "State", kind: .choice(Self.states.map(\.name)), hint: "its first letter, or ← →",
            error: errors["state"])
    }

    private var remark: Form.Field {
        text("remark", "Remark", hint: "why, at most \(Self.mostLetters) letters; the system keeps it")
    }

    func text(_ id: String, _ label: String, hint: String) -> Form.Field {
        Form.Field(id: id, label: label, hint: hint, error: errors[id])
    }

    func choice(_ id: String, _ label: String, _ options: [String]) -> Form.Field {
        Form.Field(id: id, label: label, kind: .choice(options), hint: "← → change it", error: errors[id])
    }
}
