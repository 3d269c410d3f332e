/// The fifteenth step: whether an action must go through the provider that was named. None was known to be before.
enum RoutingSchema {
    static let tables = """
        ALTER TABLE operation ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;

        """
}
