internal import Domain
internal import GRDB

/// Keeps the full-text index in step with the notices. Called wherever something changes that is looked for.
enum NoticeIndexing {
    /// What the index holds of each notice. A form stands there twice, so that `DRC01` finds DRC-01 too; all numbers that a
    /// notice goes by stand with its reference.
    static let content = """
        SELECT n.id, n.reference || CASE WHEN json_valid(n.particulars) THEN
        ifnull(' ' || json_extract(n.particulars, '$.printedReference'), '')
        || ifnull(' ' || json_extract(n.particulars, '$.proceeding'), '')
        || ifnull(' ' || json_extract(n.particulars, '$.subject'), '') ELSE '' END, n.form || ' ' || replace(n.form, '-', ''), n.section, n.summary,
        ifnull(b.name, ''), a.identity,
        ifnull((SELECT group_concat(tag, ' ') FROM (SELECT tag FROM notice_tag WHERE notice_id = n.id ORDER BY tag)), ''),
        ifnull((SELECT group_concat(text, ' ') FROM (SELECT text FROM notice_note WHERE notice_id = n.id ORDER BY id)), '')
        FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id
        """

    static let columns = "rowid, reference, form, section, description, business, identity, tags, notes"

    static func renew(_ notice: NoticeId, _ db: Database) throws {
        try db.run("DELETE FROM notice_text WHERE rowid = ?", [notice.rawValue])
        try add(notice, db)
    }

    /// Of a notice that is not in the index yet.
    static func add(_ notice: NoticeId, _ db: Database) throws { try db.run(addition, [notice.rawValue]) }

    private static let addition = "INSERT INTO notice_text (\(columns)) \(content) WHERE n.id = ?"

    /// After the business got another name, or took over an identity.
    static func renew(business: Int64, _ db: Database) throws {
        let ids = try db.numbers(
            "SELECT n.id FROM notice n JOIN account a ON a.id = n.account_id WHERE a.business_id = ?", [business])
        for id in ids { try renew(NoticeId(id), db) }
    }
}
