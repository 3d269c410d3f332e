/// The twenty-fifth step: the audit trail in canonical bytes with chain and tree, calls that are under way, sealed bodies
/// of calls, and signed checkpoints. What the table before it held is carried over by `TrailMigration`.
///
/// The columns beside the bytes only find records; what counts is what the bytes say, and the verification compares.
enum TrailSchema {
    static let tables = """
        CREATE TABLE audit_record (
            seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, outcome TEXT NOT NULL, correlation TEXT NOT NULL, leaf BLOB NOT NULL,
            chain BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE INDEX audit_record_by_subject ON audit_record (subject, seq);
        CREATE INDEX audit_record_by_actor ON audit_record (actor, seq);
        CREATE INDEX audit_record_by_correlation ON audit_record (correlation, seq) WHERE correlation <> '';
        CREATE INDEX audit_record_by_outcome ON audit_record (outcome, seq);
        CREATE INDEX audit_record_of_passwords ON audit_record (subject, seq)
            WHERE action IN ('account.set', 'account.remove');
        CREATE INDEX audit_record_of_keys ON audit_record (seq) WHERE action = 'audit.key';
        CREATE INDEX audit_record_by_time ON audit_record (at);
        CREATE TABLE audit_head (
            only INTEGER PRIMARY KEY CHECK (only = 1), origin TEXT NOT NULL, size INTEGER NOT NULL,
            chain BLOB NOT NULL, frontier BLOB NOT NULL) STRICT;
        CREATE TABLE audit_call (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, began_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL, record BLOB NOT NULL) STRICT;
        CREATE TABLE audit_body (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
        CREATE INDEX audit_body_by_key ON audit_body (key);
        CREATE TABLE audit_checkpoint (
            size INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL, note TEXT NOT NULL,
            chain BLOB NOT NULL, frontier BLOB NOT NULL) STRICT;
        CREATE TRIGGER audit_record_stays BEFORE UPDATE ON audit_record
            BEGIN SELECT RAISE(ABORT, 'an audit record never changes'); END;
        CREATE TRIGGER audit_record_remains BEFORE DELETE ON audit_record
            BEGIN SELECT RAISE(ABORT, 'an audit record is never removed'); END;
        CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE ON audit_checkpoint
            BEGIN SELECT RAISE(ABORT, 'a checkpoint never changes'); END;
        CREATE TRIGGER audit_checkpoint_remains BEFORE DELETE ON audit_checkpoint
            BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;

        """
}
