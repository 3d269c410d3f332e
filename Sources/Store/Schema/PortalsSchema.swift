/// The fourth step: which key of the vault vouches for which, and what the connectors of the portals themselves need.
enum PortalsSchema {
    static let tables = """
        ALTER TABLE vault_key ADD COLUMN signer BLOB;
        ALTER TABLE vault_key ADD COLUMN predecessor TEXT;
        ALTER TABLE vault_key ADD COLUMN endorsement BLOB;
        ALTER TABLE holder_key ADD COLUMN pin BLOB;
        CREATE TABLE stray_record (
            account_id INTEGER NOT NULL REFERENCES account (id), place TEXT NOT NULL, content_hash TEXT NOT NULL,
            key TEXT NOT NULL, problem TEXT NOT NULL, raw BLOB NOT NULL, times INTEGER NOT NULL,
            first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL,
            PRIMARY KEY (account_id, place, content_hash)) STRICT, WITHOUT ROWID;
        CREATE TABLE gsp_session (
            account_id INTEGER PRIMARY KEY REFERENCES account (id), provider TEXT NOT NULL, state TEXT NOT NULL,
            expires_at INTEGER, refresh_at INTEGER, changed_at INTEGER NOT NULL, message TEXT NOT NULL) STRICT;
        CREATE INDEX gsp_session_by_refresh ON gsp_session (refresh_at) WHERE state = 'open';
        CREATE TABLE vault_secret (
            kind TEXT NOT NULL, owner TEXT NOT NULL, sealed BLOB NOT NULL, version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL, PRIMARY KEY (kind, owner)) STRICT, WITHOUT ROWID;
        CREATE TABLE written_authority (
            account_id INTEGER PRIMARY KEY REFERENCES account (id), given_on INTEGER NOT NULL, note TEXT NOT NULL,
            recorded_by TEXT NOT NULL, recorded_at INTEGER NOT NULL) STRICT;

        """
}
