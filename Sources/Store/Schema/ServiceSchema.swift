/// The fifth step: how providers do, and what is fetched by the calendar.
enum ServiceSchema {
    static let tables = """
        CREATE TABLE provider_hour (
            provider TEXT NOT NULL, hour INTEGER NOT NULL, calls INTEGER NOT NULL, failures INTEGER NOT NULL,
            latency TEXT NOT NULL, PRIMARY KEY (provider, hour)) STRICT, WITHOUT ROWID;
        CREATE TABLE provider_circuit (
            provider TEXT NOT NULL, family TEXT NOT NULL, phase TEXT NOT NULL, until INTEGER,
            reopenings INTEGER NOT NULL, changed_at INTEGER NOT NULL,
            PRIMARY KEY (provider, family)) STRICT, WITHOUT ROWID;
        CREATE TABLE schedule (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, portal INTEGER, group_name TEXT,
            cron TEXT NOT NULL, is_enabled INTEGER NOT NULL, next_at INTEGER, last_at INTEGER,
            last_message TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

        """
}
