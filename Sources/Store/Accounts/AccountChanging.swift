public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Sets the login and resets its status, for nothing is known of a new one. nil leaves the password as it is.
    public func setLogin(_ id: AccountId, username: String, sealedPassword: [UInt8]?, at: Instant) throws {
        try changing(id.rawValue) {
            try db.run(
                """
                UPDATE account SET username = ?, login_version = login_version + 1, status = 0, reason = ?,
                reason_message = '', checked_at = NULL, last_good_at = NULL, refusals = 0 WHERE id = ?
                """, [username, Cause.neverChecked.rawValue, id.rawValue])
            guard let sealedPassword else { return }
            try db.run(
                "UPDATE account SET is_password_set = 1, password_changed_at = ? WHERE id = ?",
                [at.milliseconds, id.rawValue])
            try db.run(
                """
                INSERT INTO account_password (account_id, sealed, version)
                VALUES (?1, ?2, (SELECT login_version FROM account WHERE id = ?1))
                ON CONFLICT DO UPDATE SET sealed = excluded.sealed, version = excluded.version
                """, [id.rawValue, Data(sealedPassword)])
        }
    }

    /// Replaces the sealed bytes of the same password, as a change of the vault's key needs.
    public func resealPassword(_ id: AccountId, _ sealed: SealedPassword) throws -> Bool {
        try db.run(
            "UPDATE account_password SET sealed = ? WHERE account_id = ? AND version = ?",
            [Data(sealed.bytes), id.rawValue, sealed.version])
        return db.changesCount == 1
    }

    /// Notes what the portal said of the login.
    /// - Parameter loginVersion: the login that was tried; when it is no longer the current one, nothing changes.
    /// - Returns: whether the status was set.
    @discardableResult
    public func setStatus(
        _ id: AccountId, _ status: AccountStatus, cause: Cause?, message: String, at: Instant, loginVersion: Int? = nil
    ) throws -> Bool {
        try changing(id.rawValue) {
            let isVerified = status == .verified
            try db.run(
                """
                UPDATE account SET status = ?1, reason = ?2, reason_message = ?3, checked_at = ?4,
                last_good_at = CASE WHEN ?1 THEN ?4 ELSE last_good_at END,
                refusals = CASE WHEN ?1 THEN 0 WHEN ?2 IN ('wrong_password', 'locked') THEN refusals + 1 ELSE refusals END
                WHERE id = ?5 AND removed_at IS NULL AND login_version = ifnull(?6, login_version)
                """,
                [
                    isVerified ? 1 : 0, isVerified ? nil : (cause ?? .internal).rawValue,
                    HarmlessText.line(message), at.milliseconds, id.rawValue, loginVersion,
                ])
            return db.changesCount == 1
        }
    }

    /// Notes that the password was offered and nobody knows what the portal made of it. It stays as it was until there
    /// were `tries` offers of the kind, or refusals; then it waits for a person.
    public func noteUnsureOffer(
        _ id: AccountId, cause: Cause, message: String, tries: Int, at: Instant, loginVersion: Int
    ) throws {
        try changing(id.rawValue) {
            try db.run(
                """
                UPDATE account SET refusals = refusals + 1,
                reason = CASE WHEN refusals + 1 >= ?1 OR NOT status THEN ?2 ELSE reason END,
                reason_message = CASE WHEN refusals + 1 >= ?1 OR NOT status THEN ?3 ELSE reason_message END,
                checked_at = ?4, status = CASE WHEN refusals + 1 >= ?1 THEN 0 ELSE status END
                WHERE id = ?5 AND removed_at IS NULL AND login_version = ?6
                """,
                [
                    tries, cause.rawValue, HarmlessText.line(message), at.milliseconds, id.rawValue, loginVersion,
                ])
        }
    }

    /// Forgets user name and password.
    public func removeLogin(_ id: AccountId, at: Instant) throws {
        try changing(id.rawValue) {
            try db.run(
                """
                UPDATE account SET username = NULL, is_password_set = 0, login_version = login_version + 1, status = 0,
                reason = ?, reason_message = '', checked_at = NULL, last_good_at = NULL, password_changed_at = ?
                WHERE id = ?
                """, [Cause.neverChecked.rawValue, at.milliseconds, id.rawValue])
            try db.run("DELETE FROM account_password WHERE account_id = ?", [id.rawValue])
        }
    }

    /// Names the provider that serves this account; nil goes back to the portal's default.
    public func setProvider(_ id: AccountId, _ provider: String?) throws {
        try changing(id.rawValue) {
            try db.run("UPDATE account SET provider = ? WHERE id = ?", [provider, id.rawValue])
        }
    }

    /// Runs a change of one account and carries the difference into the counters.
    func changing<T>(_ id: Int64, _ body: () throws -> T) throws -> T {
        guard let before = try standing(id) else { throw StoreProblem.refused("there is no such account") }
        let result = try body()
        if let after = try standing(id), after != before {
            counters.countAccount(portal: before.portal) { totals in
                totals.accounts += after.accounts - before.accounts
                totals.configured += after.configured - before.configured
                totals.verified += after.verified - before.verified
                totals.attention += after.attention - before.attention
            }
        }
        return result
    }

    struct AccountStanding: Equatable {
        var portal: Int64
        var accounts: Int
        var configured: Int
        var verified: Int
        var attention: Int
    }

    private func standing(_ id: Int64) throws -> AccountStanding? {
        try db.firstRow(
            "SELECT portal, removed_at IS NULL, \(AccountRow.isConfigured), status FROM account WHERE id = ?", [id]
        ) { row in
            let (stands, configured, status): (Int, Int, Int) = (row[1], row[2], row[3])
            return AccountStanding(
                portal: row[0], accounts: stands, configured: stands * configured,
                verified: stands * configured * status,
                attention: stands * configured * (1 - status))
        }
    }
}
