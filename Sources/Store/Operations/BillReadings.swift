public import Domain
internal import Foundation
internal import GRDB

/// What the e-way bill system showed of a bill when somebody asked.
public struct BillReading: Hashable, Sendable {
    /// 12 digits.
    public var bill: String
    /// Who asked: a party of the bill, or its transporter.
    public var gstin: Gstin
    public var provider: String
    public var readAt: Instant
    public var readBy: String
    /// The JSON that the system gave, out of the wire's cryptography.
    public var result: [UInt8]
    /// SHA-256 of the answer as evidence keeps it, hexadecimal.
    public var answerHash: String

    public init(
        bill: String, gstin: Gstin, provider: String, readAt: Instant, readBy: String, result: [UInt8],
        answerHash: String
    ) {
        self.bill = bill
        self.gstin = gstin
        self.provider = provider
        self.readAt = readAt
        self.readBy = readBy
        self.result = result
        self.answerHash = answerHash
    }
}

extension StoreReader {
    /// The newest reading of a bill; nil when nobody asked.
    public func billReading(_ number: String) throws -> BillReading? {
        try billReadings(number, limit: 1).first
    }

    /// What the system showed of a bill, the newest first; answers that did not differ stand once.
    public func billReadings(_ number: String, limit: Int) throws -> [BillReading] {
        let sql = """
            SELECT bill, gstin, provider, read_at, read_by, result, answer_hash FROM bill_reading
            WHERE bill = ? ORDER BY number DESC LIMIT ?
            """
        return try database().mapRows(sql, [number, limit]) { row in
            guard let gstin = try? Gstin(row[1] as String) else {
                throw StoreProblem.refused("a reading of a bill by an unknown GSTIN is stored")
            }
            return BillReading(
                bill: row[0], gstin: gstin, provider: row[2], readAt: Instant(milliseconds: row[3]), readBy: row[4],
                result: try row.bytes(at: 5), answerHash: row[6])
        }
    }
}

extension StoreWriter {
    /// Keeps what the system showed. What it showed the last time as well is not kept twice: only the time moves on.
    public func keep(_ reading: BillReading) throws {
        try db.run(
            """
            UPDATE bill_reading SET read_at = ?, read_by = ? WHERE number = (
            SELECT max(number) FROM bill_reading WHERE bill = ?) AND gstin = ? AND provider = ? AND result = ?
            """,
            [
                reading.readAt.milliseconds, reading.readBy, reading.bill, reading.gstin.text, reading.provider,
                Data(reading.result),
            ])
        guard db.changesCount == 0 else { return }
        try db.run(
            """
            INSERT INTO bill_reading (bill, gstin, provider, read_at, read_by, result, answer_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                reading.bill, reading.gstin.text, reading.provider, reading.readAt.milliseconds, reading.readBy,
                Data(reading.result), reading.answerHash,
            ])
    }
}
