import Domain
import Services
import TerminalKit

/// The Configure panel: every business with an identity at one portal, with or without a login.
struct ConfigureScreen: ListScreen {
    let portal: Portal
    var list: ListControl<PortalAccount>
    var verified = 0
    var attention = 0
    /// Row to select when the list comes.
    var wanted: PortalIdentity?

    init(portal: Portal, identity: PortalIdentity?, settings: DeskSettings) {
        self.portal = portal
        list = ListControl(perPage: settings.pageSize)
        wanted = identity
        if let identity { list.filter.set(identity.text) }
    }

    var scope: CommandScope { .configure }
    var trail: [String] { ["Portal Integration", "Configure \(portal.shortName)"] }
    var isPanel: Bool { true }
}
