import Domain
import Services
import TerminalKit

extension CoveragePage: ListPage {}

extension CoverageEntry: ListRow {
    struct Id: Hashable, Sendable {
        let identity: PortalIdentity
        let place: Place
    }
    var rowId: Id { Id(identity: identity, place: place) }
}

/// What every place of every identity said when it was last tried: whether nothing new is truly nothing.
struct CoverageScreen: FramedList {
    var list: ListControl<CoverageEntry>
    /// The one that it was opened for; nil for all.
    private let identity: PortalIdentity?
    var query = CoverageQuery()
    var answered = 0
    var unanswered = 0
    var counts: [PlaceOutcome: Int] = [:]
    var strayed = 0
    var unseenNotices: Int?

    init(identity: PortalIdentity?, settings: DeskSettings) {
        list = ListControl(filling: .coveragePageSize, settings)
        self.identity = identity
        if let identity {
            list.filter = FilterLine(preset: "\(Self.word(identity.portal)) \(identity.text)")
            query = CoverageFilterText.parse(list.filter.text)
        }
    }

    /// A PAN may stand at two portals; the filter then names the one.
    private static func word(_ portal: Portal) -> String { portal == .incomeTax ? "income_tax" : portal.rawValue }

    var pageSizeSetting: DeskSetting? { .coveragePageSize }
    var scope: CommandScope { .coverage }
    var trail: [String] { ["Coverage"] + (identity.map { [$0.text] } ?? []) }
}

/// What people type to filter places: a portal, outcomes as they stand on the screen, anything else as text.
enum CoverageFilterText {
    static let placeholder = "gst  failed  never  missing  name or identity"
    private static let phrases =
        ShownWords.portals + [("never asked", "never"), ("never read", "never"), ("not read", "missing")]

    static func parse(_ text: String) -> CoverageQuery {
        var query = CoverageQuery()
        var words: [Substring] = []
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            let lower = word.lowercased()
            if let portal = ShownWords.portal(lower) {
                query.portal = portal
            } else if let outcome = PlaceOutcome(rawValue: lower) {
                query.outcomes.insert(outcome)
            } else if lower == "missing" {
                query.outcomes.formUnion(PlaceOutcome.allCases.filter { !$0.isAnswer })
            } else {
                words.append(word)
            }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return query
    }
}

extension CoverageScreen {
    mutating func filterChanged(_ context: ScreenContext) { query = CoverageFilterText.parse(list.filter.text) }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        var query = query
        query.page = list.page
        query.perPage = list.perPage
        return .loadCoverage(query, ticket)
    }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .coverage(let page):
            guard let more = show(page, ticket, context) else { return [] }
            (counts, answered, unanswered) = (page.counts, page.answered, page.unanswered)
            (strayed, unseenNotices) = (page.strayed, page.unseenNotices)
            return more
        default: return takeList(loaded, ticket, context)
        }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .fetch, .goNotices, .copy: list.selected == nil ? "No place is selected" : nil
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .fetch:
            let identities = Set(list.targets.map(\.identity))
            list.clearMarks()
            return [.fetch(identities.sorted { $0.text < $1.text }, context.ticket(0))]
        case .goNotices: return list.selected.map { [.push(.notices(identity: $0.identity))] } ?? []
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        default: return giveList(command, context)
        }
    }
}
