/// The twenty-first step: what a portal tells of a notice beyond the facts that lists go by. Of what was stored before
/// nothing is known; the next fetch brings it. And why a job that was given up failed last, and which files TRACES is asked
/// to make.
enum ParticularsSchema {
    static let tables = """
        ALTER TABLE notice ADD COLUMN particulars TEXT;
        ALTER TABLE job ADD COLUMN last_cause TEXT;
        CREATE TABLE tds_request (
            id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account (id),
            kind TEXT NOT NULL, year INTEGER NOT NULL, quarter INTEGER NOT NULL, form TEXT NOT NULL, kyc TEXT NOT NULL,
            state TEXT NOT NULL, number TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '', person TEXT NOT NULL,
            created_at INTEGER NOT NULL, settled_at INTEGER) STRICT;
        CREATE UNIQUE INDEX tds_request_wanted ON tds_request (account_id, kind, year, quarter, form)
            WHERE state = 'wanted';

        """
}
