import Domain
import Services
import TerminalKit

/// The Configure panel: every business with an identity at one portal, with or without a login.
public struct ConfigureScreen: Screen {
    let portal: Portal
    var list: ListControl<PortalIdentity>
    var rows: [PortalAccount] = []
    var firstSerial = 1
    var verified = 0
    var attention = 0
    var failure: Complaint?
    var lastTicket = 0
    /// Row to select when the list comes.
    var wanted: PortalIdentity?

    init(portal: Portal, identity: PortalIdentity?, settings: DeskSettings) {
        self.portal = portal
        list = ListControl(perPage: settings.pageSize)
        wanted = identity
        if let identity { list.filter.set(identity.text) }
    }

    public var scope: CommandScope { .configure }
    public var trail: [String] { ["Portal Integration", "Configure \(portal.shortName)"] }
    public var isTyping: Bool { list.filter.isEditing }
    public var isPanel: Bool { true }

    var selected: PortalAccount? { list.selectedIndex.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }
    var targets: [PortalAccount] {
        list.marks.isEmpty ? selected.map { [$0] } ?? [] : rows.filter { list.marks.contains($0.identity) }
    }

    var query: AccountQuery {
        AccountQuery(
            portal: portal, text: list.filter.text.isEmpty ? nil : list.filter.text, page: list.page,
            perPage: list.perPage)
    }
}
