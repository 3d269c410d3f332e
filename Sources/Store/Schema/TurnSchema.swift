/// The twenty-second step: how often the worker died on an action, and whose turn it is at a provider. Turns are found in
/// the two indexes alone, so they hold all that is asked for.
enum TurnSchema {
    static let tables = """
        ALTER TABLE operation ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE operation ADD COLUMN first_crash_at INTEGER;
        CREATE INDEX operation_doubt ON operation (provider, gstin, next_at, state)
            WHERE next_at IS NOT NULL AND state IN ('unknown', 'pending');
        CREATE INDEX operation_fresh ON operation (provider, gstin, next_at, state)
            WHERE next_at IS NOT NULL AND state NOT IN ('unknown', 'pending');
        CREATE TABLE operation_turn (
            provider TEXT NOT NULL, gstin TEXT NOT NULL, last_claim INTEGER NOT NULL,
            PRIMARY KEY (provider, gstin)) STRICT, WITHOUT ROWID;
        CREATE INDEX operation_turn_last ON operation_turn (last_claim);

        """
}
