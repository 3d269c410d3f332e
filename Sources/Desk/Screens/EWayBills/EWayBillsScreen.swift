import Domain
import Services
import TerminalKit

extension EWayBillPage: ListPage {}
extension StandingBill: ListRow { var rowId: String { number ?? operation.businessKey } }

/// The e-way bills that the desk knows, with how long each holds; and the watch list of those that run out.
struct EWayBillsScreen: FramedList {
    var list: ListControl<StandingBill>
    var watch = BillWatch()
    /// Whether only those are shown that end soon, or that ended and can still be extended.
    var isWatching: Bool
    /// The selected bill with what was done to it, once it was read.
    var kept: KeptBill?
    /// The bill as it stood when that was asked for.
    private var asked: StandingBill?
    /// The bill of a file that the question on the screen is about.
    var offered: BillOffer?
    /// Where a bill to fill in is to be written.
    var template = ""
    /// Number of the bill about which the system is being asked.
    var awaited: String?
    /// What is asked for with several marked bills.
    private var several: MarkedActions?
    /// When the clock alone made it read again.
    private var readAt: Instant?
    private static let mostAge = Duration.seconds(30)

    static var detailRows: Int { 5 }

    init(settings: DeskSettings, isWatching: Bool = false) {
        list = ListControl(filling: .eWayBillPageSize, settings)
        self.isWatching = isWatching
    }

    var pageSizeSetting: DeskSetting? { .eWayBillPageSize }
    var scope: CommandScope { .eWayBills }
    var trail: [String] { isWatching ? ["E-way bills", "Watch list"] : ["E-way bills"] }
    var openCommand: CommandId? { .evidence }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .tick: return ticked(context)
        // No answer comes to a desk that is locked.
        case .locked: awaited = nil
        case .answered(let answer):
            if let effects = answered(answer, context) { return effects }
            if let effects = several?.answered(answer, context) { return effects }
        default: break
        }
        let effects = updateList(event, context)
        return effects + readSelected(context)
    }

    /// Bills expire although nothing is written. What shows seconds above this screen ticks more often than that matters.
    private mutating func ticked(_ context: ScreenContext) -> [Effect] {
        guard readAt.map({ context.now.since($0) >= Self.mostAge }) != false else { return [] }
        readAt = context.now
        return refresh(context)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .eWayBills(let page):
            guard let more = show(page, ticket, context) else { return [] }
            watch = page.watch
            return more
        case .eWayBill(let found):
            if found.number == list.selected?.number { kept = found }
            return []
        case .surveyedBill(let survey): return surveyed(survey)
        case .fileExists(let file): return [.ask(.replace(file))]
        case .readBill(let bill):
            // What it showed is kept: the panel tells it from now on.
            (asked, awaited) = (nil, nil)
            return [.push(.readBill(bill)), .toast(Toast(bill, context.now, context.utcOffset))] + refresh(context)
        case .failed where ticket.isAwaited:
            awaited = nil
            return takeList(loaded, ticket, context)
        case .done, .told:
            if ticket.number == Ticket.several { list.clearMarks() }
            return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    private mutating func readSelected(_ context: ScreenContext) -> [Effect] {
        guard let selected = list.selected, let number = selected.number else {
            (kept, asked) = (nil, nil)
            return []
        }
        guard asked != selected else { return [] }
        asked = selected
        return [.eWayBills(.kept(number), context.ticket(0))]
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .eWayBills(
            .page(
                EWayBillFilter.query(
                    list.filter.text, isWatching: isWatching, now: context.now, page: list.page,
                    perPage: list.perPage)), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        if command == .consolidate { return tripReason(context) }
        if command == .reconcile, list.markCount > 1 {
            let marked = list.targets.map(\.governing)
            return MarkedActions(.hurry, marked).refusal(among: marked)
        }
        guard Self.ofOne.contains(command) else { return listReason(command) }
        guard let bill = list.selected else { return "No bill is selected" }
        switch command {
        case .extendBill: return bill.refusesExtension(at: context.now)
        case .vehicle, .transporter: return bill.refusesUpdate(at: context.now)
        case .cancel: return bill.refusesCancellation(at: context.now)
        case .askPortal where bill.number != nil && bill.number == awaited: return "The system is being asked already"
        case .copy, .askPortal: return bill.number == nil ? "It has no number yet" : nil
        case .reconcile:
            return OperationChoice.hurry.refusal(for: bill.governing)
        default: return nil
        }
    }

    private func tripReason(_ context: ScreenContext) -> String? {
        guard list.markCount > 1 else {
            return "Mark the bills that go on in one vehicle first, with \(context.label(.mark, scope))"
        }
        return list.targets.lazy.compactMap { $0.refusesTrip(at: context.now) }.first
    }

    /// Without a bill its keys would only distract.
    func hints(_ command: CommandId) -> Bool {
        if list.filter.isEditing { return CommandTable.worksWhileTyping(command) }
        // Who has marked bills is about to do something with all of them.
        if command == .consolidate || list.markCount > 1 { return list.markCount > 1 && !Self.ofOne.contains(command) }
        return !Self.ofOne.contains(command) || list.selected != nil
    }

    private static let ofOne: [CommandId] = [
        .evidence, .extendBill, .vehicle, .transporter, .cancel, .copy, .reconcile, .askPortal,
    ]

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .reconcile where list.markCount > 1:
            let several = MarkedActions(.hurry, list.targets.map(\.governing))
            self.several = several
            return several.begin()
        case .watch:
            isWatching.toggle()
            return refilter(context)
        case .add: return [.prompt(BillOffer.prompt)]
        case .askOther: return [.prompt(Self.askOther)]
        case .template: return askForTemplate(context)
        case .consolidate: return [.push(.consolidate(list.targets))]
        default: break
        }
        guard let bill = list.selected else { return giveList(command, context) }
        switch command {
        case .evidence: return [.push(.operation(bill.governing.id))]
        case .extendBill: return [.push(.changeBill(bill, .ewaybillExtend))]
        case .vehicle: return [.push(.changeBill(bill, .ewaybillVehicle))]
        case .transporter: return [.push(.changeBill(bill, .ewaybillTransporter))]
        case .cancel: return [.push(.changeBill(bill, .ewaybillCancel))]
        case .reconcile: return [.operations(.reconcile(bill.governing.id), context.ticket(0))]
        case .askPortal: return bill.number.map { asking(number: $0, nil, context) } ?? []
        case .copy: return bill.number.map { copied($0) } ?? []
        default: return giveList(command, context)
        }
    }
}
