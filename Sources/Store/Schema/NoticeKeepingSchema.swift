/// The tenth step: what is kept of a notice beside what its provider says today.
enum NoticeKeepingSchema {
    /// `last_due_on` outlives the date that counts, `due_moves` counts its changes: calendars ask for both. `own_state`
    /// is what a person said; `state` stays the one that counts. Which provider served an account by default was never
    /// noted, so there `provider` stays open until the next fetch.
    static let tables = """
        ALTER TABLE notice ADD COLUMN last_due_on INTEGER;
        ALTER TABLE notice ADD COLUMN due_moves INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE notice ADD COLUMN own_state TEXT;
        ALTER TABLE notice ADD COLUMN provider TEXT;
        UPDATE notice SET last_due_on = due_on, own_state = CASE WHEN is_manual = 1 THEN state END,
            provider = CASE WHEN is_manual = 0 THEN (SELECT provider FROM account a WHERE a.id = account_id) END;
        CREATE INDEX notice_by_reference ON notice (account_id, upper(reference));

        """
}
