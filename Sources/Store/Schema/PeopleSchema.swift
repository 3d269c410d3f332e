/// The third step: what people may, their sessions, their mailed codes, and what an audit row says beyond the deed.
enum PeopleSchema {
    static let tables = """
        ALTER TABLE person ADD COLUMN grants TEXT NOT NULL DEFAULT '';
        ALTER TABLE person ADD COLUMN email_changed_at INTEGER;
        ALTER TABLE vault_grant ADD COLUMN voucher BLOB;
        ALTER TABLE account ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE audit_event ADD COLUMN session TEXT NOT NULL DEFAULT '';
        ALTER TABLE audit_event ADD COLUMN correlation TEXT NOT NULL DEFAULT '';
        CREATE INDEX audit_event_by_subject ON audit_event (subject, sequence);
        CREATE INDEX audit_event_by_actor ON audit_event (actor, sequence);
        CREATE TABLE session (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (name), sealed BLOB NOT NULL,
            created_at INTEGER NOT NULL, ends_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE failure_count (
            person TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, last_at INTEGER NOT NULL,
            PRIMARY KEY (person, kind)) STRICT, WITHOUT ROWID;
        CREATE TABLE code_challenge (
            person TEXT PRIMARY KEY REFERENCES person (name), id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,
            session TEXT NOT NULL, mac BLOB NOT NULL, tries INTEGER NOT NULL DEFAULT 0, sent_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE code_sending (person TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX code_sending_by_person ON code_sending (person, at);
        CREATE TABLE authenticator (
            person TEXT PRIMARY KEY REFERENCES person (name), sealed BLOB NOT NULL, last_step INTEGER,
            confirmed_at INTEGER) STRICT, WITHOUT ROWID;

        """
}
