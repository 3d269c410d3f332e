internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Trail

/// The first thing in the trail that is not as it was written.
public struct TrailDamage: Hashable, Sendable, Error {
    public enum Kind: String, Hashable, Sendable {
        /// There is no record of this number, or one that should not be there.
        case missing, surplus
        /// The bytes are not canonical JSON.
        case form
        /// The number in the bytes is not the record's.
        case number
        /// The bytes do not have the hash that is kept beside them.
        case leaf
        /// The record does not follow from the one before.
        case chain
        /// A column says something else than the bytes.
        case column
        /// The head says something else than the records.
        case head
        /// There is no head, or none that can be read.
        case headless
        /// The head names another workspace's trail.
        case origin
        /// The tree at a checkpoint is not the one that was signed.
        case checkpoint
        /// A checkpoint is not signed by a key of this trail, or is not one.
        case signature
        /// A change of the key that its former key does not vouch for.
        case key
        /// The trail ends before a checkpoint of it.
        case truncated
        /// What is kept with a checkpoint is not what was kept.
        case kept
        /// Records are not as they were when an admin let the trail go on with what was wrong then.
        case altered
        /// What is remembered outside belongs to another trail.
        case foreign
        /// A checkpoint that is remembered outside, and that the trail fits, was taken out of the workspace.
        case withdrawn
        /// A checkpoint that is remembered outside was edited there: its key did not sign what it says.
        case edited
        /// A call of this number was begun, and neither is it under way nor does a record tell how it ended.
        case uncalled
    }

    /// The record, or for a checkpoint its size.
    public var seq: Int64
    public var kind: Kind
    /// What exactly: the name of a column.
    public var detail: String

    public init(_ kind: Kind, _ seq: Int64, _ detail: String = "") {
        self.kind = kind
        self.seq = seq
        self.detail = detail
    }
}

/// Reads a range of records in one pass and holds each against its bytes, its hashes and the record before it. Steps the
/// statement itself and copies nothing: a million records are read this way (performance 8).
struct TrailScan {
    /// Complete subtrees to the left of where it stands; of a scan that begins at a block of its own, within that block.
    private(set) var subtrees: SubtreeStack
    private(set) var chain: TrailHash
    private(set) var next: Int64
    private let tenant: [UInt8]
    private(set) var calls = CallTally()
    private var scratch: [UInt8] = []
    private var calendar = TrailCalendar()

    init(from seq: Int64, chain: TrailHash, subtrees: SubtreeStack = SubtreeStack(), tenant: String) {
        next = seq
        self.subtrees = subtrees
        self.chain = chain
        self.tenant = Array(tenant.utf8)
    }

    static let columns = "seq, at, actor, action, subject, outcome, correlation, leaf, chain, bytes"

    /// Reads records `next..<end`.
    ///
    /// - Parameters:
    ///   - sizes: in order; `each` is called when the trail has so many records, all as they should be.
    /// - Throws: the first `TrailDamage`; a fault of the database as the library's own error.
    mutating func read(
        _ db: Database, to end: Int64, at sizes: ArraySlice<Int64> = [],
        _ each: (Int64, SubtreeStack) -> Void = { _, _ in }
    ) throws {
        var sizes = sizes
        var wanted = sizes.first
        let sql = "SELECT \(Self.columns) FROM audit_record WHERE seq >= ? AND seq < ? ORDER BY seq"
        let statement = try db.cachedStatement(sql: sql)
        try statement.setArguments([next, end])
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                if let damage = check(handle) { throw damage }
                next += 1
                if wanted == next {
                    each(next, subtrees)
                    sizes = sizes.dropFirst()
                    wanted = sizes.first
                }
            case SQLITE_DONE:
                guard next == end else { throw TrailDamage(.missing, next) }
                calls.close()
                return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
            }
        }
    }

    private mutating func check(_ row: OpaquePointer?) -> TrailDamage? {
        let seq = sqlite3_column_int64(row, 0)
        guard seq == next else { return TrailDamage(.missing, next) }
        let bytes = Self.column(row, 9)
        guard let fields = CanonicalJson.members(in: bytes) else { return TrailDamage(.form, seq) }
        let leaf = TrailHash.leaf(bytes, using: &scratch)
        guard leaf.isEqual(to: Self.column(row, 7)) else { return TrailDamage(.leaf, seq) }
        chain = chain.chained(leaf)
        guard chain.isEqual(to: Self.column(row, 8)) else { return TrailDamage(.chain, seq) }
        guard fields.seq == seq else { return TrailDamage(.number, seq) }
        let isOurs = tenant.withUnsafeBytes { TrailFields.equal(bytes, fields, fields.tenant, $0) }
        guard fields.version == RecordForm.version, isOurs else { return TrailDamage(.form, seq) }
        if let name = differing(row, fields, bytes) { return TrailDamage(.column, seq, name) }
        subtrees.append(leaf)
        if fields.call > 0 {
            calls.note(fields.call)
            if fields.kept > 0 { calls.noteBodies(BodiesKept(rawValue: Int64(fields.kept)), of: seq) }
        } else if !calls.isLate, calls.isEmpty, Self.isCall(bytes, fields.action) {
            calls.note(0)
        }
        return nil
    }

    private mutating func differing(
        _ row: OpaquePointer?, _ fields: RecordMembers, _ bytes: UnsafeRawBufferPointer
    ) -> String? {
        func isEqual(_ member: RecordMembers.Span?, _ index: Int32) -> Bool {
            TrailFields.equal(bytes, fields, member, Self.column(row, index))
        }
        guard calendar.milliseconds(bytes, fields.moment) == sqlite3_column_int64(row, 1) else { return "at" }
        if !isEqual(fields.actor, 2) { return "actor" }
        if !isEqual(fields.action, 3) { return "action" }
        if !isEqual(fields.subject, 4) { return "subject" }
        if !isEqual(fields.outcome, 5) { return "outcome" }
        if !isEqual(fields.correlation, 6) { return "correlation" }
        return nil
    }

    private static func isCall(_ bytes: UnsafeRawBufferPointer, _ action: RecordMembers.Span?) -> Bool {
        guard let action, action.count > 5 else { return false }
        return bytes.loadUnaligned(fromByteOffset: action.lowerBound, as: UInt32.self).littleEndian == 0x6C6C_6163
            && bytes[action.lowerBound + 4] == UInt8(ascii: ".")
    }

    /// By way of its value, which spares a call: the connection is one thread's alone, without a mutex, where SQLite makes
    /// no difference between values that are protected and others.
    private static func column(_ row: OpaquePointer?, _ index: Int32) -> UnsafeRawBufferPointer {
        let value = sqlite3_column_value(row, index)
        let start = sqlite3_value_blob(value)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value)))
    }
}

/// Roots of complete subtrees, largest first, as they come about while leaves are added (RFC 9162 2.1).
struct SubtreeStack: Hashable, Sendable {
    private(set) var parts: [(level: Int, hash: TrailHash)] = []

    mutating func append(_ leaf: TrailHash) { append(leaf, level: 0) }

    /// Adds a complete subtree of `1 << level` leaves; what stands there already must be a multiple of that.
    mutating func append(_ root: TrailHash, level: Int) {
        var (hash, level) = (root, level)
        while let last = parts.last, last.level == level {
            hash = .node(last.hash, hash)
            level += 1
            parts.removeLast()
        }
        parts.append((level, hash))
    }

    /// Adds the subtrees of another stack behind those of this one.
    mutating func append(_ other: SubtreeStack) { for part in other.parts { append(part.hash, level: part.level) } }

    var root: TrailHash {
        guard let last = parts.last else { return .emptyTree }
        return parts.dropLast().reversed().reduce(last.hash) { .node($1.hash, $0) }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.parts.elementsEqual(right.parts) { $0.level == $1.level && $0.hash == $1.hash }
    }

    func hash(into hasher: inout Hasher) { for part in parts { hasher.combine(part.hash) } }
}
