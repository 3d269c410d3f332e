internal import Domain
internal import GRDB

/// Pages of scopes that no counter orders: by accounts, or by completion within days. Their jobs are read from a
/// covering index and sorted; the counts, known before, choose the nearer end.
struct ActivityGathering {
    let db: Database

    /// Above so many hits, a page near an end is looked for by walking time instead.
    private static let walkableHits = 20_000
    private static let walkedAtMost = 16_384
    /// Deeper pages are selected, not sorted: SQLite's sorter slows down with every row it must keep.
    private static let sortableSkip = 1_000

    func ids(_ scope: ActivityScope, _ basis: TimeBasis, from: Int, count: Int) throws -> [Int64] {
        let total = scope.total
        if count <= 0 || total == 0 { return [] }
        let isFromEnd = from + count / 2 > total / 2
        let skip = isFromEnd ? max(total - from - count, 0) : from
        if let ids = try walk(scope, basis, skip: skip, count: count, isFromEnd: isFromEnd) { return ids }
        if total > Self.walkableHits, scope.accounts != nil {
            return try ranked(scope, basis, from: from, count: count)
        }
        let source = Self.source(scope)
        if skip > Self.sortableSkip { return try select(source, basis, from: from, count: count, of: total) }
        let ids = try db.numbers(
            Self.sql(source.text, basis, isFromEnd: isFromEnd), source.arguments + [count, skip])
        return isFromEnd ? ids.reversed() : ids
    }

    /// Jobs that are not completed sort after all others by completion, and are few.
    func ranked(_ scope: ActivityScope, _ basis: TimeBasis, from: Int, count: Int) throws -> [Int64] {
        let last = min(from + count, scope.total)
        if basis == .start {
            return try ActivityByRank(db: db, scope: scope, basis: basis).ids(from: from, count: last - from)
        }
        let finished = scope.only { $0.status >= JobStatus.done.code }
        let unfinished = scope.only { $0.status < JobStatus.done.code }
        let own = max(min(finished.total, last) - from, 0)
        let ids = own > 0 ? try ActivityByRank(db: db, scope: finished, basis: basis).ids(from: from, count: own) : []
        let rest = max(from - finished.total, 0)
        return try ids + self.ids(unfinished, basis, from: rest, count: last - from - own)
    }

    /// Reads the sort times of all hits and parts them until the page stands alone.
    private func select(
        _ source: (text: String, arguments: StatementArguments), _ basis: TimeBasis, from: Int, count: Int,
        of total: Int
    ) throws -> [Int64] {
        var hits: [PageSelection.Hit] = []
        hits.reserveCapacity(total)
        try db.forEachPair("SELECT \(basis.column), id FROM \(source.text)", source.arguments) { time, id in
            hits.append(PageSelection.Hit(time: time, id: id))
        }
        return PageSelection.page(&hits, from: from, count: count).map(\.id)
    }

    static func sql(_ source: String, _ basis: TimeBasis, isFromEnd: Bool) -> String {
        let direction = isFromEnd ? " DESC" : ""
        return "SELECT id FROM \(source) ORDER BY \(basis.column)\(direction), id\(direction) LIMIT ? OFFSET ?"
    }

    /// The jobs of a scope, from the index that holds all that is asked of them.
    static func source(_ scope: ActivityScope) -> (text: String, arguments: StatementArguments) {
        if let accounts = scope.accounts {
            return AccountJobs.source(
                "account_id IN (\(accounts.ids(in: scope.portals)))", accounts.arguments, statuses: scope.statuses,
                range: scope.range)
        }
        var text = "job INDEXED BY job_by_start WHERE \(scope.placeCondition())"
        guard let range = scope.range else { return (text, []) }
        text += " AND sort_start >= ? AND sort_start < ?"
        return (text, [range.lowerBound, range.upperBound])
    }

    /// Reads the jobs of a stretch of time at the wanted end, keeping those of the accounts. nil when the stretch
    /// would be too long, or proved too short.
    private func walk(
        _ scope: ActivityScope, _ basis: TimeBasis, skip: Int, count: Int, isFromEnd: Bool
    ) throws -> [Int64]? {
        guard let accounts = scope.accounts, scope.range == nil, scope.total > Self.walkableHits else { return nil }
        let everything = try ActivityResolver(db: db).scope(.everything).only {
            scope.portals.contains($0.portal) && scope.statuses.contains($0.status)
        }
        let stretch = (skip + count) * 2 * everything.total / scope.total + 256
        guard stretch < min(Self.walkedAtMost, everything.total) else { return nil }
        let search = ActivitySearch(db: db)
        let edge = isFromEnd ? everything.total - stretch : stretch
        guard let edgeId = try search.ids(everything, basis, from: edge, count: 1).first,
            let time = try db.number("SELECT \(basis.column) FROM job WHERE id = ?", [edgeId])
        else { return nil }
        let source = """
            job INDEXED BY \(basis.index) WHERE \(scope.placeCondition())
            AND \(basis.column) \(isFromEnd ? ">=" : "<") ? AND account_id IN (\(accounts.ids(in: scope.portals)))
            """
        let arguments: StatementArguments = [time] + accounts.arguments + [count, skip]
        let ids = try db.numbers(Self.sql(source, basis, isFromEnd: isFromEnd), arguments)
        guard ids.count == count else { return nil }
        return isFromEnd ? ids.reversed() : ids
    }
}
