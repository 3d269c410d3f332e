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

    /// When a person's e-mail address was last changed; nil for one that never was.
    public func emailChanged(of name: String) throws -> Instant? {
        let sql = "SELECT email_changed_at FROM person WHERE name = ?"
        let found: Int64? = try database().firstRow(sql, [name]) { row in row[0] as Int64? } ?? nil
        return found.map(Instant.init(milliseconds:))
    }

    public func setting(_ key: String) throws -> String? {
        try database().firstRow("SELECT value FROM setting WHERE key = ?", [key]) { row in row[0] }
    }

    private static let people = "SELECT name, email, role, is_enabled, grants FROM person"

    private static func person(_ row: Row) throws -> Person {
        guard let role = Role(rawValue: row[2]) else { throw StoreProblem.corrupt("a person has an unknown role") }
        let names: String = row[4]
        let grants = Set(names.split(separator: " ").compactMap { CredentialGrant(rawValue: String($0)) })
        return Person(name: row[0], email: row[1], role: role, isEnabled: row[3] == Int64(1), grants: grants)
    }
}
