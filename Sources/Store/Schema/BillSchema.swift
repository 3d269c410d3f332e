/// The sixteenth step: what is known of each e-way bill, so that those that end soon are found without reading what the
/// authority answered. Bills that were made before are read out of those answers once, with both ways in which the
/// systems write a moment (facts: nic-einvoice-ewb 3.3). The index serves lists of one kind of action.
enum BillSchema {
    static let tables = table + made + changed + cancelled

    private static let table = """
        CREATE TABLE ewaybill (
            number TEXT PRIMARY KEY, operation INTEGER NOT NULL REFERENCES operation (number), made_at INTEGER,
            valid_until INTEGER, vehicle TEXT NOT NULL DEFAULT '', transporter TEXT NOT NULL DEFAULT '',
            distance INTEGER, is_cancelled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
        CREATE INDEX ewaybill_by_operation ON ewaybill (operation);
        CREATE INDEX ewaybill_by_end ON ewaybill (valid_until) WHERE valid_until IS NOT NULL AND is_cancelled = 0;
        CREATE INDEX operation_by_kind ON operation (kind, number, state);

        """

    private static let made = """
        INSERT OR IGNORE INTO ewaybill (number, operation, made_at, valid_until, vehicle, transporter, distance)
            SELECT o.reference, o.number,
            \(moment("coalesce(p.r ->> '$.ewayBillDate', p.r ->> '$.EwbDt', '')")),
            \(moment("coalesce(p.r ->> '$.validUpto', p.r ->> '$.EwbValidTill', '')")),
            coalesce(p.q ->> '$.vehicleNo', p.q ->> '$.VehNo', ''),
            coalesce(p.q ->> '$.transporterId', p.q ->> '$.TransId', ''),
            CAST(coalesce(p.q ->> '$.transDistance', p.q ->> '$.Distance') AS INTEGER)
            FROM operation o JOIN (\(texts)) p ON p.operation = o.number
            WHERE o.state = 'filed' AND o.kind IN ('ewaybill_generate', 'ewaybill_by_irn');

        """

    /// The newest answer that tells an end counts.
    private static let changed = """
        UPDATE ewaybill SET valid_until = ifnull((
            SELECT \(moment("p.r ->> '$.validUpto'")) FROM operation o JOIN (\(texts)) p ON p.operation = o.number
            WHERE o.state = 'filed' AND o.kind IN ('ewaybill_vehicle', 'ewaybill_extend')
            AND o.reference = ewaybill.number AND p.r ->> '$.validUpto' <> '' ORDER BY o.number DESC LIMIT 1
            ), valid_until);

        """

    private static let cancelled = """
        UPDATE ewaybill SET is_cancelled = 1 WHERE number IN (
            SELECT reference FROM operation WHERE state = 'filed' AND kind = 'ewaybill_cancel');

        """

    private static let texts = """
        SELECT operation, CAST(request AS TEXT) q, iif(json_valid(CAST(result AS TEXT)), CAST(result AS TEXT), '{}') r
        FROM operation_payload WHERE json_valid(CAST(request AS TEXT))
        """

    /// Milliseconds of a moment in Indian time, NULL for any other text.
    private static func moment(_ text: String) -> String {
        """
        CASE WHEN trim(\(text)) GLOB '[0-9][0-9][0-9][0-9]-*:*' THEN
            (CAST(strftime('%s', trim(\(text))) AS INTEGER) - 19800) * 1000
        WHEN trim(\(text)) GLOB '[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9] *[AP]M' THEN
            (CAST(strftime('%s', substr(trim(\(text)), 7, 4) || '-' || substr(trim(\(text)), 4, 2) || '-'
            || substr(trim(\(text)), 1, 2) || 'T' || substr('0' || (substr(trim(\(text)), 12, 2) % 12
            + iif(trim(\(text)) LIKE '%PM', 12, 0)), -2) || substr(trim(\(text)), 14, 6)) AS INTEGER) - 19800) * 1000
        END
        """
    }
}
