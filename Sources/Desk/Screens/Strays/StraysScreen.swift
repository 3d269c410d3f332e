import Domain
import Services
import TerminalKit

extension StrayPage: ListPage {}
extension Stray: ListRow { var rowId: StrayId { id } }

/// Records of portals that were set aside because they were not understood: never dropped, never guessed at.
struct StraysScreen: FramedList {
    var list: ListControl<Stray>
    var problems = 0

    init(settings: DeskSettings) {
        list = ListControl(filling: .strayPageSize, settings)
    }

    var pageSizeSetting: DeskSetting? { .strayPageSize }
    var scope: CommandScope { .strays }
    var trail: [String] { ["Records set aside"] }
    var openCommand: CommandId? { .open }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        guard case .strays(let page) = loaded else { return takeList(loaded, ticket, context) }
        guard let more = show(page, ticket, context) else { return [] }
        problems = page.problems
        return more
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        var query = StrayQuery(page: list.page, perPage: list.perPage)
        var words: [Substring] = []
        for word in ShownWords.joined(list.filter.text, ShownWords.portals).split(whereSeparator: \.isWhitespace) {
            if let portal = ShownWords.portal(word.lowercased()) { query.portal = portal } else { words.append(word) }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return .loadStrays(query, ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy: list.selected == nil ? "No record is selected" : nil
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.stray($0.id))] } ?? []
        case .copy: return list.selected.map { copied("\($0.id)") } ?? []
        default: return giveList(command, context)
        }
    }
}

extension StraysScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        let kinds = "\(Counted.text(list.total ?? 0, "record")) · \(Counted.text(problems, "problem"))"
        return ListHeading(
            title: "Records set aside", placeholder: "portal  name  identity  problem",
            note: list.isLoaded ? Line(kinds, problems > 0 ? .warning : .muted) : .empty)
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let stray = list.selected else { return [] }
        let name = stray.business.isEmpty ? "" : " · \(stray.business)"
        let key = stray.key.isEmpty ? "no key could be read" : "key \(stray.key)"
        let times = "stood in \(Counted.text(stray.times, "fetch", "fetches")) since \(context.full(stray.firstSeenAt))"
        return [
            Line("\(stray.identity)", .heading, .bold) + Line("\(name) · \(stray.place.title) · \(key)"),
            Line(stray.problem, .warning),
            Line("\(Counted.text(stray.byteCount, "byte")) · \(stray.id) · \(times)", .muted),
        ]
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        [
            list.serialColumn,
            TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
            TableColumn(id: "identity", title: "Identity", width: .fixed(15)),
            TableColumn(id: "place", title: "Place", width: .flexible(least: 12, weight: 2), dropOrder: 1),
            TableColumn(id: "problem", title: "Problem", width: .flexible(least: 16, weight: 5)),
            TableColumn(id: "times", title: "Times", width: .fixed(5), alignment: .right, dropOrder: 2),
            TableColumn(id: "seen", title: "Last seen", width: .fixed(11)),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        "Every record that a portal gave was understood. What is not would be kept here, as it came."
    }

    func cells(_ stray: Stray, serial: Int, _ context: ScreenContext) -> [Line] {
        [
            Line(serial.grouped, .muted), Line(stray.identity.portal.shortName), Line(stray.identity.text),
            Line(stray.place.title), Line(stray.problem, .warning), Line(String(stray.times)),
            Line(context.day(stray.lastSeenAt), .muted),
        ]
    }
}
