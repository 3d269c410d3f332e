internal import Domain
internal import GRDB

/// Pages in order of identity: the counts of each account tell which accounts a page touches.
struct ActivityByIdentity {
    let db: Database

    private struct Span {
        var account: Int64
        var count: Int
        var skip: Int
        var take: Int
    }

    func ids(_ scope: ActivityScope, from: Int, count: Int) throws -> [Int64] {
        let total = scope.total
        if count <= 0 || total == 0 { return [] }
        let isFromEnd = from > total / 2
        let spans = try spans(scope, skip: isFromEnd ? total - from - count : from, count: count, isFromEnd: isFromEnd)
        return try (isFromEnd ? spans.reversed() : spans).flatMap { span in
            let skip = isFromEnd ? span.count - span.skip - span.take : span.skip
            return try ids(scope, account: span.account, from: skip, count: span.take)
        }
    }

    /// Jobs of the scope that belong to identities before this one, or to the same at an earlier portal.
    func before(_ scope: ActivityScope, identity: String, portal: Int64) throws -> Int {
        let (sql, arguments) = Self.walk(scope, order: "", extra: " AND (identity, portal) < (?, ?)")
        var sum = 0
        try db.forEachRow(sql, arguments(["\(identity)", portal])) { row in
            sum += row[1] as Int
            return true
        }
        return sum
    }

    private func spans(_ scope: ActivityScope, skip: Int, count: Int, isFromEnd: Bool) throws -> [Span] {
        let order = isFromEnd ? "ORDER BY identity DESC, portal DESC" : "ORDER BY identity, portal"
        let (sql, arguments) = Self.walk(scope, order: order)
        var (rest, wanted, spans) = (skip, count, [Span]())
        try db.forEachRow(sql, arguments([])) { row in
            let n: Int = row[1]
            if rest >= n {
                rest -= n
                return true
            }
            let take = min(n - rest, wanted)
            spans.append(Span(account: row[0], count: n, skip: rest, take: take))
            rest = 0
            wanted -= take
            return wanted > 0
        }
        return spans
    }

    /// Accounts with their number of jobs in the scope.
    private static func walk(
        _ scope: ActivityScope, order: String, extra: String = ""
    ) -> (sql: String, arguments: (StatementArguments) -> StatementArguments) {
        var head: StatementArguments = []
        var number = scope.statuses.map { "n\($0)" }.joined(separator: " + ")
        if let range = scope.range {
            let source = { statuses in AccountJobs.source("account_id = a.id", [], statuses: statuses, range: range) }
            let parts = [scope.statuses.filter { $0 >= 4 }, scope.statuses.filter { $0 < 4 }].filter { !$0.isEmpty }
            number = parts.map { "(SELECT count(*) FROM \(source($0).text))" }.joined(separator: " + ")
            for part in parts { head += source(part).arguments }
        }
        let accounts = scope.accounts.map { " AND \($0.condition)" } ?? ""
        let sql = """
            SELECT account_id, \(number) FROM account a INDEXED BY account_by_identity
            CROSS JOIN job_account_count c ON c.account_id = a.id WHERE portal IN (\(ActivityScope.list(scope.portals)))\(accounts)\(extra) \(order)
            """
        return (sql, { extra in head + (scope.accounts?.arguments ?? []) + extra })
    }

    private func ids(
        _ scope: ActivityScope, account: Int64, from: Int, count: Int
    ) throws -> [Int64] {
        let search = ActivitySearch(db: db)
        let streams = search.streams(accounts: [account], statuses: scope.statuses)
        if scope.range == nil, from > 256 {
            return try search.ids(streams, window: Self.window(streams, db), from: from, count: count)
        }
        let source = Self.source(account, scope)
        return try db.numbers(
            ActivityGathering.sql(source.text, .start, isFromEnd: false), source.arguments + [count, from])
    }

    private static func source(_ account: Int64, _ scope: ActivityScope) -> (
        text: String, arguments: StatementArguments
    ) {
        AccountJobs.source("account_id = ?", [account], statuses: scope.statuses, range: scope.range)
    }

    /// From the first to past the last start of the streams.
    static func window(_ streams: [TimeStream], _ db: Database) throws -> Range<Int64> {
        var (low, high) = (Int64.max, Int64.min)
        for stream in streams {
            for (order, keep) in [("", { low = min(low, $0) }), (" DESC", { high = max(high, $0) })]
                as [(String, (Int64) -> Void)]
            {
                let sql = """
                    SELECT sort_start FROM job INDEXED BY \(stream.index) WHERE \(stream.condition)
                    ORDER BY sort_start\(order) LIMIT 1
                    """
                if let time = try db.number(sql, stream.arguments) { keep(time) }
            }
        }
        return low <= high ? low..<(high + 1) : 0..<1
    }
}
