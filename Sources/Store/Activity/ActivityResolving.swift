internal import Domain
internal import GRDB

/// Turns a filter into a scope, reading counters and accounts only.
struct ActivityResolver {
    let db: Database

    func scope(_ filter: ActivityFilter) throws -> ActivityScope {
        let portals = (filter.portals.isEmpty ? Set(Portal.allCases) : filter.portals).map(\.code)
        let statuses = (filter.statuses.isEmpty ? Set(JobStatus.allCases) : filter.statuses).map(\.code)
        let isWanted = { (cell: ActivityScope.Cell) in portals.contains(cell.portal) && statuses.contains(cell.status) }
        var scope = ActivityScope(counts: [:], accounts: try accounts(filter), range: Self.range(filter))
        if let accounts = scope.accounts {
            let counted = try counts(of: accounts)
            scope.counts = counted.counts
            scope.accounts?.accountCount = counted.accounts
            if counted.accounts <= AccountScope.fewest {
                scope.accounts?.few = try db.mapRows(
                    "SELECT account_id, portal FROM job_account WHERE \(accounts.condition)", accounts.arguments
                ) { row in AccountScope.Member(id: row[0], portal: row[1]) }
            }
        } else {
            scope.counts = try totals()
        }
        scope = scope.only(isWanted)
        guard scope.range != nil else { return scope }
        let counts = try countsInRange(scope)
        // Days that leave nothing out are no restriction.
        if counts == scope.counts { scope.range = nil }
        scope.counts = counts
        return scope
    }

    private func totals() throws -> [ActivityScope.Cell: Int] {
        var counts: [ActivityScope.Cell: Int] = [:]
        try db.forEachRow("SELECT portal, status, n FROM job_total WHERE n > 0") { row in
            counts[ActivityScope.Cell(portal: row[0], status: row[1])] = row[2]
            return true
        }
        return counts
    }

    private func counts(of accounts: AccountScope) throws -> (counts: [ActivityScope.Cell: Int], accounts: Int) {
        var counts: [ActivityScope.Cell: Int] = [:]
        var accountCount = 0
        let sql = """
            SELECT portal, count(*), sum(n0), sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(n6)
            FROM job_account WHERE \(accounts.condition) GROUP BY portal
            """
        try db.forEachRow(sql, accounts.arguments) { row in
            accountCount += row[1] as Int
            for status in 0..<7 {
                let n: Int = row[2 + status]
                if n > 0 { counts[ActivityScope.Cell(portal: row[0], status: Int64(status))] = n }
            }
            return true
        }
        return (counts, accountCount)
    }

    private func countsInRange(_ scope: ActivityScope) throws -> [ActivityScope.Cell: Int] {
        guard let range = scope.range, !range.isEmpty else { return [:] }
        guard scope.accounts != nil else {
            let search = ActivitySearch(db: db)
            return try scope.counts.keys.reduce(into: [:]) { counts, cell in
                let one = scope.only { $0 == cell }
                let n = try search.before(range.upperBound, one, .start) - search.before(range.lowerBound, one, .start)
                if n > 0 { counts[cell] = n }
            }
        }
        if scope.counts.isEmpty { return [:] }
        var counts: [ActivityScope.Cell: Int] = [:]
        let source = ActivityGathering.source(scope)
        // The portal is looked up once for each account: the index of the jobs does not hold it.
        let sql = """
            SELECT (SELECT a.portal FROM account a WHERE a.id = account_id), status, count(*) FROM \(source.text)
            GROUP BY account_id, status
            """
        try db.forEachRow(sql, source.arguments) { row in
            counts[ActivityScope.Cell(portal: row[0], status: row[1]), default: 0] += row[2] as Int
            return true
        }
        return counts
    }

    private func accounts(_ filter: ActivityFilter) throws -> AccountScope? {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let prefix = filter.identityPrefix?.uppercased(), !prefix.isEmpty {
            conditions.append("identity >= ? AND identity < ?")
            arguments += [prefix, prefix + "\u{10FFFF}"]
        }
        if let account = filter.accountId {
            conditions.append("account_id = ?")
            arguments += [account.rawValue]
        }
        if let text = filter.businessText.map(SearchText.folded), !text.isEmpty {
            conditions.append("account_id IN (SELECT value FROM json_each(?))")
            let ids = try db.numbers(
                """
                SELECT a.id FROM business b CROSS JOIN account a ON a.business_id = b.id
                WHERE instr(b.search_text, ?) > 0
                """, [text])
            arguments += [jsonList(ids)]
        }
        guard !conditions.isEmpty else { return nil }
        return AccountScope(
            condition: conditions.joined(separator: " AND "), arguments: arguments, accountCount: 0, few: nil)
    }

    private static func range(_ filter: ActivityFilter) -> Range<Int64>? {
        guard let days = filter.days else { return nil }
        let offset = Int64(filter.utcOffset) * 1_000
        let from = Int64(days.lowerBound.dayNumber) * CounterDay.length - offset
        let to = (Int64(days.upperBound.dayNumber) + 1) * CounterDay.length - offset
        return from..<to
    }
}

/// How names are made comparable: case and outer blanks do not matter, runs of blanks are one.
enum SearchText {
    static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
