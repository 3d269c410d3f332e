/// The ninth step: who is sent the digest of a schedule, how far digests have come with each of them, and jobs of the
/// calendar that a person wants now.
enum DigestSchema {
    static let tables = """
        ALTER TABLE schedule ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
        ALTER TABLE schedule ADD COLUMN digest_at INTEGER;
        ALTER TABLE schedule ADD COLUMN digest_notice INTEGER;
        CREATE TABLE digest_reader (
            schedule_id INTEGER NOT NULL REFERENCES schedule (id), name TEXT NOT NULL, told_at INTEGER NOT NULL,
            told_notice INTEGER, settled_at INTEGER, problem TEXT NOT NULL,
            PRIMARY KEY (schedule_id, name)) STRICT, WITHOUT ROWID;
        ALTER TABLE job ADD COLUMN is_wished INTEGER NOT NULL DEFAULT 0;

        """
}
