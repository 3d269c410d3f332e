import Domain

/// What somebody wants the history of: a part of the audit trail under a name.
public struct AuditTopic: Hashable, Sendable {
    /// As the breadcrumb names it.
    public var title: String
    public var subject: String?
    public var correlation: String?

    public init(title: String, subject: String? = nil, correlation: String? = nil) {
        self.title = title
        self.subject = subject
        self.correlation = correlation
    }

    static func job(_ id: JobId) -> AuditTopic { AuditTopic(title: "Job \(id)", correlation: "job/\(id)") }

    static func operation(_ id: OperationId) -> AuditTopic {
        AuditTopic(title: "Action \(id.text.prefix(8))", correlation: id.text)
    }

    static func login(_ identity: PortalIdentity) -> AuditTopic {
        AuditTopic(title: identity.text, subject: "\(identity.portal.rawValue)/\(identity.text)")
    }

    static func notice(_ id: NoticeId) -> AuditTopic {
        AuditTopic(title: "Notice \(id.rawValue)", subject: "notice/\(id.rawValue)")
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
extension RelayScreen { var auditTopic: AuditTopic? { list.selected.map { .job($0.job.id) } } }
