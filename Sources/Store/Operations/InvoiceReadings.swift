public import Domain
internal import Foundation
internal import GRDB

/// What a registration portal showed of an invoice when somebody asked.
public struct InvoiceReading: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    public var irn: String
    /// `GSTIN/TYPE/NUMBER/YEAR` of its document, as far as the portal's answer told; else empty.
    public var document: String
    /// Who asked the portal.
    public var gstin: Gstin
    public var provider: String
    /// Without identities.
    public var call: String
    public var readAt: Instant
    /// The person who asked.
    public var readBy: String
    /// Why it is not believed; nil when its signature fits.
    public var problem: String?
    /// The JSON that the portal gave, out of the wire's cryptography.
    public var result: [UInt8]
    /// The JSON inside the signed invoice, once its signature was verified; empty when it does not fit.
    public var signed: [UInt8]
    /// The answer's body as it came.
    public var answer: [UInt8]
    /// SHA-256 of that, hexadecimal.
    public var answerHash: String

    public init(
        irn: String, document: String, gstin: Gstin, provider: String, call: String, readAt: Instant, readBy: String,
        problem: String? = nil, result: [UInt8], signed: [UInt8], answer: [UInt8], answerHash: String
    ) {
        self.irn = irn
        self.document = document
        self.gstin = gstin
        self.provider = provider
        self.call = call
        self.readAt = readAt
        self.readBy = readBy
        self.problem = problem
        self.result = result
        self.signed = signed
        self.answer = answer
        self.answerHash = answerHash
    }
}

extension StoreReader {
    /// The newest reading that is believed.
    public func invoiceReading(irn: String) throws -> InvoiceReading? { try reading("irn = ?", irn) }

    /// The newest reading that is believed, of a document `GSTIN/TYPE/NUMBER/YEAR`.
    public func invoiceReading(document: String) throws -> InvoiceReading? { try reading("document = ?", document) }

    private func reading(_ condition: String, _ value: String) throws -> InvoiceReading? {
        let sql = """
            SELECT irn, document, gstin, provider, call, read_at, read_by, result, signed, answer, answer_hash FROM invoice_reading
            WHERE \(condition) AND problem IS NULL ORDER BY number DESC LIMIT 1
            """
        return try database().firstRow(sql, [value]) { row in
            guard let gstin = try? Gstin(row[2] as String) else {
                throw StoreProblem.refused("a reading of an invoice by an unknown GSTIN is stored")
            }
            return InvoiceReading(
                irn: row[0], document: row[1], gstin: gstin, provider: row[3], call: row[4],
                readAt: Instant(milliseconds: row[5]), readBy: row[6], result: try row.bytes(at: 7),
                signed: try row.bytes(at: 8), answer: try row.bytes(at: 9), answerHash: row[10])
        }
    }
}

extension StoreWriter {
    /// Keeps what a portal showed, believed or not. What it showed the last time as well is not kept twice: only the time
    /// moves on.
    public func keep(_ reading: InvoiceReading) throws {
        try db.run(
            """
            UPDATE invoice_reading SET read_at = ?, read_by = ? WHERE number = (
            SELECT max(number) FROM invoice_reading WHERE irn = ?) AND gstin = ? AND provider = ? AND call = ?
            AND problem IS ? AND result = ?
            """,
            [
                reading.readAt.milliseconds, reading.readBy, reading.irn, reading.gstin.text, reading.provider,
                reading.call, reading.problem.map { HarmlessText.line($0) }, Data(reading.result),
            ])
        guard db.changesCount == 0 else { return }
        try db.run(
            """
            INSERT INTO invoice_reading (irn, document, gstin, provider, call, read_at, read_by, problem, result,
            signed, answer_hash, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                reading.irn, reading.document, reading.gstin.text, reading.provider, reading.call,
                reading.readAt.milliseconds, reading.readBy, reading.problem.map { HarmlessText.line($0) },
                Data(reading.result), Data(reading.signed), reading.answerHash, Data(reading.answer),
            ])
    }
}
