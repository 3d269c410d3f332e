public import Domain
internal import GRDB

extension StoreWriter {
    /// - Throws: `.refused` when the name is taken.
    public func addPerson(_ person: Person, passwordHash: String, at: Instant) throws {
        if try reader.person(person.name) != nil {
            throw StoreProblem.refused("there is a user \(person.name) already")
        }
        try db.run(
            """
            INSERT INTO person (name, email, role, is_enabled, password_hash, created_at, grants)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                person.name, person.email, person.role.rawValue, person.isEnabled ? 1 : 0, passwordHash,
                at.milliseconds, Self.text(person.grants),
            ])
    }

    /// Stores role, grants and whether the person is enabled.
    ///
    /// - Throws: `.refused` when no enabled admin would be left.
    public func setOffice(_ person: Person) throws {
        try db.run(
            "UPDATE person SET role = ?, is_enabled = ?, grants = ? WHERE name = ?",
            [person.role.rawValue, person.isEnabled ? 1 : 0, Self.text(person.grants), person.name])
        let sql = "SELECT count(*) FROM person WHERE role = ? AND is_enabled = 1"
        if try db.number(sql, [Role.admin.rawValue]) == 0 {
            throw StoreProblem.refused("\(person.name) is the last admin")
        }
    }

    /// Another address for codes; notes when, for reveals rest a while after it.
    public func setEmail(_ email: String, of name: String, at: Instant) throws {
        try db.run(
            "UPDATE person SET email = ?, email_changed_at = ? WHERE name = ?", [email, at.milliseconds, name])
    }

    public func setPasswordHash(_ phc: String, of name: String) throws {
        try db.run("UPDATE person SET password_hash = ? WHERE name = ?", [phc, name])
    }

    /// nil removes the setting.
    public func setSetting(_ key: String, _ value: String?) throws {
        if let value {
            try db.run(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                [key, value])
        } else {
            try db.run("DELETE FROM setting WHERE key = ?", [key])
        }
    }

    private static func text(_ grants: Set<CredentialGrant>) -> String {
        grants.map(\.rawValue).sorted().joined(separator: " ")
    }
}
