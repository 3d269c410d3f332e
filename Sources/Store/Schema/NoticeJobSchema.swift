/// The twenty-sixth step: which job brought a notice, and which one found it changed. Of what stands it was the fetch of its
/// account that was under way then: there is never more than one.
enum NoticeJobSchema {
    static let tables = """
        ALTER TABLE notice ADD COLUMN job_id INTEGER;
        ALTER TABLE notice_change ADD COLUMN job_id INTEGER;
        \(links)

        """

    /// Also for a history that was loaded as a whole.
    static let links = """
        UPDATE notice SET job_id = (
            SELECT j.id FROM job j INDEXED BY job_by_account WHERE j.account_id = notice.account_id
            AND j.completed_at IS NOT NULL AND j.sort_start <= notice.first_seen_at
            AND j.sort_done >= notice.first_seen_at AND j.kind = 0 ORDER BY j.id LIMIT 1)
            WHERE is_manual = 0 AND job_id IS NULL;
        UPDATE notice_change SET job_id = (
            SELECT j.id FROM notice n JOIN job j INDEXED BY job_by_account ON j.account_id = n.account_id
            WHERE n.id = notice_change.notice_id AND j.completed_at IS NOT NULL AND j.sort_start <= notice_change.at
            AND j.sort_done >= notice_change.at AND j.kind = 0 ORDER BY j.id LIMIT 1)
            WHERE job_id IS NULL;
        """
}
