/// The twentieth step: what the e-way bill system showed of bills when somebody asked, each as evidence. `ewaybill.is_cancelled` is 1 for a
/// cancelled bill and 2 for one that the other party rejected: neither holds.
enum BillReadingSchema {
    static let tables = """
        CREATE TABLE bill_reading (
            number INTEGER PRIMARY KEY AUTOINCREMENT, bill TEXT NOT NULL, gstin TEXT NOT NULL, provider TEXT NOT NULL,
            read_at INTEGER NOT NULL, read_by TEXT NOT NULL, result BLOB NOT NULL, answer_hash TEXT NOT NULL) STRICT;
        CREATE INDEX bill_reading_by_bill ON bill_reading (bill, number);
        CREATE TRIGGER bill_reading_stays BEFORE UPDATE OF bill, gstin, provider, result, answer_hash ON bill_reading
            BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;
        CREATE TRIGGER bill_reading_remains BEFORE DELETE ON bill_reading
            BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;

        """ + repeated + capitals

    /// What a portal showed of an invoice before is not kept a second time: only when it was asked moves on.
    private static let repeated = """
        DROP TRIGGER invoice_reading_stays;
        CREATE TRIGGER invoice_reading_stays BEFORE UPDATE OF irn, document, gstin, provider, call, problem, result,
            signed, answer_hash, answer ON invoice_reading
            BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;

        """

    /// Document numbers count without case since keys are written in capitals; older keys have to say the same. Where both
    /// forms stand they are two actions already.
    private static let capitals = """
        UPDATE OR IGNORE operation SET business_key = 'ewb' || upper(substr(business_key, 4))
            WHERE kind = 'ewaybill_generate' AND business_key LIKE 'ewb/%'
            AND business_key <> 'ewb' || upper(substr(business_key, 4));

        """
}
