public import Domain
internal import GRDB

extension StoreReader {
    /// A page of e-invoices, and what the portal gave for each of its rows. Acknowledgements stand in that and are not
    /// filled in.
    public func eInvoices(_ query: EInvoiceQuery) throws -> (page: EInvoicePage, results: [OperationId: [UInt8]]) {
        let db = try database()
        let (condition, selected) = Self.condition(query)
        // The cancellations of all of them are looked for only where they decide.
        let source = query.standings.isEmpty ? "FROM operation o" : Self.eInvoiceSource
        let own =
            query.isLeadingOnly ? 0 : Int(try db.number("SELECT count(*) \(source) WHERE \(condition)", selected) ?? 0)
        let total = own + query.leading
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        // What stands before the first invoice takes its part of the page.
        let taken = max(0, min(place.count, query.leading - place.offset))
        let room = query.isLeadingOnly ? 0 : place.count - taken
        let sql = """
            SELECT o.number, c.number \(Self.eInvoiceSource) WHERE \(condition) ORDER BY o.number DESC LIMIT ? OFFSET ?
            """
        let numbers = try db.mapRows(sql, selected + [room, max(0, place.offset - query.leading)]) { row in
            (own: row[0] as Int64, cancellation: row[1] as Int64?)
        }
        let (operations, damaged) = try operations(
            numbered: numbers.flatMap { [$0.own, $0.cancellation].compactMap(\.self) })
        let rows = numbers.compactMap { numbers in
            operations[numbers.own].map { own in
                EInvoice(operation: own, cancellation: numbers.cancellation.flatMap { operations[$0] })
            }
        }
        let page = EInvoicePage(
            rows: rows, page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: numbers.isEmpty && taken == 0 ? 0 : place.offset + 1,
            standing: try operationStanding(kinds: [.einvoiceGenerate, .einvoiceCancel]), leading: taken,
            damaged: damaged)
        return (page, try results(rows.map(\.operation)))
    }

    /// A registration that was refused may have been asked for anew, mended; any other is the newest of its document,
    /// for the database holds one unfinished and one confirmed of a key.
    private static let eInvoiceSource = """
        FROM operation o LEFT JOIN operation c ON o.state = 'filed' AND c.number = (
            SELECT max(number) FROM operation WHERE business_key = 'cancel/' || o.reference)
        """

    private static let isNewest = """
        o.kind = 'einvoice_generate' AND (o.state NOT IN ('rejected', 'discarded') OR NOT EXISTS (
            SELECT 1 FROM operation n WHERE n.business_key = o.business_key AND n.number > o.number))
        """

    private static func condition(_ query: EInvoiceQuery) -> (String, StatementArguments) {
        var conditions = [isNewest]
        var arguments: StatementArguments = []
        if !query.standings.isEmpty {
            let wanted = OperationState.allCases.flatMap { own in
                ([nil] + OperationState.allCases.map(Optional.some)).compactMap { other -> String? in
                    guard own == .filed || other == nil else { return nil }
                    let standing = EInvoiceStanding(own, cancellation: other)
                    return query.standings.contains(standing) ? "\(own.rawValue)/\(other?.rawValue ?? "")" : nil
                }
            }
            // The index of the unfinished serves only where nothing finished can be meant.
            if wanted.allSatisfy({ !$0.hasPrefix("filed") && !$0.hasPrefix("rejected") && !$0.hasPrefix("discarded") })
            {
                conditions.append("o.state NOT IN ('filed', 'rejected', 'discarded')")
            }
            conditions.append("o.state || '/' || ifnull(c.state, '') IN (SELECT value FROM json_each(?))")
            arguments += [jsonList(wanted)]
        }
        if let gstin = query.gstin {
            conditions.append("o.gstin = ?")
            arguments += [gstin.text]
        }
        if let text = query.text?.trimmed, !text.isEmpty {
            let known = "o.title || ' ' || o.business_key || ' ' || ifnull(o.reference, ifnull(o.expected, ''))"
            conditions.append("instr(lower(\(known)), ?) > 0")
            arguments += [text.lowercased()]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }

    /// Operations by their numbers in the database, and what of them cannot be read.
    func operations(
        numbered numbers: [Int64]
    ) throws -> (whole: [Int64: PortalOperation], damaged: [DamagedOperation]) {
        let sql = "\(OperationRow.select) WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC"
        var (whole, damaged): ([Int64: PortalOperation], [DamagedOperation]) = ([:], [])
        try database().forEachRow(sql, [jsonList(numbers)]) { row in
            switch OperationRow.read(row) {
            case .whole(let operation): whole[row[0]] = operation
            case .damaged(let found): damaged.append(found)
            }
            return true
        }
        return (whole, damaged)
    }

    /// What the authority gave for these, where it gave anything.
    func results(_ operations: [PortalOperation]) throws -> [OperationId: [UInt8]] {
        let sql = """
            SELECT o.id, p.result FROM operation o JOIN operation_payload p ON p.operation = o.number
            WHERE o.id IN (SELECT value FROM json_each(?)) AND p.result IS NOT NULL
            """
        let found = try database().mapRows(sql, [jsonList(operations.map(\.id.text))]) { row in
            (OperationId(row[0] as String), try row.bytes(at: 1))
        }
        return Dictionary(found.compactMap { id, bytes in id.map { ($0, bytes) } }) { first, _ in first }
    }
}
