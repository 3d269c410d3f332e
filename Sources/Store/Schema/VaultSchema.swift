/// The second step: the vault's keys, who may open them, and people's own keys.
enum VaultSchema {
    static let tables = """
        CREATE TABLE vault_key (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, public_key BLOB NOT NULL,
            created_at INTEGER NOT NULL, retired_at INTEGER) STRICT;
        CREATE TABLE vault_grant (
            key_id TEXT NOT NULL REFERENCES vault_key (id), holder TEXT NOT NULL, wrapped BLOB NOT NULL,
            granted_by TEXT NOT NULL, granted_at INTEGER NOT NULL,
            PRIMARY KEY (key_id, holder)) STRICT, WITHOUT ROWID;
        CREATE TABLE holder_key (
            holder TEXT PRIMARY KEY, public_key BLOB NOT NULL, sealed BLOB) STRICT, WITHOUT ROWID;
        CREATE TABLE vault_rotation (
            only INTEGER PRIMARY KEY CHECK (only = 1), from_key TEXT NOT NULL REFERENCES vault_key (id),
            to_key TEXT NOT NULL REFERENCES vault_key (id), cursor INTEGER NOT NULL DEFAULT 0,
            started_at INTEGER NOT NULL) STRICT;

        """
}
