internal import Domain
internal import GRDB

/// One run of an index that lists jobs by time: an equality on its leading columns.
struct TimeStream {
    var index: String
    var condition: String
    var arguments: StatementArguments
}

/// Finds positions in time order, over as many streams as a filter needs, without walking what lies before them.
struct ActivitySearch {
    let db: Database
    /// Jobs that may be skipped by reading them; more are skipped by counting.
    private static let readableSkip = 96

    /// The streams of a scope without accounts.
    func streams(_ scope: ActivityScope, _ basis: TimeBasis) -> [TimeStream] {
        scope.cells.map {
            TimeStream(index: basis.index, condition: "portal = ? AND status = ?", arguments: [$0.portal, $0.status])
        }
    }

    /// The streams of a few accounts, by start.
    func streams(accounts: [Int64], statuses: [Int64]) -> [TimeStream] {
        accounts.flatMap { account in statuses.map { AccountJobs.stream(account: account, status: $0) } }
    }

    /// Jobs of the scope, accounts aside, whose time lies before `time`.
    func before(_ time: Int64, _ scope: ActivityScope, _ basis: TimeBasis) throws -> Int {
        if scope.counts.isEmpty { return 0 }
        let day = CounterDay.of(time)
        let block = CounterDay.block(day)
        let blocks = try db.number(
            "SELECT ifnull(sum(n), 0) FROM job_day WHERE basis = ? AND bucket < ? AND \(scope.placeCondition())",
            [basis.blockBasis, block])
        let days = try db.number(
            """
            SELECT ifnull(sum(n), 0) FROM job_day WHERE basis = ? AND bucket >= ? AND bucket < ?
            AND \(scope.placeCondition())
            """, [basis.dayBasis, block << 5, day])
        let whole = Int((blocks ?? 0) + (days ?? 0))
        let dayStart = CounterDay.start(day)
        if time == dayStart { return whole }
        return try whole + count(streams(scope, basis), basis, dayStart..<time)
    }

    func count(_ streams: [TimeStream], _ basis: TimeBasis, _ window: Range<Int64>) throws -> Int {
        try streams.reduce(0) { sum, stream in
            let sql = """
                SELECT count(*) FROM job INDEXED BY \(stream.index) WHERE \(stream.condition)
                AND \(basis.column) >= ? AND \(basis.column) < ?
                """
            return try sum + Int(db.number(sql, stream.arguments + [window.lowerBound, window.upperBound]) ?? 0)
        }
    }

    /// Ids at the ascending positions `from ..< from + count` of a scope without accounts and range.
    func ids(_ scope: ActivityScope, _ basis: TimeBasis, from: Int, count: Int) throws -> [Int64] {
        if count <= 0 || scope.counts.isEmpty { return [] }
        let streams = streams(scope, basis)
        if from <= Self.readableSkip { return try take(streams, basis, from: .min, skip: from, count: count) }
        // Within days the scope counts these days' jobs alone, and the end is not known.
        let behind = scope.total - from - count
        if scope.range == nil, (0...Self.readableSkip).contains(behind) {
            return try takeLast(streams, basis, skip: behind, count: count)
        }
        let blockRest = try bucket(scope, basis.blockBasis, .min..<(.max), skip: from)
        let days = blockRest.bucket << 5
        let dayRest = try bucket(scope, basis.dayBasis, days..<(days + 32), skip: blockRest.skip)
        let start = CounterDay.start(dayRest.bucket)
        let window = start..<(start + CounterDay.length)
        let (low, skip) = try narrowed(streams, basis, window, skip: dayRest.skip)
        return try take(streams, basis, from: low, skip: skip, count: count)
    }

    /// Ids by start within a window that holds `count` or more jobs after `from` of them.
    func ids(_ streams: [TimeStream], window: Range<Int64>, from: Int, count: Int) throws -> [Int64] {
        let (low, skip) = try narrowed(streams, .start, window, skip: from)
        return try take(streams, .start, from: low, skip: skip, count: count)
    }

    /// The bucket in which the job at `skip` lies, and how many of it come before.
    private func bucket(
        _ scope: ActivityScope, _ basis: Int64, _ buckets: Range<Int64>, skip: Int
    ) throws -> (bucket: Int64, skip: Int) {
        var rest = skip
        var current = (bucket: buckets.lowerBound, n: 0)
        var isFound = false
        let sql = """
            SELECT bucket, n FROM job_day WHERE basis = ? AND bucket >= ? AND bucket < ? AND \(scope.placeCondition())
            ORDER BY bucket
            """
        try db.forEachRow(sql, [basis, buckets.lowerBound, buckets.upperBound]) { row in
            let bucket: Int64 = row[0]
            if bucket != current.bucket {
                if rest < current.n {
                    isFound = true
                    return false
                }
                rest -= current.n
                current = (bucket, 0)
            }
            current.n += row[1] as Int
            return true
        }
        return isFound || rest < current.n ? (current.bucket, rest) : (current.bucket, max(current.n - 1, 0))
    }

    /// Halves the window, by counting, until few jobs are left to skip.
    private func narrowed(
        _ streams: [TimeStream], _ basis: TimeBasis, _ window: Range<Int64>, skip: Int
    ) throws -> (low: Int64, skip: Int) {
        var (low, high, rest) = (window.lowerBound, window.upperBound, skip)
        while rest > Self.readableSkip, high - low > 1 {
            let middle = low + (high - low) / 2
            let below = try count(streams, basis, low..<middle)
            if rest >= below {
                rest -= below
                low = middle
            } else {
                high = middle
            }
        }
        return (low, rest)
    }

    /// Merges the streams from `low` on.
    private func take(
        _ streams: [TimeStream], _ basis: TimeBasis, from low: Int64, skip: Int, count: Int
    ) throws -> [Int64] {
        if streams.count == 1, let stream = streams.first {
            return try db.numbers(Self.takeSQL(stream, basis), stream.arguments + [low, count, skip])
        }
        var found: [(time: Int64, id: Int64)] = []
        for stream in streams {
            try db.forEachRow(Self.takeSQL(stream, basis), stream.arguments + [low, skip + count, 0]) { row in
                found.append((row[1], row[0]))
                return true
            }
        }
        found.sort { $0 < $1 }
        return found.dropFirst(skip).prefix(count).map(\.id)
    }

    /// Merges the streams from their ends: the newest jobs are what the first page shows.
    private func takeLast(_ streams: [TimeStream], _ basis: TimeBasis, skip: Int, count: Int) throws -> [Int64] {
        var found: [(time: Int64, id: Int64)] = []
        for stream in streams {
            let sql = """
                SELECT id, \(basis.column) FROM job INDEXED BY \(stream.index)
                WHERE \(stream.condition) ORDER BY \(basis.column) DESC, id DESC LIMIT ?
                """
            try db.forEachRow(sql, stream.arguments + [skip + count]) { row in
                found.append((row[1], row[0]))
                return true
            }
        }
        found.sort { $0 > $1 }
        return found.dropFirst(skip).prefix(count).map(\.id).reversed()
    }

    static func takeSQL(_ stream: TimeStream, _ basis: TimeBasis) -> String {
        """
        SELECT id, \(basis.column) FROM job INDEXED BY \(stream.index)
        WHERE \(stream.condition) AND \(basis.column) >= ? ORDER BY \(basis.column), id LIMIT ? OFFSET ?
        """
    }
}
