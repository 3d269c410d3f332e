/// The thirteenth step: actions at authorities, each with its attempts and their evidence.
///
/// The two unique indexes are the second guard against a duplicate: whatever the program does, the database holds at most
/// one unfinished and one confirmed operation of a natural key (facts: reliability 5.2). An operation that waits has
/// `next_at`, one that a worker holds `lease_until`, and no other has.
enum OperationSchema {
    static let tables = """
        CREATE TABLE operation (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            gstin TEXT NOT NULL, business_key TEXT NOT NULL, provider TEXT NOT NULL, state TEXT NOT NULL,
            fingerprint TEXT NOT NULL, idempotency_key TEXT NOT NULL, reference TEXT, expected TEXT,
            title TEXT NOT NULL, total INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, created_by TEXT NOT NULL,
            updated_at INTEGER NOT NULL, next_at INTEGER, lease_until INTEGER, owner TEXT,
            generation INTEGER NOT NULL DEFAULT 0, sent_until INTEGER, absent_at INTEGER, code TEXT,
            message TEXT NOT NULL DEFAULT '', is_adopted INTEGER NOT NULL DEFAULT 0,
            CHECK (state <> 'filed' OR reference IS NOT NULL),
            CHECK (next_at IS NULL OR lease_until IS NULL)) STRICT;
        CREATE UNIQUE INDEX operation_unfinished ON operation (business_key)
            WHERE state NOT IN ('filed', 'rejected', 'discarded');
        CREATE UNIQUE INDEX operation_filed ON operation (business_key) WHERE state = 'filed';
        CREATE INDEX operation_due ON operation (next_at, number) WHERE next_at IS NOT NULL;
        CREATE INDEX operation_held ON operation (lease_until) WHERE lease_until IS NOT NULL;
        CREATE INDEX operation_open ON operation (state, next_at)
            WHERE state NOT IN ('filed', 'rejected', 'discarded');
        CREATE INDEX operation_by_key ON operation (business_key, number);
        CREATE INDEX operation_by_reference ON operation (reference) WHERE reference IS NOT NULL;
        CREATE TABLE operation_payload (
            operation INTEGER PRIMARY KEY REFERENCES operation (number), request BLOB NOT NULL, result BLOB) STRICT;
        CREATE TRIGGER operation_payload_stays BEFORE UPDATE OF request ON operation_payload
            WHEN (SELECT state FROM operation WHERE number = NEW.operation) <> 'draft'
            BEGIN SELECT RAISE(ABORT, 'a sealed payload never changes'); END;
        CREATE TABLE operation_attempt (
            operation INTEGER NOT NULL REFERENCES operation (number), number INTEGER NOT NULL, purpose TEXT NOT NULL,
            generation INTEGER NOT NULL, provider TEXT NOT NULL, call TEXT NOT NULL, began_at INTEGER NOT NULL,
            deadline INTEGER NOT NULL, ended_at INTEGER, request_hash TEXT NOT NULL, event TEXT, status INTEGER,
            code TEXT, message TEXT NOT NULL DEFAULT '', answer_hash TEXT, answer BLOB,
            PRIMARY KEY (operation, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE api_user (
            provider TEXT NOT NULL, gstin TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL, refusal TEXT, PRIMARY KEY (provider, gstin)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER operation_attempt_remains BEFORE DELETE ON operation_attempt
            BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;

        """
}
