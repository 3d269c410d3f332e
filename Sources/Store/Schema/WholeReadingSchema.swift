/// The twelfth step: a place of whose records some were set aside no longer counts as one that answered.
enum WholeReadingSchema {
    static let tables = """
        UPDATE account_total SET answered = (
            SELECT count(*) FROM place_reading r JOIN account a ON a.id = r.account_id
            WHERE a.portal = account_total.portal AND a.removed_at IS NULL
            AND r.outcome IN ('read', 'empty') AND r.error = '');

        """
}
