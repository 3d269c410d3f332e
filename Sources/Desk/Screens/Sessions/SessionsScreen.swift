import Domain
import Services
import TerminalKit

extension GspService.StandingPage: ListPage {}
extension GspService.Standing: ListRow { var rowId: PortalIdentity { identity } }

/// API sessions at GSTN: every GSTIN, whether the taxpayer has switched API access on, and how long a session lasts.
struct SessionsScreen: FramedList {
    var list: ListControl<GspService.Standing>

    init(settings: DeskSettings) {
        list = ListControl(filling: .sessionPageSize, settings)
    }

    static let detailRows = 4
    var pageSizeSetting: DeskSetting? { .sessionPageSize }
    var scope: CommandScope { .sessions }
    var trail: [String] { ["API sessions"] }
    var openCommand: CommandId? { .open }
}

extension SessionsScreen {
    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        .gsp(.page(AccountQuery(portal: .gst, text: list.filter.text, page: list.page, perPage: list.perPage)), ticket)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        if case .standings(let page) = loaded { return show(page, ticket, context) ?? [] }
        return takeList(loaded, ticket, context)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy, .editCredential: list.selected == nil ? "No GSTIN is selected" : nil
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.connect($0.identity, business: $0.business))] } ?? []
        case .editCredential: return list.selected.map { [.loadAccount($0.identity, context.ticket(0))] } ?? []
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        default: return giveList(command, context)
        }
    }
}
