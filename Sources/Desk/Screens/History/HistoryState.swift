import Domain
import Services
import TerminalKit

/// What happened to one login, newest first: changes, verifications, reveals.
struct HistoryScreen: Screen {
    let account: PortalAccount
    var happenings: [Happening] = []
    var offset = 0
    var isLoaded = false
    var problem = ""

    init(account: PortalAccount) { self.account = account }

    var scope: CommandScope { .history }
    var trail: [String] { ["History"] }
    var isPanel: Bool { true }

    func visibleRows(_ context: ScreenContext) -> Int { max(1, context.rect.height - 5) }
}
