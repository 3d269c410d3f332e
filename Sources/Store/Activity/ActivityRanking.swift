internal import Domain
internal import GRDB

/// The position of one job in an order: how many jobs of the scope come before it, ascending.
struct ActivityRanking {
    let db: Database

    struct Place {
        var id: Int64
        var account: Int64
        var identity: String
        var cell: ActivityScope.Cell
        var start: Int64
        var done: Int64
    }

    func place(_ id: JobId) throws -> Place? {
        let sql = """
            SELECT j.id, j.account_id, a.identity, j.portal, j.status, j.sort_start, j.sort_done
            FROM job j JOIN account a ON a.id = j.account_id WHERE j.id = ?
            """
        return try db.firstRow(sql, [id.rawValue]) { row in
            Place(
                id: row[0], account: row[1], identity: row[2],
                cell: ActivityScope.Cell(portal: row[3], status: row[4]), start: row[5], done: row[6])
        }
    }

    func isInside(_ place: Place, _ scope: ActivityScope) throws -> Bool {
        guard scope.counts[place.cell] != nil, scope.range?.contains(place.start) ?? true else { return false }
        guard let accounts = scope.accounts else { return true }
        let sql = "SELECT 1 FROM job_account WHERE account_id = ? AND \(accounts.condition)"
        return try db.number(sql, [place.account] + accounts.arguments) != nil
    }

    func rank(_ place: Place, _ scope: ActivityScope, _ field: ActivitySort.Field) throws -> Int {
        switch field {
        case .startTime: return try byTime(place, scope, .start)
        case .completedTime: return try byTime(place, scope, .done)
        case .portal:
            return try scope.only { $0.portal < place.cell.portal }.total
                + byTime(place, scope.only { $0.portal == place.cell.portal }, .start)
        case .status:
            return try scope.only { $0.status < place.cell.status }.total
                + byTime(place, scope.only { $0.status == place.cell.status }, .start)
        case .identity:
            var own = scope
            own.accounts = AccountScope(condition: "account_id = ?", arguments: [place.account], accountCount: 1)
            let earlier = try ActivityByIdentity(db: db)
                .before(scope, identity: place.identity, portal: place.cell.portal)
            return try earlier + byTime(place, own, .start)
        }
    }

    private func byTime(_ place: Place, _ scope: ActivityScope, _ basis: TimeBasis) throws -> Int {
        let time = basis == .start ? place.start : place.done
        if scope.accounts == nil, scope.range == nil || basis == .start {
            let search = ActivitySearch(db: db)
            let first = try scope.range.map { try search.before($0.lowerBound, scope, .start) } ?? 0
            let ties = try search.streams(scope, basis).reduce(0) { sum, stream in
                let sql = """
                    SELECT count(*) FROM job INDEXED BY \(stream.index) WHERE \(stream.condition)
                    AND \(basis.column) = ? AND id < ?
                    """
                return try sum + Int(db.number(sql, stream.arguments + [time, place.id]) ?? 0)
            }
            return try search.before(time, scope, basis) + ties - first
        }
        let source = ActivityGathering.source(scope)
        let sql = "SELECT count(*) FROM \(source.text) AND (\(basis.column), id) < (?, ?)"
        return Int(try db.number(sql, source.arguments + [time, place.id]) ?? 0)
    }
}
