import Domain
import Services
import TerminalKit

/// Notices & Orders: what the portals sent, by due date, with a detail pane.
struct NoticesScreen: ListScreen {
    var list: ListControl<Notice>
    var unseen: Set<NoticeId> = []
    var identity: PortalIdentity?
    var sort: NoticeQuery.SortField
    var isDescending: Bool
    var isDetailOpen = false
    /// The notice whose documents the prompt on the screen is about.
    var toSave: NoticeId?
    /// The file that the question on the screen is about.
    var fileToReplace: String?
    var filter = NoticeQuery()

    init(identity: PortalIdentity?, settings: DeskSettings) {
        self.identity = identity
        list = ListControl(perPage: settings.pageSize(of: .noticePageSize))
        sort = settings.noticeSort
        isDescending = settings.isNoticeSortDescending
    }

    var pageSizeSetting: DeskSetting { .noticePageSize }
    var scope: CommandScope { .notices }
    var trail: [String] { ["Notices & Orders"] + (identity.map { [$0.text] } ?? []) }

    func query(_ context: ScreenContext) -> NoticeQuery {
        var query = filter
        query.identity = identity
        query.today = context.today
        query.sort = sort
        query.descending = isDescending
        query.page = list.page
        query.perPage = list.perPage
        return query
    }

    static let sortFields: [NoticeQuery.SortField] = [.due, .issued, .firstSeen, .portal, .reference, .business]
}

/// What people type to filter notices: portals, states, `new`, `due`, `overdue`, anything else as text.
enum NoticeFilterText {
    static let placeholder = "gst  open  new  due<14  reference or name"

    /// The names of portals and states as they stand on the screen.
    private static let phrases =
        ShownWords.portals
        + NoticeState.allCases.map { ($0.title.lowercased(), $0.rawValue) }
        + [("partly", NoticeState.partlyReplied.rawValue)]

    static func parse(_ text: String) -> NoticeQuery {
        var query = NoticeQuery()
        var words: [Substring] = []
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            let lower = word.lowercased()
            if let portal = ShownWords.portal(lower) {
                query.portals.insert(portal)
            } else if let state = NoticeState(rawValue: lower.replacing("-", with: "_")) {
                query.states.insert(state)
            } else if lower == "new" {
                query.unseenOnly = true
            } else if lower == "due" || lower.hasPrefix("due<"), let days = lower == "due" ? 7 : Int(lower.dropFirst(4))
            {
                query.dueWithin = days
            } else {
                words.append(word)
            }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return query
    }
}
