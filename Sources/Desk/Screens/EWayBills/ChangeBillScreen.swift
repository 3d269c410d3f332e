import Domain
import Services
import TerminalKit

/// The form for one change of an e-way bill: extension, vehicle, transporter, cancellation.
struct ChangeBillScreen: ConfirmedForm {
    let bill: StandingBill
    let kind: OperationKind
    var wish: EWayBillChange?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(bill: StandingBill, kind: OperationKind) {
        self.bill = bill
        self.kind = kind
        let state = String(bill.operation.gstin.text.prefix(2))
        let texts = ["vehicle": bill.vehicle, "state": BillFields.stateTitle(state)]
        self.state = FormState(Form(fields: BillFields(kind, [:]).all, buttons: []), texts: texts)
    }

    /// Kilometres that the system takes at the most.
    private static let farthest = 4_000

    var scope: CommandScope { .changeBill }
    var trail: [String] { [kind.title] }
    var title: String { "\(kind.title) · \(bill.number ?? "")" }

    private var going: BillFields.Going { BillFields.Going.allCases[state.choice("going")] }

    func form(_ context: ScreenContext) -> Form {
        Form(
            fields: BillFields(kind, errors, going).shown,
            buttons: [.init(id: "save", title: "Look it over"), .init(id: "cancel", title: "Leave it")],
            message: message.isEmpty ? note(context) : message)
    }

    private func note(_ context: ScreenContext) -> Line {
        switch kind {
        case .ewaybillExtend:
            guard let end = bill.validUntil else { return .empty }
            let until = EWayBillValidity.extensionWindow(end).upperBound
            let km = Int(state.text("distance").trimmed) ?? 0
            let days = EWayBillValidity.days(distance: max(1, km))
            let rule = km > 0 ? " \(km) km give \(Counted.text(days, "day")) of ordinary goods." : ""
            return Line("Ends \(context.full(end)); extended until \(context.full(until)) only.\(rule)", .muted)
        case .ewaybillCancel: return Line("It cannot be undone; goods on the way then need a new bill.", .warning)
        default: return .empty
        }
    }

    mutating func checked(_ context: ScreenContext) -> EWayBillChange? {
        guard let number = bill.number.flatMap({ Int($0) }) else { return nil }
        switch kind {
        case .ewaybillExtend: return extended(number)
        case .ewaybillVehicle: return vehicle(number)
        case .ewaybillTransporter:
            var request = TransporterUpdate()
            (request.number, request.transporterId) = (number, state.text("transporter").trimmed.uppercased())
            if request.transporterId?.count != 15 { errors["transporter"] = "a GSTIN or TRANSIN has 15 letters" }
            return errors.isEmpty ? .transporter(request) : nil
        default:
            var request = EWayBillCancellation()
            let reason = EWayBillCancelReason.allCases[state.choice("cancelReason")]
            (request.number, request.reason, request.remark) = (
                number, reason.rawValue, remark(isNeeded: reason == .others)
            )
            return errors.isEmpty ? .cancel(request) : nil
        }
    }

    // MARK: Reading

    private mutating func extended(_ number: Int) -> EWayBillChange? {
        var request = EWayBillExtension()
        request.number = number
        request.reason = ExtensionReason.allCases[state.choice("extensionReason")].rawValue
        request.remark = remark(isNeeded: true)
        (request.fromPlace, request.fromState) = (place(), stateCode)
        request.fromPin = whole("pin", 100_000...999_999, "a PIN has six digits")
        // 0 was to be worked out by the system.
        let most = bill.distance.flatMap { $0 > 0 ? $0 : nil } ?? Self.farthest
        request.transport = transport()
        request.transport.distance = whole("distance", 1...most, "1 to \(most) km: the whole way is no longer")
        request.consignmentStatus = going.isStill ? "T" : "M"
        if going.isStill {
            request.transitType = going.transitType
            request.address1 = needed("address", "where the goods stand")
        }
        return errors.isEmpty ? .extend(request) : nil
    }

    private mutating func vehicle(_ number: Int) -> EWayBillChange? {
        var request = VehicleUpdate()
        request.number = number
        let reason = VehicleChangeReason.allCases[state.choice("vehicleReason")]
        (request.reason, request.remark) = (reason.rawValue, remark(isNeeded: reason == .others))
        (request.fromPlace, request.fromState) = (place(), stateCode)
        request.transport = transport()
        if going == .road {
            request.transport.vehicleType = VehicleKind.allCases[state.choice("vehicleType")].rawValue
        }
        return errors.isEmpty ? .vehicle(request) : nil
    }

    private mutating func transport() -> TransportDetails { BillFields.transport(state, going, &errors) }

    private var stateCode: Int? { Int(BillFields.states[state.choice("state")].code) }

    private mutating func place() -> String? { needed("place", "where the goods are") }

    private mutating func needed(_ id: String, _ what: String) -> String? {
        let text = state.text(id).trimmed
        if text.isEmpty { errors[id] = "\(what) is needed" }
        return text.isEmpty ? nil : text
    }

    private mutating func remark(isNeeded: Bool) -> String? {
        let text = state.text("remark").trimmed
        if text.isEmpty, isNeeded { errors["remark"] = "the system wants to know why" }
        if text.count > BillFields.mostLetters { errors["remark"] = "it has \(text.count) letters" }
        return text.isEmpty ? nil : text
    }

    private mutating func whole(_ id: String, _ range: ClosedRange<Int>, _ rule: String) -> Int? {
        guard let number = Int(state.text(id).filter { !$0.isWhitespace && $0 != "," }), range.contains(number) else {
            errors[id] = rule
            return nil
        }
        return number
    }

    // MARK: Sending

    func planning(_ wish: EWayBillChange, _ ticket: Ticket) -> Effect { .eWayBills(.plan(wish), ticket) }
    func sending(_ wish: EWayBillChange, _ ticket: Ticket) -> Effect { .eWayBills(.change(wish), ticket) }

    func question(_ plan: ActionPlan, _ wish: EWayBillChange) -> Question {
        .leaving(
            plan, title: "\(kind.title)?", facts: facts(wish),
            body: kind == .ewaybillCancel ? "It cannot be undone." : "The system takes it as the taxpayer's own word.",
            yes: kind == .ewaybillCancel ? "Cancel it" : "Send")
    }

    private func facts(_ wish: EWayBillChange) -> [Dialog.Fact] {
        func carriage(_ details: TransportDetails) -> String {
            let name = details.vehicleNumber ?? details.documentNumber ?? ""
            return [going.title, name].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        switch wish {
        case .extend(let request):
            return [
                Dialog.Fact(
                    "Reason", "\(BillFields.reasons(kind)[state.choice("extensionReason")]): \(request.remark ?? "")"),
                Dialog.Fact(
                    "From", "\(request.fromPlace ?? ""), \(request.fromPin ?? 0), \(state.choiceTitle("state"))"),
                Dialog.Fact("To go", "\(request.transport.distance ?? 0) km, \(carriage(request.transport))"),
            ]
        case .vehicle(let request):
            return [
                Dialog.Fact("Goes on", carriage(request.transport)),
                Dialog.Fact("From", "\(request.fromPlace ?? ""), \(state.choiceTitle("state"))"),
                Dialog.Fact("Reason", BillFields.reasons(kind)[state.choice("vehicleReason")]),
            ]
        case .transporter(let request): return [Dialog.Fact("To", request.transporterId ?? "")]
        case .cancel(let request):
            let reason = BillFields.reasons(kind)[state.choice("cancelReason")]
            return [
                Dialog.Fact("Reason", [reason, request.remark ?? ""].filter { !$0.isEmpty }.joined(separator: ": "))
            ]
        }
    }
}

extension FormState {
    /// The state that was chosen in a form of a bill.
    fileprivate func choiceTitle(_ id: String) -> String { BillFields.states[choice(id)].name }
}
