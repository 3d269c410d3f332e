public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Gives due operations to this worker, those in doubt first: what can be asked of an authority can often be asked
    /// for a short time only (facts: reliability 5.7). Among them the GSTINs of a provider take turns.
    ///
    /// - Parameters:
    ///   - owner: 128 random bits naming this start of the worker, as text.
    ///   - until: end of the lease.
    ///   - excluding: names of providers that are left alone now.
    ///   - room: how many more a provider may get; one without an entry has no limit of its own.
    ///   - rule: when one on which workers died is set aside. Who is close to that is held without another such one.
    public func claimOperations(
        owner: String, limit: Int, until: Instant, now: Instant, excluding: Set<String> = [], room: [String: Int] = [:],
        rule: CrashRule = CrashRule()
    ) throws -> [HeldOperation] {
        guard limit > 0 else { return [] }
        let isAnyAlone = try reader.holdsSuspect(rule)
        var turns = OperationTurns(
            db: db, limit: limit, now: now, excluding: excluding, room: room,
            suspects: .init(from: rule.aloneFrom, mayTakeOne: !isAnyAlone))
        return try turns.take().compactMap { number in
            guard try isWhole(number) else {
                // Nobody can go on with it, and it must not be in the way of the others.
                try db.run("UPDATE operation SET next_at = NULL WHERE number = ?", [number])
                return nil
            }
            try db.run(
                """
                UPDATE operation SET next_at = NULL, lease_until = ?, owner = ?, generation = generation + 1,
                state = iif(state IN (\(Self.requeued)), 'queued', state) WHERE number = ?
                """, [until.milliseconds, owner, number])
            return try held(number)
        }
    }

    /// States from which the table leads back into the queue by itself.
    private static let requeued = OperationState.allCases.filter {
        OperationTable.next($0, .enqueue) == .queued
    }.map { "'\($0.rawValue)'" }.joined(separator: ", ")

    private func isWhole(_ number: Int64) throws -> Bool {
        let sql = """
            \(OperationRow.select) WHERE number = ?
            AND EXISTS (SELECT 1 FROM operation_payload p WHERE p.operation = number)
            """
        guard case .whole? = try db.firstRow(sql, [number], OperationRow.read) else { return false }
        return true
    }

    func held(_ number: Int64) throws -> HeldOperation {
        let sql = """
            SELECT o.number, o.id, o.kind, o.gstin, o.business_key, o.provider, o.state, o.fingerprint, o.reference,
            o.expected, o.title, o.total, o.attempts, o.created_at, o.created_by, o.updated_at, o.next_at, o.code,
            o.message, o.is_adopted, o.is_pinned, o.generation, o.failures, o.sent_until, o.absent_at, p.request
            FROM operation o JOIN operation_payload p ON p.operation = o.number WHERE o.number = ?
            """
        let found = try db.firstRow(sql, [number]) { row in
            HeldOperation(
                operation: try OperationRow.operation(row), generation: row[21], failures: row[22],
                sentUntil: (row[23] as Int64?).map(Instant.init(milliseconds:)),
                absentAt: (row[24] as Int64?).map(Instant.init(milliseconds:)),
                payload: try row.bytes(at: 25))
        }
        guard let found else { throw StoreProblem.refused("an operation without its payload is stored") }
        return found
    }

    /// Extends leases that are still ours; what is missing in the answer is lost.
    public func renewOperations(owner: String, _ ids: [OperationId], until: Instant) throws -> Set<OperationId> {
        var renewed: Set<OperationId> = []
        for id in ids {
            try db.run(
                "UPDATE operation SET lease_until = ? WHERE id = ? AND owner = ? AND lease_until IS NOT NULL",
                [until.milliseconds, id.text, owner])
            if db.changesCount == 1 { renewed.insert(id) }
        }
        return renewed
    }

    /// Takes back what another worker held: having the worker's lock means that it is gone. What it may have sent is in
    /// doubt and looked up first; nothing else was touched. What too many workers died on waits for a person.
    ///
    /// - Parameter firstLook: from the end of the attempt's time to the first look, by provider.
    public func takeBackOperations(
        otherThan owner: String, now: Instant, rule: CrashRule = CrashRule(), firstLook: (String) -> Duration
    ) throws -> TakenBackOperations {
        try takeBack("owner <> ?", [owner], "the worker ended in the middle", now, rule, firstLook)
    }

    /// Takes back what nobody holds any more although its lease is ours: the outcome could not be stored. No worker died
    /// of it.
    ///
    /// - Parameter holding: claims that are carried out now.
    public func takeBackOperations(
        endedBefore moment: Instant, holding: Set<OperationLease>, now: Instant, firstLook: (String) -> Duration
    ) throws -> TakenBackOperations {
        let held = jsonList(holding.map { "\($0.id) \($0.generation)" }.sorted())
        return try takeBack(
            "lease_until < ? AND id || ' ' || generation NOT IN (SELECT value FROM json_each(?))",
            [moment.milliseconds, held], "what came of it could not be stored", now, nil, firstLook)
    }

    private struct Ended {
        var number: Int64
        /// nil where it cannot be read.
        var known: OperationState?
        var provider: String
        var sent: Int64?
        var crashes: Int
        var firstCrash: Int64?

        var state: OperationState { known ?? .unknown }
    }

    private func takeBack(
        _ condition: String, _ arguments: StatementArguments, _ why: String, _ now: Instant, _ rule: CrashRule?,
        _ firstLook: (String) -> Duration
    ) throws -> TakenBackOperations {
        var taken = TakenBackOperations()
        let sql = """
            SELECT number, state, provider, sent_until, crashes, first_crash_at FROM operation
            WHERE lease_until IS NOT NULL AND \(condition)
            """
        let rows = try db.mapRows(sql, arguments) { row in
            Ended(
                number: row[0], known: OperationState(rawValue: row[1]), provider: row[2], sent: row[3],
                crashes: row[4], firstCrash: row[5])
        }
        for row in rows {
            if let rule, try isSetAside(row, rule, now) {
                taken.setAside += 1
                continue
            }
            let next = OperationTable.next(row.state, row.state == .reconciling ? .lookFailed : .lost)
            if let next, row.state.isInDoubt {
                let due = Instant(milliseconds: row.sent ?? now.milliseconds) + firstLook(row.provider)
                try db.run(
                    """
                    UPDATE operation SET state = ?, next_at = ?, lease_until = NULL, owner = NULL, updated_at = ?,
                    message = ? WHERE number = ?
                    """,
                    [
                        next.rawValue, max(due, now).milliseconds, now.milliseconds,
                        "\(why); what came of it is looked up", row.number,
                    ])
                taken.inDoubt += 1
            } else {
                try db.run(
                    "UPDATE operation SET next_at = ?, lease_until = NULL, owner = NULL WHERE number = ?",
                    [now.milliseconds, row.number])
                taken.waiting += 1
            }
        }
        return taken
    }

    /// Counts the death, and hands to a person what too many workers died on. Where one has it already, it stays there.
    private func isSetAside(_ row: Ended, _ rule: CrashRule, _ now: Instant) throws -> Bool {
        let (crashes, first) = rule.counted(row.crashes, since: row.firstCrash, at: now)
        try db.run(
            "UPDATE operation SET crashes = ?, first_crash_at = ? WHERE number = ?", [crashes, first, row.number])
        // What is damaged stays as it is, and is named where it is listed.
        guard rule.isReached(crashes), let state = row.known else { return false }
        let doubtful = OperationTable.next(state, state == .reconciling ? .lookFailed : .lost) ?? state
        let next = state.needsPerson ? state : OperationTable.next(doubtful, .giveUp)
        guard let next else { return false }
        try db.run(
            """
            UPDATE operation SET state = ?, next_at = NULL, lease_until = NULL, owner = NULL, updated_at = ?,
            stopped_by = ?, message = ? WHERE number = ?
            """,
            [
                next.rawValue, now.milliseconds, Cause.crashed.rawValue,
                "\(CrashRule.words(crashes, on: "action")); let it be looked up, or look at the portal and settle it by hand",
                row.number,
            ])
        return true
    }
}
