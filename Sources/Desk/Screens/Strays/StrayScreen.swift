import Domain
import Services
import TerminalKit

/// One record that was set aside: what is wrong with it, and what the portal sent.
struct StrayScreen: TextScreen {
    let id: StrayId
    var text = ScrolledText<StrayService.Record>()

    init(id: StrayId) { self.id = id }

    static var noun: String { "record" }
    var scope: CommandScope { .stray }
    var trail: [String] { ["\(id)"] }

    func reading(_ ticket: Ticket) -> Effect? { .loadStray(id, ticket) }

    static func content(of loaded: Loaded) -> StrayService.Record? {
        if case .stray(let record) = loaded { record } else { nil }
    }

    func head(_ record: StrayService.Record, _ context: ScreenContext) -> [Line] {
        let stray = record.stray
        let name = stray.business.isEmpty ? "" : " · \(stray.business)"
        let key = stray.key.isEmpty ? "no key could be read" : "key \(stray.key)"
        let times = "stood in \(Counted.text(stray.times, "fetch", "fetches"))"
        let seen = "first \(context.full(stray.firstSeenAt)), last \(context.full(stray.lastSeenAt))"
        return [
            Line("\(stray.identity.portal.shortName) · \(stray.identity)", .heading, .bold)
                + Line("\(name) · \(stray.place.title) · \(key)"),
            Line("Why it was set aside  ", .muted) + Line(stray.problem, .warning),
            Line("\(Counted.text(stray.byteCount, "byte")) · \(times), \(seen)", .muted),
        ]
    }

    func lines(_ record: StrayService.Record, _ context: ScreenContext) -> [Line] {
        record.text.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)) }
    }
}
