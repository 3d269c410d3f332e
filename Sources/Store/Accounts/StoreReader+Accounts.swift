public import Domain
internal import Foundation
internal import GRDB

extension StoreReader {
    /// Accounts of businesses that stand, by portal and identity.
    public func accounts(_ query: AccountQuery) throws -> AccountPage {
        let db = try database()
        let (condition, arguments) = Self.condition(query)
        let counts = try counts(query, condition, arguments, db)
        let statusCondition =
            switch query.status {
            case .verified: "\(condition) AND a.status = 1"
            case .notVerified: "\(condition) AND a.status = 0"
            case nil: condition
            }
        let total =
            try query.status == nil
            ? counts.total
            : Int(
                db.number(
                    """
                    SELECT count(*) FROM account a LEFT JOIN business b ON b.id = a.business_id WHERE \(statusCondition)
                    """, arguments) ?? 0)
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let order = Self.order(query)
        let rows = try db.mapRows(
            "\(AccountRow.select) WHERE \(statusCondition) ORDER BY a.portal, \(order.sql)a.identity LIMIT ? OFFSET ?",
            arguments + order.arguments + [place.count, place.offset], AccountRow.account)
        return AccountPage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1, verified: counts.verified, attention: counts.attention)
    }

    /// Without a text to look for the counters know; thousands of accounts are not read for three numbers.
    private func counts(
        _ query: AccountQuery, _ condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> Counts {
        let hasText = query.text.map { !SearchText.folded($0).isEmpty } ?? false
        let sql =
            if hasText {
                """
                SELECT count(*), ifnull(sum(a.status = 1 AND \(AccountRow.isConfigured)), 0),
                ifnull(sum(a.status = 0 AND \(AccountRow.isConfigured)), 0) FROM account a
                LEFT JOIN business b ON b.id = a.business_id WHERE \(condition)
                """
            } else {
                """
                SELECT sum(accounts), sum(verified), sum(attention) FROM account_total
                WHERE ?1 IS NULL OR portal = ?1
                """
            }
        let values = hasText ? arguments : [query.portal?.code]
        return try db.firstRow(sql, values) { row in
            Counts(total: row[0], verified: row[1], attention: row[2])
        } ?? Counts()
    }

    private struct Counts {
        var total = 0
        var verified = 0
        var attention = 0
    }

    /// Only where it is asked for: without it a page is read from the index.
    private static func order(_ query: AccountQuery) -> (sql: String, arguments: StatementArguments) {
        if query.leading.isEmpty { return ("", []) }
        let names = query.leading.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        return ("ifnull(a.provider, '') NOT IN (\(marks)), ", StatementArguments(names))
    }

    /// Configured logins that were given to a provider of their own, by its name.
    public func loginsByProvider() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let sql = """
            SELECT a.provider, count(*) FROM account a
            WHERE a.removed_at IS NULL AND a.provider IS NOT NULL AND \(AccountRow.isConfigured) GROUP BY 1
            """
        try database().forEachRow(sql) { row in
            counts[row[0], default: 0] += row[1] as Int
            return true
        }
        return counts
    }

    private static func condition(_ query: AccountQuery) -> (String, StatementArguments) {
        var condition = "a.removed_at IS NULL"
        var arguments: StatementArguments = []
        if let portal = query.portal {
            condition += " AND a.portal = ?"
            arguments += [portal.code]
        }
        if let text = query.text.map(SearchText.folded), !text.isEmpty {
            condition += """
                 AND (instr(lower(a.identity), ?) > 0 OR instr(lower(ifnull(a.username, '')), ?) > 0
                OR instr(ifnull(b.search_text, ''), ?) > 0)
                """
            arguments += [text, text, text]
        }
        return (condition, arguments)
    }

    /// The account of an identity; nil when no business has it now.
    public func account(_ identity: PortalIdentity) throws -> PortalAccount? {
        try database().firstRow(
            "\(AccountRow.select) WHERE a.portal = ? AND a.identity = ? AND a.removed_at IS NULL",
            [identity.portal.code, identity.text], AccountRow.account)
    }

    /// The account, even when its business was removed.
    public func account(_ id: AccountId) throws -> PortalAccount? {
        try database().firstRow("\(AccountRow.select) WHERE a.id = ?", [id.rawValue], AccountRow.account)
    }

    /// Some stored passwords with their accounts, the latest first.
    public func sealedPasswords(limit: Int) throws -> [(account: AccountId, sealed: SealedPassword)] {
        var found: [(AccountId, SealedPassword)] = []
        let sql = "\(Self.sealedSelect) ORDER BY p.account_id DESC LIMIT ?"
        try database().forEachRow(sql, [limit]) { row in
            found.append((AccountId(row[0]), try Self.sealed(row)))
            return true
        }
        return found
    }

    /// Whether a login goes through the provider that serves most logins of its portal.
    public func isServedAsUsual(_ id: AccountId, at portal: Portal) throws -> Bool {
        let sql = """
            SELECT (SELECT provider FROM account WHERE id = ?) IS (
            SELECT provider FROM account WHERE portal = ? AND removed_at IS NULL
            GROUP BY provider ORDER BY count(*) DESC LIMIT 1)
            """
        return try database().firstRow(sql, [id.rawValue, portal.code]) { ($0[0] as Int) == 1 } ?? true
    }

    public func sealedPassword(_ id: AccountId) throws -> SealedPassword? {
        try database().firstRow("\(Self.sealedSelect) WHERE p.account_id = ?", [id.rawValue], Self.sealed)
    }

    static let sealedSelect = """
        SELECT p.account_id, p.sealed, p.version, a.portal, a.identity
        FROM account_password p JOIN account a ON a.id = p.account_id
        """

    static func sealed(_ row: Row) throws -> SealedPassword {
        SealedPassword(
            bytes: try row.bytes(at: 1), version: row[2],
            identity: PortalIdentity(stored: Portal(code: row[3]), row[4]))
    }
}
