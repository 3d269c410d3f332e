public import Domain
internal import GRDB

extension ServedAccounts {
    /// True of such a row of `account` without a written authority.
    var withoutAuthority: String {
        "(\(condition) AND NOT EXISTS (SELECT 1 FROM written_authority w WHERE w.account_id = account.id))"
    }
}

extension StoreWriter {
    /// Notes a written authority, in place of an earlier one.
    public func setAuthority(
        of account: AccountId, givenOn: LegalDate, note: String, by person: String, at: Instant
    ) throws {
        try db.run(
            """
            INSERT INTO written_authority (account_id, given_on, note, recorded_by, recorded_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET given_on = ?2, note = ?3, recorded_by = ?4, recorded_at = ?5
            """,
            [account.rawValue, givenOn.dayNumber, HarmlessText.line(note, limit: 200), person, at.milliseconds])
    }

    /// Notes that an authority was withdrawn. Returns false when there was none.
    public func dropAuthority(of account: AccountId) throws -> Bool {
        try db.run("DELETE FROM written_authority WHERE account_id = ?", [account.rawValue])
        return db.changesCount == 1
    }
}

extension StoreReader {
    public func authority(of account: AccountId) throws -> WrittenAuthority? {
        let sql = "SELECT given_on, note, recorded_by, recorded_at FROM written_authority WHERE account_id = ?"
        return try database().firstRow(sql, [account.rawValue]) { row in
            WrittenAuthority(
                givenOn: LegalDate(dayNumber: row[0]), note: row[1], recordedBy: row[2],
                recordedAt: Instant(milliseconds: row[3]))
        }
    }

    /// Accounts with a login that need an authority and have none; of one portal, or of all.
    public func countWithoutAuthority(_ needing: ServedAccounts, portal: Portal?) throws -> Int {
        let sql = """
            SELECT count(*) FROM account WHERE removed_at IS NULL AND \(AccountRow.isConfigured)
            AND (?1 IS NULL OR portal = ?1) AND \(needing.withoutAuthority)
            """
        return Int(try database().number(sql, [portal?.code]) ?? 0)
    }
}
