import Domain
import Services
import TerminalKit

/// The Configure panel: every business with an identity at one portal, with or without a login.
struct ConfigureScreen: ListScreen {
    let portal: Portal
    var list: ListControl<PortalAccount>
    var verified = 0
    var attention = 0
    /// Written authorities of the accounts on this page, as far as they are known.
    var authorities: [PortalIdentity: AuthorityService.Standing] = [:]
    /// Row to select when the list comes.
    var wanted: PortalIdentity?

    init(portal: Portal, identity: PortalIdentity?, settings: DeskSettings) {
        self.portal = portal
        list = ListControl(filling: .accountPageSize, settings)
        wanted = identity
        if let identity { list.filter.set(identity.text) }
    }

    var pageSizeSetting: DeskSetting? { .accountPageSize }
    var scope: CommandScope { .configure }
    var trail: [String] { ["Portal Integration", "Configure \(portal.shortName)"] }
    var isPanel: Bool { true }
    var openCommand: CommandId? { .actions }
}

/// What people type to filter accounts: the status as it stands on the screen, anything else as text.
enum AccountFilterText {
    private static let phrases = ["not verified", "need attention"].map { ($0, "not_verified") }

    static func parse(_ text: String) -> AccountQuery {
        var query = AccountQuery()
        var words: [Substring] = []
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            switch word.lowercased() {
            case "verified", "✓": query.status = .verified
            case "not_verified", "not-verified", "✗": query.status = .notVerified
            default: words.append(word)
            }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return query
    }
}
