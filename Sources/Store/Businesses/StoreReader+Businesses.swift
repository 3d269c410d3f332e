public import Domain
internal import GRDB

extension StoreReader {
    /// Businesses by name, with their identities.
    public func businesses(_ query: BusinessQuery) throws -> BusinessPage {
        let db = try database()
        var condition = "b.removed_at IS NULL"
        var arguments: StatementArguments = []
        if let text = query.text.map(SearchText.folded), !text.isEmpty {
            condition += """
                 AND (instr(b.search_text, ?) > 0 OR EXISTS (SELECT 1 FROM account a
                WHERE a.business_id = b.id AND a.removed_at IS NULL AND instr(lower(a.identity), ?) > 0))
                """
            arguments += [text, text]
        }
        let total = Int(try db.number("SELECT count(*) FROM business b WHERE \(condition)", arguments) ?? 0)
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let ids = try db.numbers(
            "SELECT b.id FROM business b WHERE \(condition) ORDER BY b.name_key, b.id LIMIT ? OFFSET ?",
            arguments + [place.count, place.offset])
        return BusinessPage(
            rows: try businesses(ids, db), page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: ids.isEmpty ? 0 : place.offset + 1)
    }

    /// nil when there is none, or it was removed.
    public func business(_ id: BusinessId) throws -> Business? {
        let db = try database()
        let sql = "SELECT id FROM business WHERE id = ? AND removed_at IS NULL"
        return try businesses(db.numbers(sql, [id.rawValue]), db).first
    }

    public func hasBusinesses(ofGroup name: String) throws -> Bool {
        let sql = "SELECT 1 FROM business WHERE group_name = ? AND removed_at IS NULL LIMIT 1"
        return try database().number(sql, [name]) != nil
    }

    private func businesses(_ ids: [Int64], _ db: Database) throws -> [Business] {
        var found: [Int64: Business] = [:]
        try db.forEachRow(
            "SELECT id, name, pan, group_name, formed_on FROM business WHERE id IN (SELECT value FROM json_each(?))",
            [jsonList(ids)]
        ) { row in
            let pan = (row[2] as String?).flatMap { try? Pan($0) }
            found[row[0]] = Business(
                id: BusinessId(row[0]), name: row[1], pan: pan, group: row[3],
                formedOn: (row[4] as Int?).map(LegalDate.init(dayNumber:)))
            return true
        }
        let sql = """
            SELECT business_id, portal, identity FROM account
            WHERE business_id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL AND portal <> 1
            ORDER BY business_id, portal, identity
            """
        try db.forEachRow(sql, [jsonList(ids)]) { row in
            if row[1] == Portal.gst.code {
                found[row[0]]?.gstins.append(row[2])
            } else {
                found[row[0]]?.tans.append(row[2])
            }
            return true
        }
        return ids.compactMap { found[$0] }
    }
}
