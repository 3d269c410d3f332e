/// The seventh step: how many places answered when last tried, kept for the cards of the main screen.
enum CoverageSchema {
    static let tables = """
        ALTER TABLE account_total ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
        UPDATE account_total SET answered = (SELECT count(*) FROM place_reading r JOIN account a ON a.id = r.account_id
            WHERE a.portal = account_total.portal AND a.removed_at IS NULL AND r.outcome IN ('read', 'empty'));

        """
}
