public import Domain
internal import GRDB

extension StoreReader {
    public func person(_ name: String) throws -> Person? {
        try database().firstRow("\(Self.people) WHERE name = ?", [name], Self.person)
    }

    public func people() throws -> [Person] { try database().mapRows("\(Self.people) ORDER BY name", [], Self.person) }

    /// The PHC string of a person's password.
    public func passwordHash(of name: String) throws -> String? {
        try database().firstRow("SELECT password_hash FROM person WHERE name = ?", [name]) { row in row[0] }
    }

    public func setting(_ key: String) throws -> String? {
        try database().firstRow("SELECT value FROM setting WHERE key = ?", [key]) { row in row[0] }
    }

    private static let people = "SELECT name, email, role, is_enabled FROM person"

    private static func person(_ row: Row) throws -> Person {
        guard let role = Role(rawValue: row[2]) else { throw StoreProblem.corrupt("a person has an unknown role") }
        return Person(name: row[0], email: row[1], role: role, isEnabled: row[3] == Int64(1))
    }
}

extension StoreWriter {
    /// - Throws: `.refused` when the name is taken.
    public func addPerson(_ person: Person, passwordHash: String, at: Instant) throws {
        if try reader.person(person.name) != nil {
            throw StoreProblem.refused("there is a user \(person.name) already")
        }
        try db.run(
            """
            INSERT INTO person (name, email, role, is_enabled, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                person.name, person.email, person.role.rawValue, person.isEnabled ? 1 : 0, passwordHash,
                at.milliseconds,
            ])
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
}
