public import Domain
internal import Foundation
internal import GRDB
internal import Trail

/// A call whose intent is durable and whose end is not on record yet.
public struct OpenCall: Hashable, Sendable {
    public var id: Int64
    /// What will be recorded of it, without its outcome.
    public var event: AuditEvent

    public init(id: Int64, event: AuditEvent) {
        self.id = id
        self.event = event
    }
}

/// A sealed body and the name of the key that it was sealed with.
public struct SealedBody: Hashable, Sendable {
    public var side: AuditBodySide
    public var key: String
    public var bytes: [UInt8]

    public init(side: AuditBodySide, key: String, bytes: [UInt8]) {
        self.side = side
        self.key = key
        self.bytes = bytes
    }
}

extension AuditBodySide {
    /// Its number in the table of bodies.
    func place(of sequence: Int64) -> Int64 { sequence * 2 + Int64(rawValue) }
}

extension StoreWriter {
    /// Notes that a call is about to leave; durable when the transaction is. Without it nothing may be sent.
    ///
    /// - Throws: `.trail` while damage of the trail stands that a verification found.
    /// - Parameters:
    ///   - owner: the process, so that the next worker knows whose calls nobody ends any more.
    ///   - endsAt: after which nobody waits for its answer.
    public func openCall(_ event: AuditEvent, owner: String, endsAt: Instant) throws -> Int64 {
        if try reader.setting(TrailFinding.key) != nil {
            throw StoreProblem.trail("a verification found the audit trail changed")
        }
        let record = try RecordForm.bytes(event, seq: 0, tenant: "")
        try db.run(
            "INSERT INTO audit_call (owner, began_at, ends_at, record) VALUES (?, ?, ?, ?)",
            [owner, event.at.milliseconds, endsAt.milliseconds, Data(record)])
        return db.lastInsertedRowID
    }

    /// Puts the end of a call on record, once: of one that was ended by somebody else nothing is written. Where only its
    /// intent is gone, which nobody takes away who ends it, the end goes on record all the same.
    ///
    /// - Returns: the number of its record; nil when its end stood there already.
    @discardableResult
    public func endCall(_ call: OpenCall, bodies: [SealedBody] = []) throws -> Int64? {
        try db.run("DELETE FROM audit_call WHERE id = ?", [call.id])
        if db.changesCount != 1 {
            guard call.event.call?.number != nil, try !reader.hasEnd(of: call) else { return nil }
        }
        var event = call.event
        // Intents that an older program kept are not counted.
        if event.call?.number != nil { event.call?.number = call.id }
        event.call?.isRequestKept = bodies.contains { $0.side == .request }
        event.call?.answer?.isKept = bodies.contains { $0.side == .answer }
        let seq = try recordEvent(event)
        for body in bodies {
            // What stands under this number is of a record that was taken away, or nobody's: the end goes on record.
            try db.run(
                "INSERT OR REPLACE INTO audit_body VALUES (?, ?, ?, ?)",
                [body.side.place(of: seq), body.key, call.event.at.milliseconds, Data(body.bytes)])
        }
        return seq
    }

    /// Records as unknown what processes left behind that have ended: their calls may have left or not.
    ///
    /// - Parameters:
    ///   - workers: whether calls of any worker but `owner` are ended; only who holds the worker's lock may say so.
    ///   - now: calls of other processes are ended when this is past their time.
    /// - Returns: how many.
    @discardableResult
    public func endAbandonedCalls(workers: Bool, except owner: String, now: Instant) throws -> Int {
        let sql = """
            SELECT id, record FROM audit_call
            WHERE owner <> ? AND (ends_at < ? OR (? AND substr(owner, 1, 7) = 'worker:')) ORDER BY id
            """
        let found = try db.mapRows(sql, [owner, now.milliseconds, workers]) { row in
            OpenCall(id: row[0], event: try RecordForm.event(try row.bytes(at: 1)).event)
        }
        for var call in found {
            call.event.outcome = AuditCallOutcome.unknown.rawValue
            try endCall(call)
        }
        return found.count
    }

    /// Takes the bodies away that were sealed with these keys. Their hashes stay on record, and the key's name here: it
    /// leads to the record that says when they went.
    ///
    /// - Returns: how many bodies went.
    public func removeBodies(of keys: [String]) throws -> Int {
        try db.run(
            "UPDATE audit_body SET sealed = x'' WHERE key IN (SELECT value FROM json_each(?)) AND sealed <> x''",
            [jsonList(keys)])
        return db.changesCount
    }
}

extension StoreReader {
    /// A body that was kept; nil when none was, or it is gone by the policy of retention.
    public func auditBody(_ sequence: Int64, _ side: AuditBodySide) throws -> SealedBody? {
        let sql = "SELECT key, sealed FROM audit_body WHERE id = ? AND sealed <> x''"
        return try database().firstRow(sql, [side.place(of: sequence)]) { row in
            SealedBody(side: side, key: row[0], bytes: try row.bytes(at: 1))
        }
    }

    /// The key that sealed a body, also of one that is gone; nil where none was ever kept.
    public func auditBodyKey(_ sequence: Int64, _ side: AuditBodySide) throws -> String? {
        try database().firstRow("SELECT key FROM audit_body WHERE id = ?", [side.place(of: sequence)]) {
            $0[0]
        }
    }

    /// Names of the keys of bodies that were made before this moment. Each seals for one day at the most.
    public func bodyKeys(madeBefore moment: Instant) throws -> [String] {
        let sql = "SELECT owner FROM vault_secret WHERE kind = ? AND changed_at < ? ORDER BY owner"
        return try database().mapRows(sql, [StoredSecret.Kind.auditBodies.rawValue, moment.milliseconds]) { $0[0] }
    }

    public func openCallCount() throws -> Int {
        Int(try database().number("SELECT count(*) FROM audit_call") ?? 0)
    }
}
