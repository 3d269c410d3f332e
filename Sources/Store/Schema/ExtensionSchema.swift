/// The twenty-third step: how a bill stood when its extension was asked for. What is known of the bill later may be what the
/// extension has made of it, and of bills of others nothing else is kept. Extensions that were asked for before have none.
enum ExtensionSchema {
    static let tables = """
        ALTER TABLE operation_payload ADD COLUMN end_before INTEGER;
        ALTER TABLE operation_payload ADD COLUMN extensions_before INTEGER;
        CREATE TRIGGER operation_before_stays BEFORE UPDATE OF end_before, extensions_before ON operation_payload
            BEGIN SELECT RAISE(ABORT, 'what stood before never changes'); END;

        """
}
