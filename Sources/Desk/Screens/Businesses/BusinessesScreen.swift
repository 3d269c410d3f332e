import Domain
import Services
import TerminalKit

/// Business Entities: the register from which names fill in everywhere.
struct BusinessesScreen: FramedList {
    var list: ListControl<Business>
    /// Set while a file is being imported.
    var isImporting = false
    /// The business that the question on the screen is about.
    var toRemove: BusinessId?

    init(settings: DeskSettings) { list = ListControl(filling: .businessPageSize, settings) }

    var pageSizeSetting: DeskSetting? { .businessPageSize }
    var scope: CommandScope { .businesses }
    var trail: [String] { ["Businesses"] }
    var openCommand: CommandId? { .open }
    static let detailRows = 0

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        let text = list.filter.text.isEmpty ? nil : list.filter.text
        return .loadBusinesses(BusinessQuery(text: text, page: list.page, perPage: list.perPage), ticket)
    }
}
