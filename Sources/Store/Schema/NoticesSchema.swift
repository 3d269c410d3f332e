/// The sixth step: what people add to notices, whose date counts, what is gone from a portal, and a full-text index.
///
/// The index is kept by `NoticeIndexing`: triggers may not touch FTS5 where the schema is not trusted, and ours is not.
/// Its trigrams find any part of a word, in any script.
enum NoticesSchema {
    static let tables = columns + work + index

    /// `due_on` and `due_basis` are the date that counts; `said_due_on` and `said_due_basis` what the portal says. Dates
    /// that a connector used to compute for demands were never said; the rules compute them now.
    private static let columns = """
        ALTER TABLE business ADD COLUMN formed_on INTEGER;
        ALTER TABLE notice ADD COLUMN said_due_on INTEGER;
        ALTER TABLE notice ADD COLUMN said_due_basis TEXT;
        ALTER TABLE notice ADD COLUMN served_on INTEGER;
        ALTER TABLE notice ADD COLUMN act TEXT;
        ALTER TABLE notice ADD COLUMN manual_due_on INTEGER;
        ALTER TABLE notice ADD COLUMN assignee TEXT;
        ALTER TABLE notice ADD COLUMN is_manual INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE notice ADD COLUMN gone_at INTEGER;
        UPDATE notice SET said_due_on = due_on, said_due_basis = due_basis
            WHERE due_basis IS NOT 'computed' OR place NOT IN ('demand', 'set_off_245');
        CREATE INDEX notice_by_assignee ON notice (assignee) WHERE assignee IS NOT NULL;
        DELETE FROM notice_day;
        INSERT INTO notice_day (portal, due_on, n) SELECT portal, due_on, count(*) FROM notice
            WHERE due_on IS NOT NULL AND state IN ('open', 'partly_replied', 'unknown') GROUP BY 1, 2;

        """

    private static let work = """
        CREATE TABLE notice_tag (
            notice_id INTEGER NOT NULL REFERENCES notice (id), tag TEXT NOT NULL,
            PRIMARY KEY (notice_id, tag)) STRICT, WITHOUT ROWID;
        CREATE INDEX notice_tag_by_tag ON notice_tag (tag);
        CREATE TABLE notice_note (
            id INTEGER PRIMARY KEY AUTOINCREMENT, notice_id INTEGER NOT NULL REFERENCES notice (id),
            at INTEGER NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE INDEX notice_note_by_notice ON notice_note (notice_id, id);
        CREATE TRIGGER notice_note_stays BEFORE UPDATE ON notice_note
            BEGIN SELECT RAISE(ABORT, 'a note never changes'); END;

        """

    private static let index = """
        CREATE VIRTUAL TABLE notice_text USING fts5 (
            reference, form, section, description, business, identity, tags, notes, tokenize = 'trigram');
        INSERT INTO notice_text (rowid, reference, form, section, description, business, identity, tags, notes)
            SELECT n.id, n.reference, n.form || ' ' || replace(n.form, '-', ''), n.section, n.summary,
            ifnull(b.name, ''), a.identity, '', ''
            FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN business b ON b.id = a.business_id;

        """
}
