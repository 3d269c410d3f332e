/// Of the eighteenth step as well: what registration portals showed of invoices when somebody asked, each as evidence.
enum InvoiceReadingSchema {
    static let tables = """
        CREATE TABLE invoice_reading (
            number INTEGER PRIMARY KEY AUTOINCREMENT, irn TEXT NOT NULL, document TEXT NOT NULL, gstin TEXT NOT NULL,
            provider TEXT NOT NULL, call TEXT NOT NULL, read_at INTEGER NOT NULL, read_by TEXT NOT NULL, problem TEXT,
            result BLOB NOT NULL, signed BLOB NOT NULL, answer_hash TEXT NOT NULL, answer BLOB NOT NULL) STRICT;
        CREATE INDEX invoice_reading_by_irn ON invoice_reading (irn, number);
        CREATE INDEX invoice_reading_by_document ON invoice_reading (document, number);
        CREATE TRIGGER invoice_reading_stays BEFORE UPDATE ON invoice_reading
            BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;
        CREATE TRIGGER invoice_reading_remains BEFORE DELETE ON invoice_reading
            BEGIN SELECT RAISE(ABORT, 'evidence is never removed'); END;

        """
}
