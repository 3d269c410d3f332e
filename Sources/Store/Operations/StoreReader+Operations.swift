public import Domain
internal import GRDB

extension StoreReader {
    public func operation(_ id: OperationId) throws -> PortalOperation? {
        try database().firstRow("\(OperationRow.select) WHERE id = ?", [id.text], OperationRow.operation)
    }

    /// Operations in the order of their ids' list; unknown ids are left out.
    public func operations(_ ids: [OperationId]) throws -> [PortalOperation] {
        let sql = "\(OperationRow.select) WHERE id IN (SELECT value FROM json_each(?))"
        let found = try database().mapRows(sql, [jsonList(ids.map(\.text))], OperationRow.operation)
        let byId = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byId[$0] }
    }

    /// How far these have come.
    ///
    /// - Parameter excluding: names of providers that are left alone now: what is due there waits.
    public func tally(_ ids: [OperationId], now: Instant, excluding: Set<String> = []) throws -> OperationTally {
        let sql = """
            SELECT state, count(*), sum(lease_until IS NOT NULL OR ifnull(next_at <= ?, 0) AND provider NOT IN (
                SELECT value FROM json_each(?))) FROM operation
            WHERE id IN (SELECT value FROM json_each(?)) GROUP BY state
            """
        var tally = OperationTally()
        let arguments: StatementArguments = [
            now.milliseconds, jsonList(excluding.sorted()), jsonList(ids.map(\.text)),
        ]
        try database().forEachRow(sql, arguments) { row in
            let (count, due): (Int, Int) = (row[1], row[2])
            switch OperationState(rawValue: row[0]) {
            case .filed: tally.filed += count
            case .rejected, .discarded: tally.ended += count
            case .intent, .reconciling: tally.underWay += count
            default:
                // What is held, or due now, is as good as under way.
                tally.underWay += due
                tally.waiting += count - due
            }
            return true
        }
        return tally
    }

    /// The newest operation of a natural key, whatever became of it.
    public func operation(key: String) throws -> PortalOperation? {
        let sql = "\(OperationRow.select) WHERE business_key = ? ORDER BY number DESC LIMIT 1"
        return try database().firstRow(sql, [key], OperationRow.operation)
    }

    /// The confirmed operation of some kinds with the authority's number.
    public func operation(reference: String, kinds: Set<OperationKind>) throws -> PortalOperation? {
        let sql = """
            \(OperationRow.select) WHERE reference = ? AND state = 'filed' AND kind IN (SELECT value FROM json_each(?))
            ORDER BY number DESC LIMIT 1
            """
        return try database().firstRow(
            sql, [reference, jsonList(kinds.map(\.rawValue).sorted())], OperationRow.operation)
    }

    /// Numbers that the authority gave to earlier operations which asked for the same: keys of what may be made again
    /// differ in their last part.
    public func earlierReferences(than operation: PortalOperation) throws -> [String] {
        guard let end = operation.businessKey.lastIndex(of: "/") else { return [] }
        let stem = operation.businessKey[..<end]
        let sql = """
            SELECT reference FROM operation INDEXED BY operation_filed
            WHERE business_key BETWEEN ? AND ? AND business_key <> ? AND kind = ? AND gstin = ? AND state = 'filed'
            """
        let arguments: StatementArguments = [
            "\(stem)/", "\(stem)0", operation.businessKey, operation.kind.rawValue, operation.gstin.text,
        ]
        return try database().mapRows(sql, arguments) { $0[0] as String }
    }

    /// Confirmed operations of a kind whose natural key begins so, the newest first.
    public func filedOperations(keyPrefix prefix: String, kind: OperationKind) throws -> [PortalOperation] {
        let sql = """
            \(OperationRow.select) INDEXED BY operation_filed
            WHERE business_key >= ? AND business_key < ? AND kind = ? AND state = 'filed' ORDER BY number DESC
            """
        return try database().mapRows(sql, [prefix, prefix + "\u{10FFFF}", kind.rawValue], OperationRow.operation)
    }

    /// Attempts of an operation in the order in which they were made.
    public func attempts(of id: OperationId) throws -> [OperationAttempt] {
        let sql = """
            \(OperationRow.selectAttempt) WHERE operation = (SELECT number FROM operation WHERE id = ?) ORDER BY number
            """
        return try database().mapRows(sql, [id.text], OperationRow.attempt)
    }

    /// What came back, whole, by the attempt's number; those to which nothing came are left out.
    public func answers(of id: OperationId) throws -> [Int: [UInt8]] {
        let sql = """
            SELECT number, answer FROM operation_attempt
            WHERE operation = (SELECT number FROM operation WHERE id = ?) AND answer IS NOT NULL
            """
        let rows = try database().mapRows(sql, [id.text]) { row in (row[0] as Int, try row.bytes(at: 1)) }
        return Dictionary(rows) { first, _ in first }
    }

    /// How long what came back is, in bytes, by the attempt's number; those to which nothing came are left out.
    public func answerLengths(of id: OperationId) throws -> [Int: Int] {
        let sql = """
            SELECT number, length(answer) FROM operation_attempt
            WHERE operation = (SELECT number FROM operation WHERE id = ?) AND answer IS NOT NULL
            """
        let rows = try database().mapRows(sql, [id.text]) { row in (row[0] as Int, row[1] as Int) }
        return Dictionary(rows) { first, _ in first }
    }

    /// What came back to one attempt, whole.
    public func answer(of id: OperationId, attempt: Int) throws -> [UInt8]? {
        let sql = """
            SELECT answer FROM operation_attempt
            WHERE operation = (SELECT number FROM operation WHERE id = ?) AND number = ? AND answer IS NOT NULL
            """
        return try database().firstRow(sql, [id.text, attempt]) { try $0.bytes(at: 0) }
    }

    /// What was asked, and what the authority gave.
    public func payload(of id: OperationId) throws -> (request: [UInt8], result: [UInt8]?)? {
        let sql = """
            SELECT p.request, p.result FROM operation_payload p JOIN operation o ON o.number = p.operation
            WHERE o.id = ?
            """
        return try database().firstRow(sql, [id.text]) { row in
            (try row.bytes(at: 0), row[1] == nil ? nil : try row.bytes(at: 1))
        }
    }

    /// How a bill stood when this extension of it was asked for; nil for other actions, and for those of older versions.
    public func endBefore(_ id: OperationId) throws -> BillEnd? {
        let sql = """
            SELECT p.end_before, p.extensions_before FROM operation_payload p JOIN operation o ON o.number = p.operation
            WHERE o.id = ? AND p.end_before IS NOT NULL
            """
        return try database().firstRow(sql, [id.text]) { row in
            BillEnd(validUntil: Instant(milliseconds: row[0]), extensions: row[1] ?? 0)
        }
    }

    /// Actions that wait after something went wrong, by provider.
    public func waitingActions() throws -> [String: WaitingActions] {
        let sql = """
            SELECT provider, id, updated_at, message FROM operation INDEXED BY operation_open
            WHERE state NOT IN ('filed', 'rejected', 'discarded') AND state IN ('not_sent', 'unknown')
            AND message <> '' ORDER BY number
            """
        var waiting: [String: WaitingActions] = [:]
        try database().forEachRow(sql) { row in
            guard let id = OperationId(row[1] as String) else { return true }
            let (provider, at) = (row[0] as String, Instant(milliseconds: row[2]))
            var one = waiting[provider] ?? WaitingActions(ids: [], latestAt: at, message: "")
            one.ids.append(id)
            if at >= one.latestAt { (one.latestAt, one.message) = (at, row[3]) }
            waiting[provider] = one
            return true
        }
        return waiting
    }

    /// What stands open, for the main screen.
    ///
    /// - Parameter kinds: empty means all.
    public func operationStanding(kinds: Set<OperationKind> = []) throws -> OperationStanding {
        var standing = OperationStanding()
        let those = kinds.isEmpty ? "" : "AND kind IN (SELECT value FROM json_each(?))"
        let sql = """
            SELECT state, count(*), min(next_at) FROM operation INDEXED BY operation_open
            WHERE state NOT IN ('filed', 'rejected', 'discarded') \(those) GROUP BY state
            """
        let arguments: StatementArguments = kinds.isEmpty ? [] : [jsonList(kinds.map(\.rawValue).sorted())]
        try database().forEachRow(sql, arguments) { row in
            let (count, next): (Int, Int64?) = (row[1], row[2])
            switch OperationState(rawValue: row[0]) {
            case .unknown, .reconciling: standing.inDoubt += count
            case .notSent: standing.retrying += count
            case .conflict, .attention: standing.attention += count
            case nil: standing.damaged += count
            default: standing.queued += count
            }
            if let next = next.map(Instant.init(milliseconds:)) {
                standing.nextStepAt = min(standing.nextStepAt ?? next, next)
            }
            return true
        }
        return standing
    }

    /// Whether an operation may be taken now.
    public func hasDueOperation(
        now: Instant, excluding: Set<String> = [], rule: CrashRule = CrashRule()
    ) throws -> Bool {
        let most = try holdsSuspect(rule) ? rule.aloneFrom : .max
        let sql = """
            SELECT 1 FROM operation WHERE next_at <= ? AND provider NOT IN (SELECT value FROM json_each(?))
            AND crashes < ? LIMIT 1
            """
        return try database().number(sql, [now.milliseconds, jsonList(excluding), most]) != nil
    }

    /// Whether one is held on which a worker may die for the last time. No other such one is taken beside it.
    func holdsSuspect(_ rule: CrashRule) throws -> Bool {
        let sql = "SELECT 1 FROM operation WHERE lease_until IS NOT NULL AND crashes >= ? LIMIT 1"
        return try database().number(sql, [rule.aloneFrom]) != nil
    }

    /// Claims whose lease ended before a moment.
    public func operationLeases(endedBefore moment: Instant) throws -> Set<OperationLease> {
        let sql = "SELECT id, generation FROM operation WHERE lease_until IS NOT NULL AND lease_until < ?"
        let found = try database().mapRows(sql, [moment.milliseconds]) { row in
            OperationId(row[0] as String).map { OperationLease(id: $0, generation: row[1]) }
        }
        return Set(found.compactMap(\.self))
    }

    /// When something is to be done about operations after a moment: the next falls due, or a lease has ended.
    ///
    /// - Parameter grace: from the end of a lease to its being taken back.
    public func nextOperationMoment(after now: Instant, grace: Duration) throws -> Instant? {
        let db = try database()
        let due = try db.number("SELECT min(next_at) FROM operation WHERE next_at > ?", [now.milliseconds])
        let end = try db.number("SELECT min(lease_until) FROM operation WHERE lease_until IS NOT NULL")
        let moments = [
            due.map(Instant.init(milliseconds:)), end.map { max(Instant(milliseconds: $0), now) + grace },
        ]
        return moments.compactMap(\.self).min()
    }
}
