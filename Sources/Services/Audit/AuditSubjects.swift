import Domain

// How the audit trail names what things are done to.

extension PortalIdentity {
    var auditSubject: String { "\(portal.rawValue)/\(text)" }
}

extension NoticeId {
    var auditSubject: String { "notice/\(rawValue)" }
}

extension JobId {
    /// Calls and outcomes that belong to a job name it so as well.
    var auditSubject: String { "job/\(rawValue)" }
}

extension BusinessId {
    var auditSubject: String { "business/\(rawValue)" }
}
