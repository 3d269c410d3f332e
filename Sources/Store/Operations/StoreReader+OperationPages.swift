public import Domain
internal import GRDB

extension StoreReader {
    public func operations(_ query: OperationQuery) throws -> OperationPage {
        let (condition, arguments) = Self.condition(query)
        let total = try count(condition, arguments)
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let readings =
            query.order == .newest
            ? try readings(condition, arguments, "number DESC", place.count, place.offset)
            : try openFirst(condition, arguments, place)
        let (rows, damaged) = OperationRow.parted(readings)
        return OperationPage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: rows.isEmpty && damaged.isEmpty ? 0 : place.offset + 1, damaged: damaged)
    }

    /// The page is put together of what is open, by its index, and of what is finished behind it.
    private func openFirst(
        _ condition: String, _ arguments: StatementArguments, _ place: PagePlace
    ) throws -> [OperationRow.Reading] {
        let open = "(\(condition)) AND state NOT IN ('filed', 'rejected', 'discarded')"
        let finished = "(\(condition)) AND state IN ('filed', 'rejected', 'discarded')"
        let all = try count(open, arguments)
        let first = min(place.count, max(0, all - place.offset))
        let rank = """
            CASE WHEN state IN ('conflict', 'attention') THEN 0 WHEN state IN ('unknown', 'reconciling') THEN 1
            WHEN state = 'not_sent' THEN 2 ELSE 3 END, number DESC
            """
        // The index of what is open is enough to put it in order; only the rows of the page are read.
        let page = "number IN (SELECT number FROM operation WHERE \(open) ORDER BY \(rank) LIMIT ? OFFSET ?)"
        let leading =
            first > 0 ? try readings(page, arguments + [first, place.offset], rank, first, 0) : []
        guard place.count > first else { return leading }
        return leading
            + (try readings(
                finished, arguments, "number DESC", place.count - first, max(0, place.offset - all)))
    }

    private func count(_ condition: String, _ arguments: StatementArguments) throws -> Int {
        Int(try database().number("SELECT count(*) FROM operation WHERE \(condition)", arguments) ?? 0)
    }

    private func readings(
        _ condition: String, _ arguments: StatementArguments, _ order: String, _ count: Int, _ offset: Int
    ) throws -> [OperationRow.Reading] {
        let sql = "\(OperationRow.select) WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?"
        return try database().mapRows(sql, arguments + [count, offset], OperationRow.read)
    }

    private static func condition(_ query: OperationQuery) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if !query.states.isEmpty {
            // Named one by one, so that the index of the unfinished serves.
            let open = query.states.allSatisfy { !$0.isFinished }
            if open { conditions.append("state NOT IN ('filed', 'rejected', 'discarded')") }
            conditions.append("state IN (SELECT value FROM json_each(?))")
            arguments += [jsonList(query.states.map(\.rawValue).sorted())]
        }
        if !query.kinds.isEmpty {
            conditions.append("kind IN (SELECT value FROM json_each(?))")
            arguments += [jsonList(query.kinds.map(\.rawValue).sorted())]
        }
        if let gstin = query.gstin {
            conditions.append("gstin = ?")
            arguments += [gstin.text]
        }
        if let text = query.text?.trimmed, !text.isEmpty {
            conditions.append("instr(lower(title || ' ' || business_key || ' ' || ifnull(reference, '')), ?) > 0")
            arguments += [text.lowercased()]
        }
        return (conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "), arguments)
    }
}
