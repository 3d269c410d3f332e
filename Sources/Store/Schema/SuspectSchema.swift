/// The seventeenth step: whose failure a portal's provider is suspected by. One account is no proof that it is away.
enum SuspectSchema {
    static let tables = """
        ALTER TABLE portal_state ADD COLUMN suspect INTEGER;

        """
}
