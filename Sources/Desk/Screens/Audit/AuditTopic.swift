import Domain
import Services

/// What somebody wants the history of: a part of the audit trail under a name.
public struct AuditTopic: Hashable, Sendable {
    /// As the breadcrumb names it.
    public var title: String
    public var thread: AuditThread

    public init(title: String, thread: AuditThread) {
        self.title = title
        self.thread = thread
    }

    static func job(_ id: JobId) -> AuditTopic { AuditTopic(title: "Job \(id)", thread: .job(id)) }

    static func operation(_ id: OperationId) -> AuditTopic {
        AuditTopic(title: "Action \(id.text.prefix(8))", thread: .operation(id))
    }

    static func login(_ identity: PortalIdentity) -> AuditTopic {
        AuditTopic(title: identity.text, thread: .login(identity))
    }

    static func notice(_ id: NoticeId) -> AuditTopic {
        AuditTopic(title: "Notice \(id.rawValue)", thread: .notice(id))
    }

    static func business(_ business: Business) -> AuditTopic {
        AuditTopic(title: business.name, thread: .business(business.id))
    }
}

extension PortalsScreen { var auditTopic: AuditTopic? { list.selected.map { .job($0.id) } } }
extension JobLogScreen { var auditTopic: AuditTopic? { .job(id) } }
extension ConfigureScreen { var auditTopic: AuditTopic? { list.selected.map { .login($0.identity) } } }
extension EditLoginScreen { var auditTopic: AuditTopic? { .login(account.identity) } }
extension HistoryScreen { var auditTopic: AuditTopic? { .login(account.identity) } }
extension NoticesScreen { var auditTopic: AuditTopic? { list.selected.map { .notice($0.id) } } }
extension NoticeStoryScreen { var auditTopic: AuditTopic? { .notice(notice.id) } }
extension OperationsScreen { var auditTopic: AuditTopic? { list.selected.map { .operation($0.id) } } }
extension OperationScreen { var auditTopic: AuditTopic? { .operation(id) } }
extension EInvoiceScreen { var auditTopic: AuditTopic? { .operation(id) } }
extension EInvoicesScreen { var auditTopic: AuditTopic? { list.selected?.invoice.map { .operation($0.operation.id) } } }
extension EWayBillsScreen { var auditTopic: AuditTopic? { list.selected.map { .operation($0.operation.id) } } }
extension BusinessesScreen { var auditTopic: AuditTopic? { list.selected.map { .business($0) } } }
extension EditBusinessScreen { var auditTopic: AuditTopic? { business.map { .business($0) } } }
extension SessionsScreen { var auditTopic: AuditTopic? { list.selected.map { .login($0.identity) } } }
extension CoverageScreen { var auditTopic: AuditTopic? { list.selected.map { .login($0.identity) } } }
extension SchedulesScreen {
    var auditTopic: AuditTopic? { list.selected.map { AuditTopic(title: $0.name, thread: .schedule($0.name)) } }
}
extension ProvidersScreen {
    var auditTopic: AuditTopic? { list.selected.map { AuditTopic(title: $0.name, thread: .provider($0.name)) } }
}
extension RelayScreen { var auditTopic: AuditTopic? { list.selected.map { .job($0.job.id) } } }
