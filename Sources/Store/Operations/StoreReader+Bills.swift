public import Domain
internal import GRDB

extension StoreReader {
    /// A page of e-way bills: those that are made, and those that are asked for.
    public func eWayBills(_ query: EWayBillQuery) throws -> EWayBillPage {
        let db = try database()
        let (condition, selected) = Self.condition(query)
        let isAll =
            query.standings.isEmpty && query.gstin == nil && (query.text ?? "").isEmpty && query.endsAfter == nil
        let counting = isAll ? Self.countAll : "\(Self.openTrips) SELECT count(*) \(Self.billSource) WHERE \(condition)"
        let total = Int(try db.number(counting, selected) ?? 0)
        let place = PagePlace(total: total, page: query.page, perPage: query.perPage)
        let order =
            query.order == .end ? "b.valid_until IS NULL, b.valid_until, o.number DESC" : "o.number DESC"
        let sql = """
            \(Self.openTrips) SELECT o.number, c.number, b.number, b.made_at, b.valid_until, b.vehicle, b.transporter, b.distance,
            b.is_cancelled, b.consolidated \(Self.billSource) WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?
            """
        let found = try db.mapRows(sql, selected + [place.count, place.offset], Self.found)
        let (operations, damaged) = try operations(numbered: found.flatMap { [$0.own, $0.change].compactMap(\.self) })
        return EWayBillPage(
            rows: Self.bills(found, operations), page: place.page, pageCount: place.pageCount, total: total,
            firstSerial: found.isEmpty ? 0 : place.offset + 1,
            watch: try billWatch(now: query.now, within: query.soon), damaged: damaged)
    }

    /// The operation that made a bill.
    public func operation(bill number: String) throws -> PortalOperation? {
        let sql = "\(OperationRow.select) WHERE number = (SELECT operation FROM ewaybill WHERE number = ?)"
        return try database().firstRow(sql, [number], OperationRow.operation)
    }

    /// What was done to a bill, or is asked of it, the newest first. Keys of changes begin with the bill's number.
    public func changes(ofBill number: String) throws -> (rows: [PortalOperation], damaged: [DamagedOperation]) {
        let sql = """
            \(OperationRow.select) WHERE business_key BETWEEN ? AND ? ORDER BY number DESC
            """
        let found = try database().mapRows(sql, ["ewb/\(number)/", "ewb/\(number)0"], OperationRow.read)
        let parts = OperationRow.parted(found)
        return (parts.whole, parts.damaged)
    }

    /// The newest action that puts a bill together with others and is not finished.
    public func openTrip(of bill: String) throws -> PortalOperation? {
        let sql = """
            \(Self.openTrips) \(OperationRow.select) WHERE number = (SELECT operation FROM trip WHERE bill = ?)
            """
        return try database().firstRow(sql, [bill], OperationRow.operation)
    }

    /// What the confirmed actions say of a bill; nil for one that no action here has made.
    public func bill(_ number: String) throws -> BillFacts? {
        let sql = """
            SELECT made_at, valid_until, vehicle, transporter, distance, is_cancelled, consolidated FROM ewaybill
            WHERE number = ?
            """
        return try database().firstRow(sql, [number]) { row in
            BillFacts(
                number: number, isMade: true, madeAt: (row[0] as Int64?).map(Instant.init(milliseconds:)),
                validUntil: (row[1] as Int64?).map(Instant.init(milliseconds:)), vehicle: row[2], transporter: row[3],
                distance: row[4], isCancelled: row[5] == 1, isRejected: row[5] == 2, consolidated: row[6])
        }
    }

    /// Bills that hold and end within a span from now.
    public func billWatch(now: Instant, within: Duration) throws -> BillWatch {
        let db = try database()
        let edge = now + within
        let live = "FROM ewaybill INDEXED BY ewaybill_by_end WHERE is_cancelled = 0 AND valid_until"
        var watch = BillWatch(within: within)
        watch.expiring = Int(
            try db.number(
                "SELECT count(*) \(live) > ? AND valid_until <= ?", [now.milliseconds, edge.milliseconds]) ?? 0)
        let first = try db.number("SELECT min(valid_until) \(live) > ?", [now.milliseconds])
        let next = try db.number("SELECT min(valid_until) \(live) > ?", [edge.milliseconds])
        watch.nextEnd = watch.expiring > 0 ? first.map(Instant.init(milliseconds:)) : nil
        let changes = [first.map(Instant.init(milliseconds:)), next.map { Instant(milliseconds: $0) - within }]
        watch.changesAt = changes.compactMap(\.self).min()
        return watch
    }

    /// Bills that end in a span, the first to end first, and how many they are: for a mail. What is being done to one
    /// makes no difference.
    public func bills(endingAfter now: Instant, until: Instant, limit: Int) throws -> EWayBillPage {
        var query = EWayBillQuery(endsAfter: now, endsBy: until, order: .end, now: now)
        query.perPage = limit
        return try eWayBills(query)
    }

    // MARK: Parts

    /// Bills that are about to be put together with others: the keys of such actions do not tell their bills, and few of
    /// them are open. A request that is damaged tells none, and takes no other bill away.
    private static let openTrips = """
        WITH trip (bill, operation) AS MATERIALIZED (
            SELECT CASE t.type WHEN 'object' THEN CAST(t.value ->> '$.ewbNo' AS TEXT) END, max(o.number)
            FROM operation o JOIN operation_payload p ON p.operation = o.number
            JOIN json_each(CASE WHEN json_valid(CAST(p.request AS TEXT)) THEN CAST(p.request AS TEXT) ELSE '{}' END,
                '$.tripSheetEwbBills') t
            WHERE o.kind = 'ewaybill_consolidate' AND o.state NOT IN ('filed', 'rejected', 'discarded') GROUP BY 1)
        """

    /// The newest change that is not finished. Keys of changes begin with the bill's number.
    private static let billSource = """
        FROM operation o LEFT JOIN ewaybill b ON b.operation = o.number LEFT JOIN trip ON trip.bill = b.number
        LEFT JOIN operation c ON b.number IS NOT NULL AND c.number = max(ifnull(trip.operation, 0), ifnull((
            SELECT max(number) FROM operation WHERE business_key BETWEEN 'ewb/' || b.number || '/'
            AND 'ewb/' || b.number || '0' AND state NOT IN ('filed', 'rejected', 'discarded')), 0))
        """

    private static let isBill = "(b.number IS NOT NULL OR \(isAsked))"

    /// Asked for and not made; of a document that was refused and asked for anew the newest.
    private static let isAsked = """
        o.kind IN ('ewaybill_generate', 'ewaybill_by_irn') AND o.state <> 'filed'
        AND (o.state NOT IN ('rejected', 'discarded') OR NOT EXISTS (
            SELECT 1 FROM operation n WHERE n.business_key = o.business_key AND n.number > o.number))
        """

    private static let countAll = """
        SELECT (SELECT count(*) FROM ewaybill) + (SELECT count(*) FROM operation o WHERE \(isAsked))
        """

    private static func condition(_ query: EWayBillQuery) -> (String, StatementArguments) {
        var conditions = [isBill]
        var arguments: StatementArguments = []
        if !query.standings.isEmpty {
            // As `StandingBill.standing` says.
            let standing = """
                CASE WHEN b.is_cancelled = 2 THEN 'rejected' WHEN b.is_cancelled THEN 'cancelled'
                WHEN ifnull(c.state, o.state) IN ('unknown', 'reconciling') THEN 'in_doubt'
                WHEN ifnull(c.state, o.state) IN ('conflict', 'attention') THEN 'attention'
                WHEN b.number IS NULL THEN iif(o.state = 'rejected', 'refused', iif(
                    o.state = 'discarded', 'discarded', 'in_work'))
                WHEN b.valid_until IS NULL THEN 'part_a'
                WHEN b.valid_until <= ? THEN 'expired' WHEN b.valid_until <= ? THEN 'expiring' ELSE 'valid' END
                """
            conditions.append("\(standing) IN (SELECT value FROM json_each(?))")
            arguments += [
                query.now.milliseconds, (query.now + query.soon).milliseconds,
                jsonList(query.standings.map(\.rawValue).sorted()),
            ]
        }
        if let end = query.endsAfter {
            conditions.append("b.valid_until > ? AND b.valid_until <= ? AND b.is_cancelled = 0")
            arguments += [end.milliseconds, (query.endsBy ?? query.now + query.soon).milliseconds]
        }
        if let gstin = query.gstin {
            conditions.append("o.gstin = ?")
            arguments += [gstin.text]
        }
        if let text = query.text?.trimmed, !text.isEmpty {
            let known =
                "o.title || ' ' || o.business_key || ' ' || ifnull(b.number, '') || ' ' || ifnull(b.vehicle, '')"
                + " || ' ' || ifnull(b.consolidated, '')"
            conditions.append("instr(lower(\(known)), ?) > 0")
            arguments += [text.lowercased()]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }

    private struct FoundBill {
        var own: Int64
        var change: Int64?
        var number: String?
        var madeAt: Instant?
        var validUntil: Instant?
        var vehicle: String
        var transporter: String
        var distance: Int?
        /// 1 cancelled, 2 rejected.
        var end: Int
        var consolidated: String
    }

    private static func found(_ row: Row) -> FoundBill {
        FoundBill(
            own: row[0], change: row[1], number: row[2],
            madeAt: (row[3] as Int64?).map(Instant.init(milliseconds:)),
            validUntil: (row[4] as Int64?).map(Instant.init(milliseconds:)), vehicle: (row[5] as String?) ?? "",
            transporter: (row[6] as String?) ?? "", distance: row[7], end: row[8] ?? 0,
            consolidated: (row[9] as String?) ?? "")
    }

    private static func bills(_ found: [FoundBill], _ operations: [Int64: PortalOperation]) -> [StandingBill] {
        found.compactMap { row in
            operations[row.own].map { own in
                StandingBill(
                    operation: own, change: row.change.flatMap { operations[$0] }, number: row.number,
                    madeAt: row.madeAt, validUntil: row.validUntil, vehicle: row.vehicle,
                    transporter: row.transporter, distance: row.distance, isCancelled: row.end == 1,
                    isRejected: row.end == 2,
                    consolidated: row.consolidated)
            }
        }
    }
}

extension StoreWriter {
    /// Keeps what a confirmed action says of a bill. Of one that no action here has made nothing is kept.
    public func note(_ facts: BillFacts, by id: OperationId) throws {
        if facts.isMade {
            try db.run(
                """
                INSERT INTO ewaybill (number, operation, made_at, valid_until, vehicle, transporter, distance)
                SELECT ?, number, ?, ?, ?, ?, ? FROM operation WHERE id = ?
                ON CONFLICT (number) DO UPDATE SET made_at = ifnull(excluded.made_at, made_at),
                valid_until = ifnull(excluded.valid_until, valid_until)
                """,
                [
                    facts.number, facts.madeAt?.milliseconds, facts.validUntil?.milliseconds, facts.vehicle ?? "",
                    facts.transporter ?? "", facts.distance, id.text,
                ])
        } else {
            try note(facts)
        }
    }

    /// Keeps what the system showed of a bill. A change that was confirmed after it was asked is newer: then only what ends a
    /// bill for good counts.
    public func note(_ facts: BillFacts, askedAt: Instant) throws {
        guard try hasChange(of: facts.number, since: askedAt) else { return try note(facts) }
        try note(
            BillFacts(
                number: facts.number, isMade: false, isCancelled: facts.isCancelled, isRejected: facts.isRejected))
    }

    private func hasChange(of bill: String, since: Instant) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM operation WHERE business_key BETWEEN ? AND ? AND state = 'filed' AND updated_at > ?)
            OR EXISTS (SELECT 1 FROM operation o JOIN ewaybill b ON b.consolidated = o.reference
            WHERE b.number = ? AND o.kind = 'ewaybill_consolidate' AND o.state = 'filed' AND o.updated_at > ?)
            """
        let moment = since.milliseconds
        return try db.number(sql, ["ewb/\(bill)/", "ewb/\(bill)0", moment, bill, moment]) == 1
    }

    /// Keeps what is known of a bill now. Of one that no action here has made nothing is kept.
    public func note(_ facts: BillFacts) throws {
        try db.run(
            """
            UPDATE ewaybill SET valid_until = ifnull(?, valid_until), vehicle = ifnull(?, vehicle),
            transporter = ifnull(?, transporter), is_cancelled = max(is_cancelled, ?),
            consolidated = ifnull(?, consolidated) WHERE number = ?
            """,
            [
                facts.validUntil?.milliseconds, facts.vehicle, facts.transporter,
                facts.isRejected ? 2 : facts.isCancelled ? 1 : 0, facts.consolidated, facts.number,
            ])
    }
}
