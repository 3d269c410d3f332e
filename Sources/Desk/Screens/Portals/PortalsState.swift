import Domain
import Services
import TerminalKit

/// The main screen: three portal cards above the Recent Sync Activity table.
public struct PortalsScreen: Screen {
    /// What has the keyboard: a card or the table.
    enum Area: Hashable, Sendable {
        case card(Portal)
        case table
    }

    var area = Area.table
    var list: ListControl<JobId>
    var rows: [Job] = []
    var firstSerial = 1
    var sort: ActivitySort
    var failure: Complaint?
    /// What could not be understood of the filter, in words.
    var filterNote = ""
    var lastTicket = 0
    /// A commit came while a page was being read; read once more when it is there.
    var isStale = false
    var isReading = false

    init(settings: DeskSettings) {
        list = ListControl(perPage: settings.pageSize)
        sort = settings.activitySort
    }

    public var scope: CommandScope { .portals }
    public var trail: [String] { ["Portal Integration"] }
    public var isTyping: Bool { list.filter.isEditing }

    var selectedJob: Job? { list.selectedIndex.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }
    var targets: [Job] {
        list.marks.isEmpty ? selectedJob.map { [$0] } ?? [] : rows.filter { list.marks.contains($0.id) }
    }

    /// The portal that `configure` and `fetch` mean: the focused card's, else the selected job's.
    var portal: Portal {
        if case .card(let portal) = area { portal } else { selectedJob?.portal ?? .gst }
    }

    var query: ActivityQuery { ActivityQuery(filter: filter, sort: sort, page: list.page, perPage: list.perPage) }
    var filter = ActivityFilter.everything

    /// Sort fields in the order of the columns.
    static let sortFields: [ActivitySort.Field] = [.portal, .identity, .status, .startTime, .completedTime]
}
