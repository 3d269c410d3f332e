public import Domain
internal import GRDB

extension StoreReader {
    /// What each place of each identity said when last tried; `never` for places that were not tried yet.
    public func coverage(_ query: CoverageQuery) throws -> CoveragePage {
        let db = try database()
        let selection = CoverageSelection(query)
        let (counts, strayed) = try outcomes(selection, db)
        let wanted = query.outcomes.isEmpty ? Set(PlaceOutcome.allCases) : query.outcomes
        let total = wanted.reduce(0) { $0 + (counts[$1] ?? 0) }
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let names = "[" + wanted.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ",") + "]"
        // Accounts come in the order of their index, so that a page ends where it is full; a text is looked for once for
        // each of them, not for each of their places.
        let sql = """
            SELECT a.portal, a.identity, ifnull(b.name, ''), p.name, ifnull(r.outcome, 'never'), ifnull(r.count, 0),
            r.read_at, r.tried_at, ifnull(r.error, '') 
            FROM account a LEFT JOIN business b ON b.id = a.business_id CROSS JOIN (\(Self.places)) p
            LEFT JOIN place_reading r ON r.account_id = a.id AND r.place = p.name WHERE p.portal = a.portal AND \(selection.condition)
            AND ifnull(r.outcome, 'never') IN (SELECT value FROM json_each(?))
            ORDER BY a.portal, a.identity, p.position LIMIT ? OFFSET ?
            """
        let rows = try db.mapRows(sql, selection.arguments + [names, place.count, place.offset]) { row in
            CoverageEntry(
                identity: PortalIdentity(stored: Portal(code: row[0]), row[1]), business: row[2],
                place: Place(rawValue: row[3]) ?? .notices, outcome: PlaceOutcome(rawValue: row[4]) ?? .never,
                count: row[5], readAt: (row[6] as Int64?).map(Instant.init(milliseconds:)),
                triedAt: (row[7] as Int64?).map(Instant.init(milliseconds:)), error: row[8])
        }
        var page = CoveragePage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1, counts: counts, strayed: strayed)
        if page.unanswered == 0, page.answered > 0 { page.unseenNotices = try unseen(selection, db) }
        return page
    }

    /// Places by outcome. Those that were never tried have no row: they are what the others leave.
    private func outcomes(
        _ selection: CoverageSelection, _ db: Database
    ) throws -> (counts: [PlaceOutcome: Int], strayed: Int) {
        var counts: [PlaceOutcome: Int] = [:]
        var strayed = 0
        let read = """
            SELECT r.outcome, count(*), sum(r.error <> '') FROM account a \(selection.business)
            CROSS JOIN place_reading r ON r.account_id = a.id WHERE \(selection.condition) GROUP BY 1
            """
        try db.forEachRow(read, selection.arguments) { row in
            let outcome = PlaceOutcome(rawValue: row[0]) ?? .never
            counts[outcome, default: 0] += row[1] as Int
            if outcome.isAnswer { strayed += row[2] as Int }
            return true
        }
        var all = 0
        let accounts = """
            SELECT a.portal, count(*) FROM account a \(selection.business) WHERE \(selection.condition) GROUP BY 1
            """
        try db.forEachRow(accounts, selection.arguments) { row in
            all += Portal(code: row[0]).places.count * (row[1] as Int)
            return true
        }
        let never = all - counts.values.reduce(0, +)
        if never > 0 { counts[.never, default: 0] += never }
        return (counts, strayed)
    }

    private func unseen(_ selection: CoverageSelection, _ db: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM notice n JOIN account a ON a.id = n.account_id \(selection.business)
            WHERE n.seen_by_person_at IS NULL AND \(selection.condition)
            """
        return Int(try db.number(sql, selection.arguments) ?? 0)
    }

    private static let places = Portal.allCases.flatMap { portal in
        portal.places.enumerated().map { position, place in
            "SELECT \(portal.code) portal, '\(place.rawValue)' name, \(position) position"
        }
    }.joined(separator: " UNION ALL ")
}

/// Whose places are wanted. Names of businesses are looked at only where a text is looked for.
private struct CoverageSelection {
    let condition: String
    let arguments: StatementArguments
    let business: String

    init(_ query: CoverageQuery) {
        let text = query.text.map(SearchText.folded) ?? ""
        let portal = (query.identity?.portal ?? query.portal)?.code
        var condition = "a.removed_at IS NULL AND (? IS NULL OR a.portal = ?) AND (? IS NULL OR a.identity = ?)"
        var arguments: StatementArguments = [portal, portal, query.identity?.text, query.identity?.text]
        if !text.isEmpty {
            condition += " AND (instr(lower(a.identity), ?) > 0 OR instr(ifnull(b.search_text, ''), ?) > 0)"
            arguments += [text, text]
        }
        self.condition = condition
        self.arguments = arguments
        business = text.isEmpty ? "" : "LEFT JOIN business b ON b.id = a.business_id"
    }
}
