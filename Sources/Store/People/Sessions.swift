public import Domain
internal import Foundation
internal import GRDB

/// A login that holds: whose it is, and the person's key under a secret that only the Unix user's runtime folder has.
public struct StoredSession: Hashable, Sendable {
    public var id: String
    public var person: String
    public var sealed: [UInt8]
    public var createdAt: Instant
    public var endsAt: Instant

    public init(id: String, person: String, sealed: [UInt8], createdAt: Instant, endsAt: Instant) {
        self.id = id
        self.person = person
        self.sealed = sealed
        self.createdAt = createdAt
        self.endsAt = endsAt
    }
}

/// Wrong passwords or codes in a row.
public struct FailureCount: Hashable, Sendable {
    public enum Kind: String, Sendable { case login, code, recovery }

    public var count: Int
    public var lastAt: Instant
}

extension StoreReader {
    public func session(_ id: String) throws -> StoredSession? {
        let sql = "SELECT id, person, sealed, created_at, ends_at FROM session WHERE id = ?"
        return try database().firstRow(sql, [id]) { row in
            StoredSession(
                id: row[0], person: row[1], sealed: try row.bytes(at: 2), createdAt: Instant(milliseconds: row[3]),
                endsAt: Instant(milliseconds: row[4]))
        }
    }

    public func failures(_ kind: FailureCount.Kind, of person: String) throws -> FailureCount? {
        let sql = "SELECT n, last_at FROM failure_count WHERE person = ? AND kind = ?"
        return try database().firstRow(sql, [person, kind.rawValue]) { row in
            FailureCount(count: row[0], lastAt: Instant(milliseconds: row[1]))
        }
    }
}

extension StoreWriter {
    /// Adds a session and forgets those that have run out.
    public func addSession(_ session: StoredSession) throws {
        try db.run("DELETE FROM session WHERE ends_at <= ?", [session.createdAt.milliseconds])
        try db.run(
            "INSERT INTO session (id, person, sealed, created_at, ends_at) VALUES (?, ?, ?, ?, ?)",
            [
                session.id, session.person, Data(session.sealed), session.createdAt.milliseconds,
                session.endsAt.milliseconds,
            ])
    }

    public func removeSession(_ id: String) throws { try db.run("DELETE FROM session WHERE id = ?", [id]) }

    /// Ends every session of a person but one: after another password, or when somebody may no longer what they might.
    public func removeSessions(of person: String, except id: String = "") throws {
        try db.run("DELETE FROM session WHERE person = ? AND id <> ?", [person, id])
    }

    public func addFailure(_ kind: FailureCount.Kind, of person: String, at: Instant) throws {
        try db.run(
            """
            INSERT INTO failure_count (person, kind, n, last_at) VALUES (?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET n = n + 1, last_at = excluded.last_at
            """, [person, kind.rawValue, at.milliseconds])
    }

    public func clearFailures(_ kind: FailureCount.Kind, of person: String) throws {
        try db.run("DELETE FROM failure_count WHERE person = ? AND kind = ?", [person, kind.rawValue])
    }
}
