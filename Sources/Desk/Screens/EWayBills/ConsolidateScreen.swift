import Domain
import Services
import TerminalKit

/// The form for one consolidated bill: several bills that go on in one vehicle.
struct ConsolidateScreen: ConfirmedForm {
    struct Wish: Sendable, Hashable {
        var request: ConsolidatedEWayBill
        var asker: Gstin?
    }

    let bills: [StandingBill]
    var wish: Wish?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    /// Bills of several makers are put together by whoever carries them.
    private let needsAsker: Bool

    init(bills: [StandingBill]) {
        self.bills = bills
        needsAsker = Set(bills.map(\.operation.gstin)).count > 1
        let carriers = Set(bills.map(\.transporter))
        let texts = [
            "vehicle": Self.only(bills.map(\.vehicle)), "asker": carriers.count == 1 ? carriers.first ?? "" : "",
            "state": BillFields.stateTitle(String(bills.first?.operation.gstin.text.prefix(2) ?? "")),
        ]
        let fields = Self.fields(BillFields.Going.moving, [:], needsAsker: needsAsker)
        state = FormState(Form(fields: fields, buttons: []), texts: texts)
    }

    private static func only(_ texts: [String]) -> String {
        Set(texts).count == 1 ? texts.first ?? "" : ""
    }

    var scope: CommandScope { .changeBill }
    var trail: [String] { ["Consolidate"] }
    var title: String { "Consolidated bill · \(Counted.text(bills.count, "bill"))" }

    private var going: BillFields.Going { BillFields.Going.moving[state.choice("going")] }

    private static func fields(
        _ ways: [BillFields.Going], _ errors: [String: String], needsAsker: Bool
    ) -> [Form.Field] {
        let fields = BillFields(.ewaybillConsolidate, errors)
        let asker = fields.text("asker", "Made by", hint: "GSTIN that made or carries all of them")
        return [fields.choice("going", "Goods go on", BillFields.Going.moving.map(\.title))] + fields.carriage(ways)
            + [fields.text("place", "From place", hint: "where the goods are now"), fields.state]
            + (needsAsker ? [asker] : [])
    }

    func form(_ context: ScreenContext) -> Form {
        let numbers = bills.compactMap(\.number).joined(separator: ", ")
        return Form(
            fields: Self.fields([going], errors, needsAsker: needsAsker),
            buttons: [.init(id: "save", title: "Look it over"), .init(id: "cancel", title: "Leave it")],
            message: message.isEmpty ? Line(numbers, .muted) : message)
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        if case .loaded(.done, let ticket) = event, ticket.number == lastTicket {
            return updateConfirmed(event, context) + [.unmark]
        }
        return updateConfirmed(event, context)
    }

    mutating func checked(_ context: ScreenContext) -> Wish? {
        var request = ConsolidatedEWayBill()
        request.transport = BillFields.transport(state, going, &errors)
        request.fromPlace = state.text("place").trimmed
        if request.fromPlace?.isEmpty != false { errors["place"] = "where the goods are is needed" }
        request.fromState = Int(BillFields.states[state.choice("state")].code)
        request.bills = bills.compactMap { $0.number.flatMap { Int($0) } }.map { number in
            var entry = ConsolidatedEntry()
            entry.number = number
            return entry
        }
        var asker: Gstin?
        if needsAsker {
            asker = try? Gstin(state.text("asker").trimmed.uppercased())
            if asker == nil { errors["asker"] = "the GSTIN that made or carries all of them is needed" }
        }
        return errors.isEmpty ? Wish(request: request, asker: asker) : nil
    }

    func planning(_ wish: Wish, _ ticket: Ticket) -> Effect {
        .eWayBills(.planTrip(wish.request, asker: wish.asker), ticket)
    }

    func sending(_ wish: Wish, _ ticket: Ticket) -> Effect {
        .eWayBills(.makeTrip(wish.request, asker: wish.asker), ticket)
    }

    func question(_ plan: ActionPlan, _ wish: Wish) -> Question {
        let details = wish.request.transport
        let name = details.vehicleNumber ?? details.documentNumber ?? ""
        let way = [going.title, name].filter { !$0.isEmpty }.joined(separator: ", ")
        let from = "\(wish.request.fromPlace ?? ""), \(BillFields.states[state.choice("state")].name)"
        let listed = bills.map { Dialog.Fact($0.number ?? "", $0.operation.title) }
        return .leaving(
            plan, title: "Make this consolidated bill?",
            facts: [Dialog.Fact("Goods go on", way), Dialog.Fact("From", from)], notes: listed,
            body:
                "Its vehicle is entered in each of these bills. If the answer is lost, they are looked at; where they do "
                + "not show it, a person is asked.", yes: "Make it")
    }
}

extension StandingBill {
    /// Why it cannot go into a consolidated bill now; nil when it can.
    func refusesTrip(at now: Instant) -> String? {
        guard let number else { return "One of them is not made yet: \(operation.title)" }
        if isCancelled { return "\(number) is cancelled" }
        if isRejected { return "The other party rejected \(number)" }
        if change != nil { return "A change of \(number) is under way" }
        guard let validUntil, validUntil <= now else { return nil }
        return "\(number) has expired; extend it first"
    }
}
