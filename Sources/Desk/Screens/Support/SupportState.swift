import Domain
import Services
import TerminalKit

/// Shows what a support bundle would hold and what of it is masked, lets parts be left out, and writes it.
struct SupportScreen: Screen {
    enum Phase: Sendable {
        case collecting
        case failed(Complaint)
        case ready(SupportBundle)
        case writing(SupportBundle)
        case written(SupportBundle, SupportService.Written)
    }

    /// The screen from which it was asked for.
    let origin: SupportScreenText
    var phase = Phase.collecting
    var left: Set<SupportPart> = []
    /// Whether words of others stay as they are.
    var isVerbatim = false
    /// Of the texts that are masked while it is collected.
    var percent: Int?
    var table = TableState()
    /// Of the newest request; answers to older ones are late.
    var lastTicket = 0

    var scope: CommandScope { .support }
    var trail: [String] { ["Support bundle"] }

    var bundle: SupportBundle? {
        switch phase {
        case .collecting, .failed: nil
        case .ready(let bundle), .writing(let bundle), .written(let bundle, _): bundle
        }
    }

    var parts: [SupportPart] { bundle?.parts ?? [] }
    var part: SupportPart? { parts.dropFirst(table.selectedIndex).first }
}

extension CommandScope {
    /// Screens on which secrets are shown or typed: no text of them goes into a bundle, masked or not.
    var isNeverTold: Bool {
        switch self {
        case .editLogin, .authenticator, .inbox, .relay, .connect, .apiUser: true
        default: false
        }
    }
}

extension DeskModel {
    /// What stands on the screen, for a support bundle.
    func screenText() -> SupportScreenText {
        let isTold = !stack.contains { $0.screen.scope.isNeverTold }
        let rows = isTold ? frame().canvas.textRows.map(Self.trimmed) : []
        return SupportScreenText(
            title: trail.dropFirst().map(\.title).joined(separator: " › "), columns: size.columns, rows: rows)
    }

    private static func trimmed(_ row: String) -> String {
        String(row.reversed().drop { $0 == " " }.reversed())
    }
}
