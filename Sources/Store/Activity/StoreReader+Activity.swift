public import Domain
internal import GRDB

extension StoreReader {
    /// One page of jobs, in a total order that never depends on chance.
    /// - Parameter limit: time after which the search is given up.
    /// - Throws: `StoreProblem.slow` past `limit`.
    public func activityPage(
        _ query: ActivityQuery, within limit: Duration = .milliseconds(100)
    ) throws -> ActivityPage {
        let db = try database()
        return try Deadline.limiting(db, to: limit) {
            let scope = try ActivityResolver(db: db).scope(query.filter)
            let place = PagePlace(total: scope.total, page: query.page, perPage: query.perPage)
            let isDescending = query.sort.descending
            let from = isDescending ? place.total - place.offset - place.count : place.offset
            let ids = try ActivityPaging(db: db).ids(scope, query.sort.field, from: from, count: place.count)
            let rows = try JobRow.jobs(isDescending ? ids.reversed() : ids, db)
            return ActivityPage(
                rows: rows, page: place.page, pageCount: place.pageCount, total: place.total,
                firstSerial: rows.isEmpty ? 0 : place.offset + 1)
        }
    }

    /// Exact number of jobs under a filter, whatever its cost.
    public func activityTotal(_ filter: ActivityFilter) throws -> Int {
        try ActivityResolver(db: database()).scope(filter).total
    }

    /// The serial number, from 1, of a job in the order and filter of `query`; nil when it is not under the filter.
    public func activityPosition(of id: JobId, _ query: ActivityQuery) throws -> Int? {
        let db = try database()
        let ranking = ActivityRanking(db: db)
        let scope = try ActivityResolver(db: db).scope(query.filter)
        guard let place = try ranking.place(id), try ranking.isInside(place, scope) else { return nil }
        let rank = try ranking.rank(place, scope, query.sort.field)
        return query.sort.descending ? scope.total - rank : rank + 1
    }

    public func job(_ id: JobId) throws -> Job? {
        try database().firstRow("\(JobRow.select) WHERE j.id = ?", [id.rawValue], JobRow.job)
    }

    /// Jobs by status, from counters.
    public func jobCounts(portal: Portal? = nil) throws -> [JobStatus: Int] {
        var counts: [JobStatus: Int] = [:]
        let sql = "SELECT status, n FROM job_total WHERE n > 0 AND (?1 IS NULL OR portal = ?1)"
        try database().forEachRow(sql, [portal?.code]) { row in
            counts[JobStatus(code: row[0]), default: 0] += row[1] as Int
            return true
        }
        return counts
    }
}

/// Where a page lies, once the total is known.
struct PagePlace {
    var total: Int
    var page: Int
    var pageCount: Int
    /// Rows before the page.
    var offset: Int
    var count: Int

    init(total: Int, page: Int, perPage: Int?) {
        let size = perPage.map { min(max($0, 1), 1_000) } ?? max(total, 1)
        self.total = total
        pageCount = max((total + size - 1) / size, 1)
        self.page = min(max(page, 1), pageCount)
        offset = (self.page - 1) * size
        count = max(min(size, total - offset), 0)
    }
}
