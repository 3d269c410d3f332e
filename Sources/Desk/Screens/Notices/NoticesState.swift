import Domain
import Services
import TerminalKit

/// What a person was asked, so that a refusal comes back to what it is about.
struct AskedWork: Sendable {
    var notices: [NoticeId] = []
    /// Asked again where the answer is not taken; nil where a yes was enough.
    var prompt: Prompt?
    /// Number of what the answer leads to. Each has one of its own: what an earlier one led to may be refused later.
    private(set) var number = Ticket.prompted

    /// Something else is asked now.
    mutating func begin(about notices: [NoticeId]) {
        self = AskedWork(notices: notices, number: number - 1)
    }
}

/// Notices & Orders: what the portals sent, by due date, with a detail pane.
struct NoticesScreen: ListScreen {
    var list: ListControl<Notice>
    var unseen: Set<NoticeId> = []
    var identity: PortalIdentity?
    var sort: NoticeQuery.SortField
    var isDescending: Bool
    var isDetailOpen = false
    /// What is known of the notice whose detail is open; of the one before until it has come.
    var dossier: NoticeDossier?
    /// What was asked last.
    var asked = AskedWork()
    private let title: String?
    /// The file that the question on the screen is about.
    var fileToReplace: String?
    var filter = NoticeQuery()

    /// - Parameters:
    ///   - title: stands in the trail in place of the module's name.
    ///   - filter: what the filter says already.
    init(identity: PortalIdentity?, settings: DeskSettings, title: String? = nil, filter: String = "") {
        self.identity = identity
        self.title = title
        list = ListControl(filling: .noticePageSize, settings)
        sort = settings.noticeSort
        isDescending = settings.isNoticeSortDescending
        list.filter = FilterLine(preset: filter)
    }

    var pageSizeSetting: DeskSetting? { .noticePageSize }
    var scope: CommandScope { .notices }
    var trail: [String] { title.map { [$0] } ?? ["Notices & Orders"] + (identity.map { [$0.text] } ?? []) }

    func query(_ context: ScreenContext) -> NoticeQuery {
        var query = filter
        query.identity = identity
        query.today = context.indianDay
        query.sort = sort
        query.descending = isDescending
        query.page = list.page
        query.perPage = list.perPage
        return query
    }

    static let sortFields: [NoticeQuery.SortField] = [.due, .issued, .firstSeen, .portal, .reference, .business]
}
