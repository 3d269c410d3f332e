/// The ninth step: who is sent the digest of a schedule.
enum DigestSchema {
    static let tables = """
        ALTER TABLE schedule ADD COLUMN recipients TEXT NOT NULL DEFAULT '';

        """
}
