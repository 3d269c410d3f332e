public import Domain
internal import Foundation
internal import GRDB

/// A mailed code that waits for its answer; of the code itself only a MAC.
public struct CodeChallenge: Hashable, Sendable {
    public var id: String
    public var person: String
    /// What it opens, with its version.
    public var subject: String
    public var session: String
    public var mac: [UInt8]
    /// Wrong answers so far.
    public var tries: Int
    public var sentAt: Instant
    public var expiresAt: Instant

    public init(
        id: String, person: String, subject: String, session: String, mac: [UInt8], tries: Int = 0, sentAt: Instant,
        expiresAt: Instant
    ) {
        self.id = id
        self.person = person
        self.subject = subject
        self.session = session
        self.mac = mac
        self.tries = tries
        self.sentAt = sentAt
        self.expiresAt = expiresAt
    }
}

/// An authenticator app's secret, sealed to its owner alone.
public struct StoredAuthenticator: Hashable, Sendable {
    public var sealed: [UInt8]
    /// The last step whose code was accepted: it and older ones are refused.
    public var lastStep: Int64?
    /// nil until its first code was entered.
    public var confirmedAt: Instant?
}

extension StoreReader {
    /// The one challenge of a person: a new code ends the one before.
    public func challenge(of person: String) throws -> CodeChallenge? {
        let sql = """
            SELECT id, person, subject, session, mac, tries, sent_at, expires_at FROM code_challenge WHERE person = ?
            """
        return try database().firstRow(sql, [person]) { row in
            CodeChallenge(
                id: row[0], person: row[1], subject: row[2], session: row[3], mac: try row.bytes(at: 4), tries: row[5],
                sentAt: Instant(milliseconds: row[6]), expiresAt: Instant(milliseconds: row[7]))
        }
    }

    /// When codes were sent to a person since a moment, oldest first.
    public func codeSendings(to person: String, since: Instant) throws -> [Instant] {
        let sql = "SELECT at FROM code_sending WHERE person = ? AND at > ? ORDER BY at"
        return try database().mapRows(sql, [person, since.milliseconds]) { row in Instant(milliseconds: row[0]) }
    }

    public func authenticator(of person: String) throws -> StoredAuthenticator? {
        let sql = "SELECT sealed, last_step, confirmed_at FROM authenticator WHERE person = ?"
        return try database().firstRow(sql, [person]) { row in
            StoredAuthenticator(
                sealed: try row.bytes(at: 0), lastStep: row[1],
                confirmedAt: (row[2] as Int64?).map(Instant.init(milliseconds:)))
        }
    }
}

extension StoreWriter {
    /// Puts a challenge in the place of the one before, and notes that a code goes out.
    ///
    /// - Parameter since: sendings before it are of no more interest.
    public func setChallenge(_ challenge: CodeChallenge, forgetSendingsBefore since: Instant) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO code_challenge (person, id, subject, session, mac, tries, sent_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                challenge.person, challenge.id, challenge.subject, challenge.session, Data(challenge.mac),
                challenge.tries, challenge.sentAt.milliseconds, challenge.expiresAt.milliseconds,
            ])
        try db.run("DELETE FROM code_sending WHERE at <= ?", [since.milliseconds])
        try db.run(
            "INSERT INTO code_sending (person, at) VALUES (?, ?)", [challenge.person, challenge.sentAt.milliseconds])
    }

    /// Takes the challenge away, for good.
    ///
    /// - Returns: whether it was still there: of two right answers at once only one finds it.
    public func consumeChallenge(_ id: String) throws -> Bool {
        try db.run("DELETE FROM code_challenge WHERE id = ?", [id])
        return db.changesCount == 1
    }

    /// Takes back a challenge whose code did not leave: it counts as no sending.
    public func takeBack(_ challenge: CodeChallenge) throws {
        _ = try consumeChallenge(challenge.id)
        try db.run(
            "DELETE FROM code_sending WHERE person = ? AND at = ?",
            [challenge.person, challenge.sentAt.milliseconds])
    }

    public func countTry(_ id: String) throws {
        try db.run("UPDATE code_challenge SET tries = tries + 1 WHERE id = ?", [id])
    }

    /// Keeps a new authenticator, not confirmed yet.
    public func setAuthenticator(_ sealed: [UInt8], of person: String) throws {
        try db.run(
            "INSERT OR REPLACE INTO authenticator (person, sealed) VALUES (?, ?)", [person, Data(sealed)])
    }

    /// Notes the step whose code was accepted, unless it or a later one was accepted before.
    ///
    /// - Returns: whether this one came first.
    public func acceptStep(_ step: Int64, of person: String, at: Instant) throws -> Bool {
        try db.run(
            """
            UPDATE authenticator SET last_step = ?1, confirmed_at = coalesce(confirmed_at, ?3)
            WHERE person = ?2 AND (last_step IS NULL OR last_step < ?1)
            """, [step, person, at.milliseconds])
        return db.changesCount == 1
    }

    public func removeAuthenticator(of person: String) throws {
        try db.run("DELETE FROM authenticator WHERE person = ?", [person])
    }
}
