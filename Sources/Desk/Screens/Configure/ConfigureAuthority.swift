import Domain
import Services
import TerminalKit

/// Written authorities in the Configure panel: whether one is recorded, and why nothing is fetched without it.
extension ConfigureScreen {
    /// The GST Portal is reached by interfaces that it offers; the other two may be entered by what their pages call.
    var mayNeedAuthority: Bool { portal != .gst }

    func askForAuthorities(_ accounts: [PortalAccount], _ context: ScreenContext) -> [Effect] {
        guard mayNeedAuthority, !accounts.isEmpty else { return [] }
        return [.authority(.standings(accounts.map(\.identity)), context.ticket(0))]
    }

    /// Why nothing can be fetched or verified; nil while it can, or while nothing is known of it.
    func missingAuthority(_ context: ScreenContext) -> String? {
        let logins = list.targets.filter(\.isConfigured)
        guard logins.allSatisfy({ authorities[$0.identity]?.isMissing == true }) else { return nil }
        return "No written authority of the taxpayer is recorded: \(context.label(.authority, .configure)) records it"
    }

    var authorityReason: String? {
        guard mayNeedAuthority else { return "The \(portal.title) needs no written authority" }
        return list.selected == nil ? "No business is selected" : nil
    }

    /// Stands before why a login is not verified.
    func withoutAuthority(_ account: PortalAccount) -> Line {
        authorities[account.identity]?.isMissing == true && account.isConfigured
            ? Line("! no authority  ", .warning) : .empty
    }

    /// A missing one comes before how the login does, a recorded one after it.
    func authority(of account: PortalAccount, beside health: Line, _ context: ScreenContext) -> Line {
        guard let standing = authorities[account.identity] else { return health }
        let line = standing.line(context.label(.authority, .configure), context)
        if line.isEmpty { return health }
        let gap = Line(" · ", .muted)
        return standing.isMissing ? line + gap + health : health + gap + line
    }
}
