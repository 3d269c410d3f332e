/// Schema 1. Text of a released migration never changes; a later one amends it.
enum FirstSchema {
    static let tables = """
        CREATE TABLE schema_migration (
            version INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, applied_at INTEGER NOT NULL) STRICT;
        CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE person (
            name TEXT PRIMARY KEY, email TEXT NOT NULL, role TEXT NOT NULL, is_enabled INTEGER NOT NULL,
            password_hash TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE business (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL,
            search_text TEXT NOT NULL, pan TEXT, group_name TEXT NOT NULL, created_at INTEGER NOT NULL,
            removed_at INTEGER) STRICT;
        CREATE UNIQUE INDEX business_by_pan ON business (pan) WHERE pan IS NOT NULL AND removed_at IS NULL;
        CREATE INDEX business_by_name ON business (name_key, id) WHERE removed_at IS NULL;
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT, portal INTEGER NOT NULL, identity TEXT NOT NULL,
            business_id INTEGER REFERENCES business (id), username TEXT, is_password_set INTEGER NOT NULL DEFAULT 0,
            status INTEGER NOT NULL DEFAULT 0, reason TEXT, reason_message TEXT NOT NULL DEFAULT '',
            checked_at INTEGER, last_good_at INTEGER, password_changed_at INTEGER,
            login_version INTEGER NOT NULL DEFAULT 0, provider TEXT, removed_at INTEGER,
            UNIQUE (portal, identity)) STRICT;
        CREATE INDEX account_by_identity ON account (identity, portal);
        CREATE INDEX account_by_business ON account (business_id);
        CREATE TABLE account_password (
            account_id INTEGER PRIMARY KEY REFERENCES account (id), sealed BLOB NOT NULL, version INTEGER NOT NULL) STRICT;
        CREATE TABLE portal_state (
            portal INTEGER PRIMARY KEY, provider_ok INTEGER, provider_message TEXT NOT NULL DEFAULT '',
            provider_at INTEGER, last_fetch_at INTEGER, last_fetch_new INTEGER NOT NULL DEFAULT 0,
            last_claim INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO portal_state (portal) VALUES (0), (1), (2);
        CREATE TABLE audit_event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
        CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
            BEGIN SELECT RAISE(ABORT, 'an audit event never changes'); END;
        CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event
            BEGIN SELECT RAISE(ABORT, 'an audit event is never removed'); END;

        """

    /// Counts per account stand apart from identities, in narrow rows by account, so that a batch of neighbours dirties
    /// few pages; pages by identity join the two.
    ///
    /// A waiting job has `due_at`, a running one `lease_until`, a finished one `completed_at`, and no other has; so
    /// partial indexes on these columns need no list of states.
    static let jobs = """
        CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        INSERT INTO message (id, text) VALUES (1, '');
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account (id),
            portal INTEGER NOT NULL, kind INTEGER NOT NULL, status INTEGER NOT NULL, origin INTEGER NOT NULL,
            attempt INTEGER NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER,
            sort_start INTEGER NOT NULL, sort_done INTEGER NOT NULL, due_at INTEGER, lease_until INTEGER, owner TEXT,
            generation INTEGER NOT NULL DEFAULT 0, is_attempt_open INTEGER NOT NULL DEFAULT 0,
            is_cancel_requested INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
            first_crash_at INTEGER, cause TEXT, message_id INTEGER NOT NULL DEFAULT 1 REFERENCES message (id),
            progress INTEGER, notices_new INTEGER NOT NULL DEFAULT 0,
            CHECK ((status IN (0, 2)) = (due_at IS NOT NULL)),
            CHECK ((status = 1) = (lease_until IS NOT NULL)),
            CHECK ((status >= 4) = (completed_at IS NOT NULL))) STRICT;
        CREATE UNIQUE INDEX job_unfinished ON job (account_id, kind) WHERE completed_at IS NULL;
        CREATE UNIQUE INDEX job_running ON job (account_id) WHERE lease_until IS NOT NULL;
        CREATE INDEX job_due ON job (portal, due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE job_log (
            job_id INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, level INTEGER NOT NULL,
            step TEXT NOT NULL, message_id INTEGER NOT NULL, detail TEXT NOT NULL,
            PRIMARY KEY (job_id, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE job_challenge (
            job_id INTEGER PRIMARY KEY, json TEXT NOT NULL, expires_at INTEGER, answer TEXT) STRICT;
        CREATE TABLE job_total (
            portal INTEGER NOT NULL, status INTEGER NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY (portal, status)) STRICT, WITHOUT ROWID;
        CREATE TABLE job_day (
            basis INTEGER NOT NULL, bucket INTEGER NOT NULL, portal INTEGER NOT NULL, status INTEGER NOT NULL,
            n INTEGER NOT NULL, PRIMARY KEY (basis, bucket, portal, status)) STRICT, WITHOUT ROWID;
        CREATE TABLE job_account_count (
            account_id INTEGER PRIMARY KEY, n0 INTEGER NOT NULL DEFAULT 0, n1 INTEGER NOT NULL DEFAULT 0,
            n2 INTEGER NOT NULL DEFAULT 0, n3 INTEGER NOT NULL DEFAULT 0, n4 INTEGER NOT NULL DEFAULT 0,
            n5 INTEGER NOT NULL DEFAULT 0, n6 INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE VIEW job_account AS SELECT a.identity, a.portal, c.account_id, n0, n1, n2, n3, n4, n5, n6
            FROM account a JOIN job_account_count c ON c.account_id = a.id;
        CREATE TABLE job_span (id INTEGER PRIMARY KEY CHECK (id = 1), longest INTEGER NOT NULL) STRICT;
        INSERT INTO job_span (id, longest) VALUES (1, 0);
        CREATE TABLE account_total (
            portal INTEGER PRIMARY KEY, accounts INTEGER NOT NULL DEFAULT 0, verified INTEGER NOT NULL DEFAULT 0,
            configured INTEGER NOT NULL DEFAULT 0, attention INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO account_total (portal) VALUES (0), (1), (2);

        """

    /// The secondary indexes of jobs: apart, for a bulk load drops and rebuilds them. Neighbours in the queue are not
    /// neighbours by account; so that index leaves unfinished jobs out, and a batch dirties its pages once, not thrice.
    static let jobPageIndexes = """
        CREATE INDEX job_by_start ON job (portal, status, sort_start, sort_done);
        CREATE INDEX job_by_done ON job (portal, status, sort_done);
        CREATE INDEX job_by_account ON job (account_id, status, sort_start, sort_done)
            WHERE completed_at IS NOT NULL;

        """

    static let notices = """
        CREATE TABLE notice (
            id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account (id),
            portal INTEGER NOT NULL, external_key TEXT NOT NULL, place TEXT NOT NULL, reference TEXT NOT NULL,
            form TEXT NOT NULL, section TEXT NOT NULL, summary TEXT NOT NULL, period TEXT NOT NULL,
            issued_on INTEGER, due_on INTEGER, due_basis TEXT, demand INTEGER, state TEXT NOT NULL,
            raw_state TEXT NOT NULL, content_hash INTEGER NOT NULL, version INTEGER NOT NULL,
            first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, seen_by_person_at INTEGER,
            UNIQUE (account_id, external_key)) STRICT;
        CREATE INDEX notice_by_due ON notice (state IN ('closed', 'replied', 'withdrawn'), due_on, id);
        CREATE INDEX notice_by_issue ON notice (issued_on, id);
        CREATE INDEX notice_by_sight ON notice (first_seen_at, id);
        CREATE TABLE notice_change (
            notice_id INTEGER NOT NULL REFERENCES notice (id), version INTEGER NOT NULL, field TEXT NOT NULL,
            at INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
            PRIMARY KEY (notice_id, version, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE document (
            sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, byte_count INTEGER NOT NULL,
            stored_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE notice_document (
            notice_id INTEGER NOT NULL REFERENCES notice (id), external_id TEXT NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, media_type TEXT NOT NULL, byte_count INTEGER NOT NULL, sha256 TEXT,
            PRIMARY KEY (notice_id, external_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX notice_document_by_id ON notice_document (external_id);
        CREATE TABLE notice_day (
            portal INTEGER NOT NULL, due_on INTEGER NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY (portal, due_on)) STRICT, WITHOUT ROWID;
        CREATE TABLE notice_total (
            portal INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0, unseen INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO notice_total (portal) VALUES (0), (1), (2);
        CREATE TABLE place_reading (
            account_id INTEGER NOT NULL REFERENCES account (id), place TEXT NOT NULL, outcome TEXT NOT NULL,
            count INTEGER NOT NULL, read_at INTEGER, tried_at INTEGER, error TEXT NOT NULL,
            PRIMARY KEY (account_id, place)) STRICT, WITHOUT ROWID;

        """
}
