/// The twenty-fourth step: which actions wait for a time that their provider asked for, to be brought forward when it is
/// well again; and the two indexes of turns in the order in which actions are taken, so that the first is found at once
/// however many fell due at one moment.
enum ParkedSchema {
    static let tables = """
        ALTER TABLE operation ADD COLUMN is_parked INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX operation_parked ON operation (provider, next_at) WHERE is_parked = 1 AND next_at IS NOT NULL;
        DROP INDEX operation_doubt;
        DROP INDEX operation_fresh;
        CREATE INDEX operation_doubt ON operation (provider, gstin, next_at, number, state, crashes)
            WHERE next_at IS NOT NULL AND state IN ('unknown', 'pending');
        CREATE INDEX operation_fresh ON operation (provider, gstin, next_at, number, state, crashes)
            WHERE next_at IS NOT NULL AND state NOT IN ('unknown', 'pending');

        """
}
