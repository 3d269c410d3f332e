import Domain
import Services
import TerminalKit

extension EInvoicePage: ListPage {}
// A document that is registered anew after a refusal is another operation and stays the same invoice.
extension EInvoice: ListRow { var rowId: String { operation.businessKey } }

/// The invoices that the desk knows: in work, in doubt, registered, cancelled, refused.
struct EInvoicesScreen: FramedList {
    var list: ListControl<EInvoice>
    /// Those that stand open, whatever the filter shows.
    var standing = OperationStanding()
    /// The selected invoice with what was sent and signed, once it was read.
    var dossier: EInvoiceService.Dossier?
    var deeds = EInvoiceDeeds()
    /// The invoice as it stood when its dossier was asked for.
    private var asked: EInvoice?

    static var detailRows: Int { 5 }

    init(settings: DeskSettings) {
        list = ListControl(filling: .eInvoicePageSize, settings)
    }

    var pageSizeSetting: DeskSetting? { .eInvoicePageSize }
    var scope: CommandScope { .eInvoices }
    var trail: [String] { ["E-invoices"] }
    var openCommand: CommandId? { .open }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .answered(.text("register", let path)):
            let path = path.trimmed
            return path.isEmpty ? [] : [.push(.drafts(path: path))]
        case .answered(let answer):
            if let effects = deeds.answered(answer, context) { return effects }
        default: break
        }
        let effects = updateList(event, context)
        return effects + readSelected(context)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .eInvoices(let page):
            guard let more = show(page, ticket, context) else { return [] }
            standing = page.standing
            return more
        case .eInvoice(let found):
            if found.invoice.rowId == list.selected?.rowId { dossier = found }
            return []
        case .fileExists(let file): return deeds.exists(file)
        case .verdict(let verdict): return [.toast(EInvoiceDeeds.toast(verdict))]
        case .done: return takeList(loaded, ticket, context) + refresh(context)
        default: return takeList(loaded, ticket, context)
        }
    }

    /// Totals and signature of the selected invoice are read when it is selected, not for the whole page.
    private mutating func readSelected(_ context: ScreenContext) -> [Effect] {
        guard let selected = list.selected else {
            (dossier, asked) = (nil, nil)
            return []
        }
        guard asked != selected else { return [] }
        asked = selected
        return [.eInvoices(.dossier(selected.operation.id, drawsQr: false), context.ticket(0))]
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .eInvoices(.page(EInvoiceFilter.query(list.filter.text, page: list.page, perPage: list.perPage)), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .evidence: list.selected == nil ? "No invoice is selected" : nil
        case .cancel, .makeBill, .verify, .export, .copy, .reconcile:
            EInvoiceDeeds.reason(command, list.selected, context)
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .add:
            return [
                .prompt(
                    Prompt(
                        id: "register", title: "Register e-invoices", label: "From",
                        hint: "INV-01 as .json, a .csv of drafts, or a folder; first it is checked"))
            ]
        case .open: return list.selected.map { [.push(.eInvoice($0.operation.id))] } ?? []
        default:
            guard let selected = list.selected else { return giveList(command, context) }
            return deeds.give(command, selected, context) ?? giveList(command, context)
        }
    }
}
