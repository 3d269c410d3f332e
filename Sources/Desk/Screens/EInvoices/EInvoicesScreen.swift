import Domain
import Services
import TerminalKit

/// What is prepared in files, and the invoices that the desk knows: in work, in doubt, registered, cancelled, refused.
struct EInvoicesScreen: FramedList {
    var list: ListControl<EInvoiceRow>
    /// Those that stand open, whatever the filter shows.
    var standing = OperationStanding()
    var tray: DraftTray
    /// What the question on the screen would send.
    var offered: EInvoiceWish?
    /// The selected invoice with what was sent and signed, once it was read.
    var dossier: EInvoiceService.Dossier?
    var deeds = EInvoiceDeeds()
    /// The invoice as it stood when its dossier was asked for.
    private var asked: EInvoice?
    /// The document whose draft was selected when it was sent: the selection goes on to its invoice.
    var followed: String?
    /// What is asked for with several marked invoices.
    private var several: MarkedActions?

    static var detailRows: Int { 5 }

    init(settings: DeskSettings) {
        list = ListControl(filling: .eInvoicePageSize, settings)
        tray = DraftTray(settings.drafts)
    }

    var pageSizeSetting: DeskSetting? { .eInvoicePageSize }
    var scope: CommandScope { .eInvoices }
    var trail: [String] { ["E-invoices"] }
    var openCommand: CommandId? { .open }

    var filter: EInvoiceFilter { EInvoiceFilter(list.filter.text) }
    var selected: EInvoice? { list.selected?.invoice }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared:
            let checks = tray.survey == nil && !tray.isChecking ? check(context) : []
            return updateList(event, context) + checks
        case .changed:
            let resumed = resume(context)
            return updateList(event, context) + resumed + readSelected(context)
        case .answered(let answer):
            if let effects = answered(answer, context) { return effects }
            if let effects = deeds.answered(answer, context) { return effects }
            if let effects = several?.answered(answer, context) { return effects }
        case .locked: tray.breakOff()
        default: break
        }
        let effects = updateList(event, context)
        return effects + readSelected(context)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .eInvoices(let page):
            guard let more = show(EInvoiceRows(filter.drafts(tray.drafts), page), ticket, context) else { return [] }
            standing = page.standing
            follow(context)
            return more
        case .eInvoice(let found):
            if found.invoice.operation.businessKey == selected?.operation.businessKey { dossier = found }
            return []
        case .surveying(let done, let total):
            if tray.isChecking { tray.progress = (done, total) }
            return []
        // What somebody stopped in the last moment is not added.
        case .surveyed(let survey): return tray.isChecking ? surveyed(survey, context) : []
        case .queued(let queued): return sent(queued, context)
        case .failed where ticket.number == Ticket.drafts:
            tray.forgetWork()
            return takeList(loaded, ticket, context)
        case .readInvoice(let invoice): return [.push(.readInvoice(invoice)), .toast(Toast(invoice))]
        case .fileExists(let file): return deeds.exists(file)
        case .verdict(let verdict): return [.toast(EInvoiceDeeds.toast(verdict))]
        case .done, .told:
            if ticket.number == Ticket.several { list.clearMarks() }
            return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    /// Totals and signature of the selected invoice are read when it is selected, not for the whole page.
    private mutating func readSelected(_ context: ScreenContext) -> [Effect] {
        guard let selected else {
            (dossier, asked) = (nil, nil)
            return []
        }
        guard asked != selected else { return [] }
        asked = selected
        return [.eInvoices(.dossier(selected.operation.id, drawsQr: false), context.ticket(0))]
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        let filter = filter
        let leading = filter.drafts(tray.drafts).count
        return .eInvoices(.page(filter.query(leading: leading, page: list.page, perPage: list.perPage)), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .add, .register, .provider, .remove, .undo: draftReason(command)
        case .open: list.selected == nil ? "No invoice is selected" : nil
        case .copy where list.selected?.draft != nil: nil
        case .reconcile where list.markCount > 1: MarkedActions(.hurry, marked).refusal(among: marked)
        case .cancel, .makeBill, .verify, .export, .print, .copy, .reconcile, .evidence:
            list.selected?.draft == nil
                ? EInvoiceDeeds.reason(command, selected, context) : "It is a draft: nothing of it was sent yet"
        default: listReason(command)
        }
    }

    /// What cannot be done with the selected row would only distract.
    func hints(_ command: CommandId) -> Bool {
        if list.filter.isEditing { return CommandTable.worksWhileTyping(command) }
        return switch command {
        case .register: tray.ready > 0
        case .remove: list.selected?.draft != nil
        case .cancel, .makeBill, .verify, .export, .print, .evidence: list.selected?.draft == nil
        default: true
        }
    }

    /// What was asked for of the marked invoices; drafts were not.
    private var marked: [PortalOperation] { list.targets.compactMap { $0.invoice?.governing } }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        if command == .reconcile, list.markCount > 1 {
            let several = MarkedActions(.hurry, marked)
            self.several = several
            return several.begin()
        }
        if let effects = giveDrafts(command, context) { return effects }
        switch command {
        case .template: return deeds.askForTemplate(context)
        case .askPortal: return EInvoiceDeeds.askForInvoice(selected)
        case .open: return selected.map { [.push(.eInvoice($0.operation.id))] } ?? []
        case .refresh: return refresh(context) + (tray.isChecking ? [] : check(context))
        default:
            guard let selected else { return giveList(command, context) }
            return deeds.give(command, selected, context) ?? giveList(command, context)
        }
    }
}
