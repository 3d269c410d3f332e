/// The eighth step: logins that need no password, because who serves them opens sessions in another way.
enum LoginSchema {
    static let tables = """
        ALTER TABLE account ADD COLUMN needs_password INTEGER NOT NULL DEFAULT 1;

        """
}
