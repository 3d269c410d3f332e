internal import Domain
internal import GRDB

/// Pages by completion among jobs that started within given days.
///
/// No job took longer than the kept span D. So the a-th end lies within D of the a-th start, and a job of the page
/// started within 2 D of it: only these few starts are read, and those before them are counted.
struct ActivityByCompletion {
    let db: Database

    func ids(_ scope: ActivityScope, _ range: Range<Int64>, from: Int, count: Int) throws -> [Int64] {
        let finished = scope.only { $0.status >= JobStatus.done.code }
        let unfinished = scope.only { $0.status < JobStatus.done.code }
        let own = max(min(finished.total - from, count), 0)
        let ids = own > 0 ? try self.finished(finished, range, from: from, count: own) : []
        let rest = max(from - finished.total, 0)
        let gathering = ActivityGathering(db: db)
        return try ids + gathering.ids(unfinished, .done, from: rest, count: min(count - own, unfinished.total - rest))
    }

    private func finished(
        _ scope: ActivityScope, _ range: Range<Int64>, from: Int, count: Int
    ) throws -> [Int64] {
        let search = ActivitySearch(db: db)
        let earlier = try search.before(range.lowerBound, scope, .start)
        let span = 2 * (try db.number("SELECT longest FROM job_span") ?? 0)
        guard let first = try start(of: search.ids(scope, .start, from: earlier + from, count: 1)),
            let last = try start(of: search.ids(scope, .start, from: earlier + from + count - 1, count: 1))
        else { return [] }
        var near = scope
        let low = max(range.lowerBound, first - span)
        near.range = low..<max(low, min(range.upperBound, last + span + 1))
        let skipped = try search.before(low, scope, .start) - earlier
        let source = ActivityGathering.source(near)
        return try db.numbers(
            ActivityGathering.sql(source.text, .done, isFromEnd: false), source.arguments + [count, from - skipped])
    }

    private func start(of ids: [Int64]) throws -> Int64? {
        try ids.first.flatMap { try db.number("SELECT sort_start FROM job WHERE id = ?", [$0]) }
    }
}
