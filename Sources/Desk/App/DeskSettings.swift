import Domain
import Services

/// A choice of the user that is kept between runs; raw values are its names in the workspace.
public enum DeskSetting: String, CaseIterable, Sendable {
    /// Rows a page of Recent Sync Activity; each list has its own.
    case activityPageSize = "desk.page_size"
    case accountPageSize = "desk.account_page_size"
    case noticePageSize = "desk.notice_page_size"
    case businessPageSize = "desk.business_page_size"
    case waitingPageSize = "desk.waiting_page_size"
    case sessionPageSize = "desk.session_page_size"
    case coveragePageSize = "desk.coverage_page_size"
    case strayPageSize = "desk.stray_page_size"
    case auditPageSize = "desk.audit_page_size"
    case failurePageSize = "desk.failure_page_size"
    case operationPageSize = "desk.operation_page_size"
    case eInvoicePageSize = "desk.einvoice_page_size"
    case eWayBillPageSize = "desk.ewaybill_page_size"
    case activitySort = "desk.activity_sort"
    case noticeSort = "desk.notice_sort"
}

/// Choices of the user, and where files go.
public struct DeskSettings: Hashable, Sendable {
    /// Rows a page of Recent Sync Activity, and at least of every other list, unless something else was chosen for it.
    public var pageSize: Int
    private var pageSizes: [DeskSetting: Int] = [:]
    public var activitySort: ActivitySort
    public var noticeSort: NoticeQuery.SortField
    public var isNoticeSortDescending: Bool
    /// Where saved logs and exports go unless a path says otherwise.
    public var exportFolder: String
    /// Refusals of one password before it is offered no more.
    public var passwordTries: Int
    /// Files that are being prepared; kept as long as this desk runs and nowhere else.
    var drafts = DraftChoice()

    public init(
        pageSize: Int = 20, activitySort: ActivitySort = ActivitySort(), noticeSort: NoticeQuery.SortField = .due,
        isNoticeSortDescending: Bool = false, exportFolder: String = ".", passwordTries: Int = 2
    ) {
        self.pageSize = pageSize
        self.activitySort = activitySort
        self.noticeSort = noticeSort
        self.isNoticeSortDescending = isNoticeSortDescending
        self.exportFolder = exportFolder
        self.passwordTries = passwordTries
    }

    /// Takes up a kept choice; one that this version does not understand changes nothing.
    public mutating func apply(_ setting: DeskSetting, _ value: String) {
        switch setting {
        case .activityPageSize, .accountPageSize, .noticePageSize, .businessPageSize, .waitingPageSize,
            .sessionPageSize, .coveragePageSize, .strayPageSize, .auditPageSize, .failurePageSize, .operationPageSize,
            .eInvoicePageSize, .eWayBillPageSize:
            if value == Self.fit { pageSizes[setting] = nil }
            if let size = Int(value), (1...1_000).contains(size) { pageSizes[setting] = size }
        case .activitySort:
            guard let (name, isDescending) = Self.sort(value), let field = ActivitySort.Field(rawValue: name) else {
                return
            }
            activitySort = ActivitySort(field: field, descending: isDescending)
        case .noticeSort:
            guard let (name, isDescending) = Self.sort(value), let field = NoticeQuery.SortField(rawValue: name) else {
                return
            }
            noticeSort = field
            isNoticeSortDescending = isDescending
        }
    }

    /// Rows a page of the list that keeps its choice under `setting`.
    public func pageSize(of setting: DeskSetting) -> Int { pageSizes[setting] ?? pageSize }

    /// Whether somebody chose how many rows a page of that list has.
    func isChosen(_ setting: DeskSetting) -> Bool { pageSizes[setting] != nil }

    /// How the choice of as many rows as the screen shows is kept.
    static let fit = "fit"

    /// `due:asc` as it is kept.
    static func sortText(_ field: String, isDescending: Bool) -> String { "\(field):\(isDescending ? "desc" : "asc")" }

    private static func sort(_ text: String) -> (String, Bool)? {
        let parts = text.split(separator: ":")
        guard parts.count == 2 else { return nil }
        return (String(parts[0]), parts[1] == "desc")
    }
}
