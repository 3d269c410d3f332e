import Domain
import Services
import TerminalKit

extension GspService.Standing: ListRow { var rowId: PortalIdentity { identity } }

/// API sessions at GSTN: every GSTIN, whether the taxpayer has switched API access on, and how long a session lasts.
struct SessionsScreen: ListScreen {
    var list: ListControl<GspService.Standing>

    init(settings: DeskSettings) {
        list = ListControl(perPage: settings.pageSize(of: .sessionPageSize))
    }

    var pageSizeSetting: DeskSetting { .sessionPageSize }
    var scope: CommandScope { .sessions }
    var trail: [String] { ["API sessions"] }
}

extension SessionsScreen {
    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared, .changed: return refresh(context)
        case .command(let command): return give(command, context)
        case .key(let key): return handleList(key, context)
        case .paste(let text): return pasteList(text, context)
        case .mouse(let target, let event):
            if event.action == .press, target.name == "row", list.selectedIndex == target.index {
                return give(.open, context)
            }
            return handleList(target, event, context)
        case .loaded(let loaded, let ticket): return take(loaded, ticket, context)
        case .answered(.text("page", let text)): return goTo(page: text, context)
        case .resized:
            list.fit(visibleRows: visibleRows(context))
            return []
        case .answered, .summary, .focusLost, .locked, .tick: return []
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .gsp(.page(AccountQuery(portal: .gst, text: list.filter.text, page: list.page, perPage: list.perPage)), ticket)
    }

    private mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .standings(let page):
            let rows = ListControl<GspService.Standing>.Loaded(
                rows: page.rows, page: page.page, pageCount: page.pageCount, total: page.total,
                firstSerial: page.firstSerial)
            return take(rows, ticket, context) ?? []
        case .account(let account): return account.map { [.push(.editLogin($0))] } ?? []
        case .failed(let complaint): return took(complaint, ticket, context)
        default: return []
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy, .editCredential: list.selected == nil ? "No GSTIN is selected" : nil
        default: listReason(command)
        }
    }

    private mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.connect($0.identity, business: $0.business))] } ?? []
        case .editCredential: return list.selected.map { [.loadAccount($0.identity, context.ticket(0))] } ?? []
        case .refresh: return refresh(context)
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        case .back: return backInList(context) ?? [.pop]
        default: return giveList(command, context)
        }
    }
}
