public import Domain
internal import GRDB

extension StoreReader {
    /// Under which names the trail tells of something that has a history.
    public func auditBelonging(_ notice: NoticeId) throws -> AuditBelonging {
        let sql = """
            SELECT job_id FROM notice WHERE id = ?1 AND job_id IS NOT NULL
            UNION SELECT job_id FROM notice_change WHERE notice_id = ?1 AND job_id IS NOT NULL
            """
        let jobs: [Int64] = try database().mapRows(sql, [notice.rawValue]) { $0[0] }
        return AuditBelonging(subjects: ["notice/\(notice.rawValue)"], correlations: jobs.map { "job/\($0)" })
    }

    /// Of a business its register entry, also under the name that it has now, its logins, and their notices.
    public func auditBelonging(_ business: BusinessId) throws -> AuditBelonging {
        let id = business.rawValue
        var subjects = ["business/\(id)"]
        subjects += try database().mapRows("SELECT name FROM business WHERE id = ?", [id]) { $0[0] }
        let accounts = "SELECT id, portal, identity FROM account WHERE business_id = ?"
        subjects += try database().mapRows(accounts, [id]) { row in
            "\(Portal(code: row[1]).rawValue)/\(row[2] as String)"
        }
        let notices = "SELECT n.id FROM notice n JOIN account a ON a.id = n.account_id WHERE a.business_id = ?"
        subjects += try database().mapRows(notices, [id]) { "notice/\($0[0] as Int64)" }
        return AuditBelonging(subjects: subjects, correlations: ["business/\(id)"])
    }

    /// nil for a notice that is not there, or of which it is not known who brought it.
    public func auditOrigin(_ notice: NoticeId) throws -> AuditOrigin? {
        let sql = "SELECT first_seen_at, job_id, is_manual FROM notice WHERE id = ?"
        return try database().firstRow(sql, [notice.rawValue]) { row -> AuditOrigin? in
            if let job = row[1] as Int64? { return .job(JobId(job)) }
            return (row[2] as Int64) == 1 ? .byHand(Instant(milliseconds: row[0])) : nil
        } ?? nil
    }

    public func auditOrigin(_ business: BusinessId) throws -> AuditOrigin? {
        try database().firstRow("SELECT created_at FROM business WHERE id = ?", [business.rawValue]) {
            .registered(Instant(milliseconds: $0[0]))
        }
    }
}
