internal import Domain
internal import GRDB

/// How an account stands in its row.
enum AccountRow {
    static let isConfigured = "(username IS NOT NULL AND (is_password_set = 1 OR needs_password = 0))"

    static let select = """
        SELECT a.id, a.portal, a.identity, a.business_id, ifnull(b.name, ''), a.username, a.is_password_set, a.status,
        a.reason, a.reason_message, a.checked_at, a.last_good_at, a.password_changed_at, a.login_version, a.provider, a.refusals,
        a.needs_password
        FROM account a LEFT JOIN business b ON b.id = a.business_id
        """

    static func account(_ row: Row) -> PortalAccount {
        PortalAccount(
            id: AccountId(row[0]), identity: PortalIdentity(stored: Portal(code: row[1]), row[2]),
            businessId: (row[3] as Int64?).map(BusinessId.init), business: row[4], username: row[5],
            isPasswordSet: row[6] == Int64(1), needsPassword: row[16] == Int64(1),
            status: row[7] == Int64(1) ? .verified : .notVerified,
            reason: (row[8] as String?).flatMap(Cause.init(rawValue:)), reasonMessage: row[9],
            checkedAt: instant(row[10]), lastGoodLoginAt: instant(row[11]), passwordChangedAt: instant(row[12]),
            loginVersion: row[13], provider: row[14], refusals: row[15])
    }

    private static func instant(_ milliseconds: Int64?) -> Instant? { milliseconds.map(Instant.init(milliseconds:)) }
}
