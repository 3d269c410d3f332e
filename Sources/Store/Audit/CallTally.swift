public import Domain
internal import GRDB
internal import Trail

/// The calls that records tell of. Calls are counted from 1 without a gap when their intent is kept; so one whose intent was
/// taken out of the database before its end came is missed (an intent stands in no chain).
public struct CallTally: Hashable, Sendable {
    /// Numbers given so far, and those of calls that are under way.
    public struct Begun: Hashable, Sendable {
        public var last: Int64 = 0
        public var open: [Int64] = []
    }

    /// In the order of the records.
    var numbers: [Int64] = []
    /// Whether an older program recorded calls first, without numbers.
    var isLate = false
    var begun = Begun()

    mutating func append(_ other: CallTally) {
        if numbers.isEmpty { isLate = isLate || other.isLate }
        numbers += other.numbers
    }

    /// Adds what records before those that were read tell of.
    public mutating func add(_ events: [AuditEvent]) { numbers += events.compactMap { $0.call?.number } }

    /// The highest number that was given.
    public var last: Int64 { max(begun.last, numbers.max() ?? 0) }

    /// The first calls that nothing tells of, each once; and the first that two records tell of.
    ///
    /// - Parameters:
    ///   - accepted: the last number that an admin's word covers.
    ///   - limit: so many at the most.
    public func lost(after accepted: Int64 = 0, limit: Int = 1) -> [Int64] {
        let known = (numbers + begun.open).sorted()
        guard let first = known.first else { return begun.last > accepted && !isLate ? [accepted + 1] : [] }
        var next = max(accepted + 1, isLate ? first : 1)
        var lost: [Int64] = []
        for number in known + [last + 1] where number >= accepted + 1 {
            // Two of the same number: it was given again after the count was set back.
            if number < next { lost.append(number) }
            while next < number, lost.count < limit {
                lost.append(next)
                next += 1
            }
            if lost.count >= limit { return Array(lost.prefix(limit)) }
            next = max(next, number + 1)
        }
        return lost
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

    /// Whether a record tells how a call ended.
    func hasEnd(of call: OpenCall) throws -> Bool {
        let sql = "SELECT \(Self.recordColumns) FROM audit_record WHERE at = ?"
        return try database().mapRows(sql, [call.event.at.milliseconds], Self.shownRecord)
            .contains { $0.call?.number == call.id }
    }
}
