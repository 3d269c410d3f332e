import Domain
import Services
import TerminalKit

/// Failures that still stand, folded by cause, and the jobs of the selected cause. One key does what helps against it.
struct FailuresScreen: ListScreen {
    enum Focus: Hashable, Sendable { case groups, jobs }

    var list: ListControl<Job>
    var groups: [FailureGroup] = []
    var groupTable = TableState()
    var focus = Focus.groups
    /// The cause whose jobs are shown.
    var key: FailureGroup.Key?
    var portal: Portal?
    /// Jobs as they stood before they were retried here last: what can be taken back.
    var lastRetry = LastDeed<[Job]>()
    /// What the question on the screen is about, whatever is selected when it is answered.
    var asked: FailureGroup?

    init(settings: DeskSettings) {
        list = ListControl(filling: .failurePageSize, settings)
    }

    var pageSizeSetting: DeskSetting? { .failurePageSize }
    var scope: CommandScope { .failures }
    var trail: [String] { ["Failures by cause"] }

    var group: FailureGroup? { groups.first { $0.key == key } }
    var total: Int { groups.reduce(0) { $0 + $1.count } }
}
