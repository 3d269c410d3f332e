import Domain
import Services
import TerminalKit

/// The main screen: three portal cards above the Recent Sync Activity table.
struct PortalsScreen: ListScreen {
    /// What has the keyboard: a card or the table.
    enum Area: Hashable, Sendable {
        case card(Portal)
        case table
    }

    var area = Area.table
    var list: ListControl<Job>
    var sort: ActivitySort
    var filter = ActivityFilter.everything
    /// What could not be understood of the filter, in words.
    var filterNote = ""
    /// The jobs that the question on the screen is about, whatever is selected when it is answered.
    var jobsToCancel: [JobId] = []
    /// Somebody asked for a reload and is told when it is done.
    var tellsReload = false

    init(settings: DeskSettings) {
        list = ListControl(perPage: settings.pageSize(of: .activityPageSize))
        sort = settings.activitySort
    }

    var pageSizeSetting: DeskSetting? { .activityPageSize }
    /// Twenty jobs a page can be overlooked; a taller screen shows what it knows of the selected one below.
    var fillsScreen: Bool { false }
    var scope: CommandScope { .portals }
    var trail: [String] { ["Portal Integration"] }

    /// The portal that `configure` and `fetch` mean: the focused card's, else the selected job's.
    var portal: Portal {
        if case .card(let portal) = area { portal } else { list.selected?.portal ?? .gst }
    }

    /// Sort fields in the order of the columns.
    static let sortFields: [ActivitySort.Field] = [.portal, .identity, .status, .startTime, .completedTime]
}
