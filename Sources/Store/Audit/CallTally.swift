public import Domain
internal import Foundation
internal import GRDB
internal import Trail

/// The calls that records tell of. Calls are counted from 1 without a gap when their intent is kept; so one whose intent was
/// taken out of the database before its end came is missed (an intent stands in no chain).
public struct CallTally: Sendable {
    /// Numbers given so far, and those of calls that are under way.
    public struct Begun: Hashable, Sendable {
        public var last: Int64 = 0
        public var open: [Int64] = []
    }

    /// Numbers on record, without a gap.
    private struct Run: Hashable, Sendable {
        var first: Int64
        var last: Int64
    }

    /// Of the block that is being read, in the order of the records.
    private var numbers: [Int64] = []
    /// Of blocks that were read: calls end nearly in the order in which they began, so these are few.
    private var runs: [Run] = []
    /// Numbers that two records bear.
    private var doubles: [Int64] = []
    /// Whether an older program recorded calls first, without numbers.
    var isLate = false
    var begun = Begun()
    /// Where the bodies stand that were kept, in order.
    private var bodies: [Int64] = []
    /// Records of which a body was kept that is not there any more, and the first of them; retention leaves a mark behind.
    public private(set) var taken: (count: Int, first: Int64)?

    /// A record of a call, which bears a number unless an older program wrote it; 0 for none.
    mutating func note(_ number: Int64) {
        if number > 0 { numbers.append(number) } else if isEmpty { isLate = true }
    }

    /// Whether no record so far bears a number.
    var isEmpty: Bool { numbers.isEmpty && runs.isEmpty }

    /// Puts the numbers of a block that was read together.
    mutating func close() {
        for number in numbers.sorted() {
            if let last = runs.last?.last, number == last + 1 {
                runs[runs.count - 1].last = number
            } else if runs.last?.last == number {
                doubles.append(number)
            } else {
                runs.append(Run(first: number, last: number))
            }
        }
        numbers = []
    }

    /// Adds what a later block came to.
    mutating func append(_ other: CallTally) {
        if isEmpty { isLate = isLate || other.isLate }
        runs += other.runs
        doubles += other.doubles
        bodies += other.bodies
    }

    mutating func noteBodies(_ kept: BodiesKept, of seq: Int64) {
        if kept.contains(.request) { bodies.append(AuditBodySide.request.place(of: seq)) }
        if kept.contains(.answer) { bodies.append(AuditBodySide.answer.place(of: seq)) }
    }

    /// Looks for them in the table that holds them.
    mutating func lookForBodies(_ reader: StoreReader) throws {
        guard let first = bodies.first else { return }
        let over = try reader.keysOfBodiesOver()
        var (index, gone) = (0, [Int64]())
        let sql = "SELECT id, CASE WHEN length(sealed) = 0 THEN key END FROM audit_body WHERE id >= ? ORDER BY id"
        try reader.database().forEachRow(sql, [first]) { row in
            let id: Int64 = row[0]
            while index < bodies.count, bodies[index] < id {
                gone.append(bodies[index] / 2)
                index += 1
            }
            if index < bodies.count, bodies[index] == id {
                // Retention leaves the key's name behind, and says on record that it is gone.
                if let key: String = row[1], !over.contains(key) { gone.append(id / 2) }
                index += 1
            }
            return index < bodies.count
        }
        gone += bodies[index...].map { $0 / 2 }
        if let first = gone.first { taken = (gone.count, first) }
        bodies = []
    }

    /// Adds what records before those that were read tell of.
    public mutating func add(_ events: [AuditEvent]) {
        runs += events.compactMap { $0.call?.number }.map { Run(first: $0, last: $0) }
    }

    /// The highest number that was given.
    public var last: Int64 { max(begun.last, runs.map(\.last).max() ?? 0) }

    /// The first calls that nothing tells of, each once; and the first that two records tell of.
    ///
    /// - Parameters:
    ///   - accepted: the last number that an admin's word covers.
    ///   - limit: so many at the most.
    public func lost(after accepted: Int64 = 0, limit: Int = 1) -> [Int64] {
        let known = (runs + begun.open.map { Run(first: $0, last: $0) }).sorted { $0.first < $1.first }
        guard let first = known.first?.first else { return begun.last > accepted && !isLate ? [accepted + 1] : [] }
        var next = max(accepted + 1, isLate ? first : 1)
        // Two of the same number: it was given again after the count was set back.
        var lost = doubles.filter { $0 > accepted }
        for run in known + [Run(first: last + 1, last: last + 1)] where run.last > accepted {
            if run.first > accepted, run.first < next { lost.append(run.first) }
            while next < run.first, lost.count < limit {
                lost.append(next)
                next += 1
            }
            if lost.count >= limit { break }
            next = max(next, run.last + 1)
        }
        return Array(lost.sorted().prefix(limit))
    }
}

extension StoreReader {
    public func callsBegun() throws -> CallTally.Begun {
        let last = try database().number("SELECT seq FROM sqlite_sequence WHERE name = 'audit_call'") ?? 0
        let open = try database().mapRows("SELECT id, record FROM audit_call ORDER BY id", []) { row -> Int64? in
            // What an older program began is not counted; what somebody made unreadable is.
            let read = try? RecordForm.event(try row.bytes(at: 1)).event
            return read.map { $0.call?.number == nil } ?? false ? nil : row[0]
        }
        return CallTally.Begun(last: last, open: open.compactMap(\.self))
    }

    /// Names of the keys of bodies whose time was over, as records of retention say.
    func keysOfBodiesOver() throws -> Set<String> {
        let events = try auditEvents(AuditQuery(subject: "audit", action: "audit.retention"))
        return Set(
            events.flatMap { event in
                let facts = try? JSONDecoder().decode([String: String].self, from: Data(event.detail.utf8))
                return (facts?["keys"] ?? "").split(separator: " ").map(String.init)
            })
    }

    /// Whether a record tells how a call ended.
    func hasEnd(of call: OpenCall) throws -> Bool {
        let sql = "SELECT \(Self.recordColumns) FROM audit_record WHERE at = ?"
        return try database().mapRows(sql, [call.event.at.milliseconds], Self.shownRecord)
            .contains { $0.call?.number == call.id }
    }
}
