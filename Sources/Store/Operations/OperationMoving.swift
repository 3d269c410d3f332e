public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Writes the attempt that is about to leave. Durable before a byte is sent, or nothing is sent.
    ///
    /// - Returns: the attempt's number; nil when the lease is lost or the state does not allow it.
    public func beginAttempt(
        _ held: HeldOperation, owner: String, _ attempt: OperationAttempt
    ) throws -> Int? {
        let event: OperationEvent = attempt.purpose == .send ? .begin : .look
        guard let number = try number(of: held, owner: owner),
            let next = OperationTable.next(try state(number), event)
        else { return nil }
        let isSending = attempt.purpose == .send
        try db.run(
            """
            UPDATE operation SET state = ?, updated_at = ?, attempts = attempts + ?,
            sent_until = iif(?, ?, sent_until), absent_at = iif(?, NULL, absent_at) WHERE number = ?
            """,
            [
                next.rawValue, attempt.beganAt.milliseconds, isSending ? 1 : 0, isSending,
                attempt.deadline.milliseconds, isSending, number,
            ])
        let last = try db.number("SELECT max(number) FROM operation_attempt WHERE operation = ?", [number]) ?? 0
        try db.run(
            """
            INSERT INTO operation_attempt (operation, number, purpose, generation, provider, call, began_at, deadline,
            request_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, last + 1, attempt.purpose.rawValue, held.generation, attempt.provider, attempt.call,
                attempt.beganAt.milliseconds, attempt.deadline.milliseconds, attempt.requestHash,
            ])
        return Int(last + 1)
    }

    /// Keeps what came back, whoever holds the operation by now.
    public func keepEvidence(_ id: OperationId, attempt: Int, _ evidence: OperationEvidence) throws {
        try db.run(
            """
            UPDATE operation_attempt SET ended_at = ?, event = ?, status = ?, code = ?, message = ?, answer_hash = ?,
            wire_hash = ?, answer = ? WHERE number = ? AND operation = (SELECT number FROM operation WHERE id = ?)
            """,
            [
                evidence.endedAt.milliseconds, evidence.event.rawValue, evidence.status, evidence.code,
                HarmlessText.line(evidence.message), evidence.answerHash, evidence.wireHash,
                evidence.answer.map { Data($0) }, attempt, id.text,
            ])
    }

    /// Keeps a login that failed for the sake of an operation: what was asked for did not leave.
    ///
    /// - Parameter login: with its number left open.
    public func keepLogin(_ id: OperationId, _ login: OperationAttempt) throws {
        try db.run(
            """
            INSERT INTO operation_attempt (operation, number, purpose, generation, provider, call, began_at, deadline,
            ended_at, request_hash, event, status, code, message)
            SELECT o.number, ifnull((SELECT max(number) FROM operation_attempt WHERE operation = o.number), 0) + 1,
            'login', o.generation, ?, ?, ?, ?, ?, '', ?, ?, ?, ? FROM operation o WHERE o.id = ?
            """,
            [
                login.provider, login.call, login.beganAt.milliseconds, login.deadline.milliseconds,
                login.endedAt?.milliseconds, login.event?.rawValue, login.status, login.code,
                HarmlessText.line(login.message), id.text,
            ])
    }

    /// Moves an operation that this worker holds, and lets it go.
    ///
    /// - Returns: the new state; nil, and nothing changed, when the lease is lost or the step is impossible.
    public func move(
        _ held: HeldOperation, owner: String, _ steps: [OperationStep], now: Instant
    ) throws -> OperationState? {
        guard let number = try number(of: held, owner: owner) else { return nil }
        return try move(number, steps, now: now)
    }

    /// Moves an operation that no worker holds, for a person.
    ///
    /// - Returns: the new state; nil, and nothing changed, when a worker holds it or the step is impossible.
    public func move(_ id: OperationId, _ steps: [OperationStep], now: Instant) throws -> OperationState? {
        let free = "SELECT number FROM operation WHERE id = ? AND lease_until IS NULL"
        guard let number = try db.number(free, [id.text]) else { return nil }
        return try move(number, steps, now: now)
    }

    private func move(_ number: Int64, _ steps: [OperationStep], now: Instant) throws -> OperationState? {
        var state = try state(number)
        for step in steps {
            if step.event == .neverSent || step.event == .resumed, try mayHaveLeft(number) { return nil }
            guard let next = OperationTable.next(state, step.event) else { return nil }
            state = next
        }
        guard let last = steps.last else { return nil }
        // An end is no failure, and no answer keeps what an earlier one said beside its own.
        try db.run(
            """
            UPDATE operation SET state = ?, updated_at = ?, next_at = ?, lease_until = NULL, owner = NULL,
            reference = ifnull(?, reference), code = ?, message = ?, is_adopted = is_adopted OR ?,
            failures = iif(?, failures + 1, iif(?, failures, 0)), absent_at = ifnull(?, absent_at),
            provider = ifnull(?, provider), stopped_by = ?, is_parked = ? WHERE number = ?
            """,
            [
                state.rawValue, now.milliseconds, state.isFinished ? nil : last.nextAt?.milliseconds, last.reference,
                last.code, HarmlessText.line(last.message), last.isAdopted, last.isFailure, last.isHeldBack,
                last.absentAt?.milliseconds, last.provider, last.cause?.rawValue, last.isParked, number,
            ])
        if let result = last.result {
            try db.run(
                "UPDATE operation_payload SET result = ? WHERE operation = ?", [Data(result), number])
        }
        return state
    }

    /// Whether a request of it is not proven to have stayed here.
    private func mayHaveLeft(_ number: Int64) throws -> Bool {
        let sql = """
            SELECT 1 FROM operation_attempt WHERE operation = ? AND purpose = 'send' AND event IS NOT 'not_sent' LIMIT 1
            """
        return try db.number(sql, [number]) != nil
    }

    /// Lets the worker look at an operation now, whatever it waits for.
    ///
    /// - Returns: false when a worker holds it, or nothing can be looked at.
    public func hurry(_ id: OperationId, at now: Instant) throws -> Bool {
        try db.run(
            """
            UPDATE operation SET next_at = ? WHERE id = ? AND lease_until IS NULL
            AND state IN (\(Self.hurried))
            """, [now.milliseconds, id.text])
        return db.changesCount == 1
    }

    private static let hurried = OperationState.allCases.filter { OperationChoice.hurry.events(in: $0) != nil }
        .map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// Lets an operation go as it was, to be taken again at `next`; nil: when somebody asks for it.
    public func release(_ held: HeldOperation, owner: String, next: Instant?, message: String? = nil) throws -> Bool {
        guard let number = try number(of: held, owner: owner) else { return false }
        try db.run(
            """
            UPDATE operation SET next_at = ?, lease_until = NULL, owner = NULL, message = ifnull(?, message)
            WHERE number = ?
            """, [next?.milliseconds, message.map { HarmlessText.line($0) }, number])
        return true
    }

    private func number(of held: HeldOperation, owner: String) throws -> Int64? {
        try db.number(
            "SELECT number FROM operation WHERE id = ? AND owner = ? AND generation = ? AND lease_until IS NOT NULL",
            [held.operation.id.text, owner, held.generation])
    }

    private func state(_ number: Int64) throws -> OperationState {
        let text = try db.firstRow("SELECT state FROM operation WHERE number = ?", [number]) { $0[0] as String }
        guard let state = text.flatMap(OperationState.init(rawValue:)) else {
            throw StoreProblem.refused("an operation of an unknown state is stored")
        }
        return state
    }
}
