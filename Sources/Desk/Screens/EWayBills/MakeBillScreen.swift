import Domain
import Services
import TerminalKit

/// The form for the e-way bill of a registered invoice: how far, who carries it, and with what.
struct MakeBillScreen: ConfirmedForm {
    let invoice: EInvoice
    var wish: EWayBillByIrn?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    private typealias Going = BillFields.Going
    /// Part A alone comes last: a transporter enters the vehicle.
    private static let ways = Going.moving.map(\.title) + ["no vehicle yet (Part A only)"]
    /// Kilometres that the system takes at the most.
    private static let farthest = 4_000

    init(invoice: EInvoice) {
        self.invoice = invoice
        state = FormState(Form(fields: Self.fields(Going.moving, [:]), buttons: []))
    }

    var scope: CommandScope { .changeBill }
    var trail: [String] { ["Make its e-way bill"] }
    var title: String { "E-way bill · \(invoice.operation.title)" }

    /// nil for Part A alone.
    private var going: Going? {
        let place = state.choice("going")
        return Going.moving.indices.contains(place) ? Going.moving[place] : nil
    }

    private static func fields(_ going: [Going], _ errors: [String: String]) -> [Form.Field] {
        let fields = BillFields(.ewaybillByIrn, errors)
        return [
            fields.text("distance", "Km", hint: "the whole way; 0 lets the portal work it out from the PINs"),
            fields.text("transporter", "Transporter", hint: "GSTIN or TRANSIN; may be empty where a vehicle is named"),
            fields.choice("going", "Goods go", ways),
        ] + fields.carriage(going) + (going.contains(.road) ? [fields.vehicleType] : [])
    }

    func form(_ context: ScreenContext) -> Form {
        Form(
            fields: Self.fields(going.map { [$0] } ?? [], errors),
            buttons: [.init(id: "save", title: "Look it over"), .init(id: "cancel", title: "Leave it")],
            message: message)
    }

    mutating func checked(_ context: ScreenContext) -> EWayBillByIrn? {
        var request = EWayBillByIrn()
        request.irn = invoice.irn
        if let going {
            request.transport = BillFields.transport(state, going, &errors)
            if going == .road {
                request.transport.vehicleType = VehicleKind.allCases[state.choice("vehicleType")].rawValue
            }
        }
        request.transport.distance = Int(state.text("distance").trimmed)
        if request.transport.distance.map({ (0...Self.farthest).contains($0) }) != true {
            errors["distance"] = "0 to \(Self.farthest) kilometres"
        }
        let transporter = state.text("transporter").trimmed.uppercased()
        if transporter.isEmpty, going == nil { errors["transporter"] = "somebody must enter the vehicle" }
        if !transporter.isEmpty, transporter.count != 15 { errors["transporter"] = "a GSTIN or TRANSIN has 15 letters" }
        request.transport.transporterId = transporter.isEmpty ? nil : transporter
        return errors.isEmpty ? request : nil
    }

    func planning(_ wish: EWayBillByIrn, _ ticket: Ticket) -> Effect { .eWayBills(.planNew(wish), ticket) }
    func sending(_ wish: EWayBillByIrn, _ ticket: Ticket) -> Effect { .eWayBills(.make(wish), ticket) }

    func question(_ plan: ActionPlan, _ wish: EWayBillByIrn) -> Question {
        let details = wish.transport
        let name = details.vehicleNumber ?? details.documentNumber ?? ""
        let way = [Self.ways[state.choice("going")], name].filter { !$0.isEmpty }.joined(separator: ", ")
        let far = details.distance.map { $0 > 0 ? "\($0) km, " : "as far as the portal works out, " } ?? ""
        let carrier = details.transporterId.map { [Dialog.Fact("Transporter", $0)] } ?? []
        return .leaving(
            plan, title: "Make this e-way bill?", facts: [Dialog.Fact("Goods go", far + way)] + carrier,
            body: "It can be cancelled for 24 hours. Its validity begins "
                + (details.vehicleNumber == nil && details.documentNumber == nil
                    ? "when a vehicle is entered." : "as soon as it is made."),
            yes: "Make it")
    }
}
