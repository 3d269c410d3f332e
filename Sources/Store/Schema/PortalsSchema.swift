/// The fourth step: what the connectors of the portals themselves need beyond the bridge's.
enum PortalsSchema {
    static let tables = """
        CREATE TABLE stray_record (
            account_id INTEGER NOT NULL REFERENCES account (id), place TEXT NOT NULL, content_hash TEXT NOT NULL,
            key TEXT NOT NULL, problem TEXT NOT NULL, raw BLOB NOT NULL, times INTEGER NOT NULL,
            first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL,
            PRIMARY KEY (account_id, place, content_hash)) STRICT, WITHOUT ROWID;
        CREATE TABLE gsp_session (
            account_id INTEGER PRIMARY KEY REFERENCES account (id), provider TEXT NOT NULL, state TEXT NOT NULL,
            sealed BLOB, version INTEGER NOT NULL, expires_at INTEGER, refreshed_at INTEGER, changed_at INTEGER NOT NULL,
            message TEXT NOT NULL) STRICT;
        CREATE TABLE provider_secret (
            provider TEXT NOT NULL, field TEXT NOT NULL, sealed BLOB NOT NULL, version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL, PRIMARY KEY (provider, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE written_authority (
            account_id INTEGER PRIMARY KEY REFERENCES account (id), given_on INTEGER NOT NULL, note TEXT NOT NULL,
            recorded_by TEXT NOT NULL, recorded_at INTEGER NOT NULL) STRICT;

        """
}
