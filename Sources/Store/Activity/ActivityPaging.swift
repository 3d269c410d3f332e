internal import Domain
internal import GRDB

/// Ids of the jobs at given positions, for every filter and order. Positions count in ascending order; a descending
/// page is an ascending one read backwards.
struct ActivityPaging {
    let db: Database

    func ids(_ scope: ActivityScope, _ field: ActivitySort.Field, from: Int, count: Int) throws -> [Int64] {
        switch field {
        case .startTime: try byTime(scope, .start, from: from, count: count)
        case .completedTime: try byTime(scope, .done, from: from, count: count)
        case .portal: try grouped(scope.portals.map { p in scope.only { $0.portal == p } }, from: from, count: count)
        case .status: try grouped(scope.statuses.map { s in scope.only { $0.status == s } }, from: from, count: count)
        case .identity: try ActivityByIdentity(db: db).ids(scope, from: from, count: count)
        }
    }

    private func byTime(_ scope: ActivityScope, _ basis: TimeBasis, from: Int, count: Int) throws -> [Int64] {
        let search = ActivitySearch(db: db)
        if let few = scope.accounts?.few, basis == .start, scope.range == nil {
            let wanted = few.filter { scope.portals.contains($0.portal) }.map(\.id)
            let streams = search.streams(accounts: wanted, statuses: scope.statuses)
            return try search.ids(streams, window: ActivityByIdentity.window(streams, db), from: from, count: count)
        }
        if scope.accounts != nil { return try ActivityGathering(db: db).ids(scope, basis, from: from, count: count) }
        guard let range = scope.range else { return try search.ids(scope, basis, from: from, count: count) }
        if basis == .done { return try ActivityByCompletion(db: db).ids(scope, range, from: from, count: count) }
        let earlier = try search.before(range.lowerBound, scope, .start)
        return try search.ids(scope, .start, from: earlier + from, count: count)
    }

    /// Groups one after another, each by start.
    private func grouped(_ groups: [ActivityScope], from: Int, count: Int) throws -> [Int64] {
        var (rest, wanted, ids) = (from, count, [Int64]())
        for group in groups where wanted > 0 {
            let n = group.total
            if rest >= n {
                rest -= n
                continue
            }
            let take = min(n - rest, wanted)
            ids += try byTime(group, .start, from: rest, count: take)
            rest = 0
            wanted -= take
        }
        return ids
    }
}
