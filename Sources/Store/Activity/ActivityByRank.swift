internal import Domain
internal import GRDB

/// Pages of scopes that hold many jobs of given accounts.
///
/// Where such a page lies is first guessed from the positions of all jobs, which counters tell. Then the jobs of the
/// scope before the guessed time are counted in the index, and only those between it and the page are read. A guess is
/// off by about the root of the number of hits, so little is read; a bad one costs time, never truth.
struct ActivityByRank {
    let db: Database
    private let scope: ActivityScope
    private let basis: TimeBasis
    /// All jobs in the same states at the same portals.
    private let everything: ActivityScope
    /// Positions in `everything` between which the scope's jobs lie.
    private let places: Range<Int>
    /// No job's end is further from its start, in milliseconds.
    private let span: Int64

    init(db: Database, scope: ActivityScope, basis: TimeBasis) throws {
        self.db = db
        self.scope = scope
        self.basis = basis
        let everything = try ActivityResolver(db: db).scope(.everything).only {
            scope.portals.contains($0.portal) && scope.statuses.contains($0.status)
        }
        self.everything = everything
        let search = ActivitySearch(db: db)
        if let range = scope.range {
            let first = try search.before(range.lowerBound, everything, basis)
            places = first..<max(first, try search.before(range.upperBound, everything, basis))
        } else {
            places = 0..<everything.total
        }
        span = try db.number("SELECT longest FROM job_span") ?? 0
    }

    /// Ids at the ascending positions `from ..< from + count`.
    func ids(from: Int, count: Int) throws -> [Int64] {
        let margin = 2 * Int(Double(scope.total).squareRoot()) + 16
        var lowPlace = place(from - margin)
        var low = try time(at: lowPlace)
        var rank = try before(low, position: from)
        var (highPlace, high) = (lowPlace, low)
        var hits: [PageSelection.Hit] = []
        var slack = margin
        while rank > from, lowPlace > .min {
            lowPlace = lowered(lowPlace, by: rank - from + slack)
            slack *= 4
            let next = min(try time(at: lowPlace), low)
            let found = try self.hits(next..<low)
            hits = found + hits
            rank -= found.count
            low = next
        }
        slack = margin
        while rank + hits.count < from + count, highPlace < .max {
            highPlace = raised(highPlace, by: from + count - rank - hits.count + slack)
            slack *= 4
            let next = max(try time(at: highPlace), high)
            hits += try self.hits(high..<next)
            high = next
        }
        return hits.dropFirst(max(from - rank, 0)).prefix(count).map(\.id)
    }

    /// The place among all jobs that a position among the hits is likely to have.
    private func place(_ position: Int) -> Int {
        position <= 0 ? .min : places.lowerBound + Int(Double(position) * perHit)
    }

    private var perHit: Double { Double(places.count) / Double(max(scope.total, 1)) }

    private func lowered(_ place: Int, by hits: Int) -> Int {
        let next = place - Int(Double(hits) * max(perHit, 1)) - 1
        return next <= 0 ? .min : next
    }

    /// `.min` stands before all jobs, `.max` after them.
    private func raised(_ place: Int, by hits: Int) -> Int {
        let next = max(place, 0) + Int(Double(hits) * max(perHit, 1)) + 1
        return next >= everything.total ? .max : next
    }

    private static let times = -(Int64.max / 4)..<(Int64.max / 4)

    private func time(at place: Int) throws -> Int64 {
        if place <= 0 { return Self.times.lowerBound }
        if place >= everything.total { return Self.times.upperBound }
        let ids = try ActivitySearch(db: db).ids(everything, basis, from: place, count: 1)
        let found = try ids.first.flatMap { id in
            try db.number("SELECT \(basis.column) FROM job WHERE id = ?", [id])
        }
        return found ?? Self.times.upperBound
    }

    /// How many jobs of the scope lie before `time`, counted from the nearer end.
    private func before(_ time: Int64, position: Int) throws -> Int {
        if time <= Self.times.lowerBound { return 0 }
        if time >= Self.times.upperBound { return scope.total }
        let reach = basis == .start ? 0 : span
        if position < scope.total / 2 {
            return try count(Self.times.lowerBound..<(time + reach), "\(basis.column) < ?", time)
        }
        return try scope.total - count((time - reach)..<Self.times.upperBound, "\(basis.column) >= ?", time)
    }

    private func count(_ starts: Range<Int64>, _ condition: String, _ time: Int64) throws -> Int {
        guard let source = source(starts) else { return 0 }
        let sql = "SELECT count(*) FROM \(source.text) AND \(condition)"
        return Int(try db.number(sql, source.arguments + [time]) ?? 0)
    }

    /// The jobs of the scope whose time lies within `window`, in order.
    private func hits(_ window: Range<Int64>) throws -> [PageSelection.Hit] {
        let reach = basis == .start ? 0 : span
        let starts = (window.lowerBound - reach)..<(window.upperBound + reach)
        guard !window.isEmpty, let source = source(starts) else { return [] }
        let sql = """
            SELECT \(basis.column), id FROM \(source.text) AND \(basis.column) >= ? AND \(basis.column) < ?
            """
        var hits: [PageSelection.Hit] = []
        try db.forEachPair(sql, source.arguments + [window.lowerBound, window.upperBound]) { time, id in
            hits.append(PageSelection.Hit(time: time, id: id))
        }
        return hits.sorted()
    }

    /// The jobs of the scope that started within `starts`; nil when there can be none.
    private func source(_ starts: Range<Int64>) -> (text: String, arguments: StatementArguments)? {
        var near = scope
        near.range = scope.range.map { $0.clamped(to: starts) } ?? starts
        return near.range?.isEmpty == false ? ActivityGathering.source(near) : nil
    }
}
