import Domain
import Services
import TerminalKit

/// Business Entities: the register from which names fill in everywhere.
public struct BusinessesScreen: Screen {
    var list: ListControl<BusinessId>
    var rows: [Business] = []
    var firstSerial = 1
    var failure: Complaint?
    var lastTicket = 0
    /// Set while a file is being imported.
    var isImporting = false

    init(settings: DeskSettings) { list = ListControl(perPage: settings.pageSize) }

    public var scope: CommandScope { .businesses }
    public var trail: [String] { ["Businesses"] }
    public var isTyping: Bool { list.filter.isEditing }

    var selected: Business? { list.selectedIndex.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }

    var query: BusinessQuery {
        BusinessQuery(text: list.filter.text.isEmpty ? nil : list.filter.text, page: list.page, perPage: list.perPage)
    }
}
