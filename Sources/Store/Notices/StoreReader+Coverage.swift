public import Domain
internal import GRDB

extension StoreReader {
    /// What each place of each identity said when last tried; `never` for places that were not tried yet.
    public func coverage(_ query: CoverageQuery) throws -> CoveragePage {
        let db = try database()
        let who = Self.who(query)
        var counts: [PlaceOutcome: Int] = [:]
        try db.forEachRow("SELECT \(Self.outcome), count(*) \(Self.places) GROUP BY 1", who) { row in
            counts[PlaceOutcome(rawValue: row[0]) ?? .never, default: 0] += row[1] as Int
            return true
        }
        let wanted = query.outcomes.isEmpty ? Set(PlaceOutcome.allCases) : query.outcomes
        let total = wanted.reduce(0) { $0 + (counts[$1] ?? 0) }
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let names = "[" + wanted.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ",") + "]"
        let sql = """
            SELECT a.portal, a.identity, ifnull(b.name, ''), p.name, \(Self.outcome), ifnull(r.count, 0), r.read_at,
            r.tried_at, ifnull(r.error, '') \(Self.places) AND \(Self.outcome) IN (SELECT value FROM json_each(?))
            ORDER BY a.portal, a.identity, p.position LIMIT ? OFFSET ?
            """
        let rows = try db.mapRows(sql, who + [names, place.count, place.offset]) { row in
            CoverageEntry(
                identity: PortalIdentity(stored: Portal(code: row[0]), row[1]), business: row[2],
                place: Place(rawValue: row[3]) ?? .notices, outcome: PlaceOutcome(rawValue: row[4]) ?? .never,
                count: row[5], readAt: (row[6] as Int64?).map(Instant.init(milliseconds:)),
                triedAt: (row[7] as Int64?).map(Instant.init(milliseconds:)), error: row[8])
        }
        var page = CoveragePage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty ? 0 : place.offset + 1, counts: counts)
        if page.unanswered == 0, page.answered > 0 {
            page.unseenNotices = Int(
                try db.number(
                    """
                    SELECT count(*) FROM notice n JOIN account a ON a.id = n.account_id
                    LEFT JOIN business b ON b.id = a.business_id WHERE n.seen_by_person_at IS NULL AND \(Self.isWanted)
                    """, who) ?? 0)
        }
        return page
    }

    private static func who(_ query: CoverageQuery) -> StatementArguments {
        let text = query.text.map(SearchText.folded).flatMap { $0.isEmpty ? nil : $0 }
        let portal = (query.identity?.portal ?? query.portal)?.code
        return [portal, portal, query.identity?.text, query.identity?.text, text, text, text]
    }

    private static let isWanted = """
        a.removed_at IS NULL AND (? IS NULL OR a.portal = ?) AND (? IS NULL OR a.identity = ?)
        AND (? IS NULL OR instr(lower(a.identity), ?) > 0 OR instr(ifnull(b.search_text, ''), ?) > 0)
        """

    private static let outcome = "ifnull(r.outcome, 'never')"

    /// Every place of every identity, read or not.
    private static let places = """
        FROM account a JOIN (\(list)) p ON p.portal = a.portal
        LEFT JOIN place_reading r ON r.account_id = a.id AND r.place = p.name
        LEFT JOIN business b ON b.id = a.business_id WHERE \(isWanted)
        """

    private static let list = Portal.allCases.flatMap { portal in
        portal.places.enumerated().map { position, place in
            "SELECT \(portal.code) portal, '\(place.rawValue)' name, \(position) position"
        }
    }.joined(separator: " UNION ALL ")
}
