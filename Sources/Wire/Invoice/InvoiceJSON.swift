import Domain

/// INV-01 as JSON, read and held to its rules in one go.
public enum InvoiceJSON {
    public static func read(_ bytes: [UInt8]) -> DocumentReading<Invoice> {
        DocumentJSON.read(bytes, InvoiceSchema.invoice)
    }

    /// Reads and checks: what the JSON lacks and what the portals would refuse, all at once.
    public static func check(
        _ bytes: [UInt8], on day: LegalDate, _ settings: InvoiceSettings = InvoiceSettings()
    ) -> DocumentReading<Invoice> {
        checked(read(bytes), on: day, settings)
    }

    private static func checked(
        _ reading: DocumentReading<Invoice>, on day: LegalDate, _ settings: InvoiceSettings
    ) -> DocumentReading<Invoice> {
        var reading = reading
        if let invoice = reading.value { reading.findings += checkSize(invoice) }
        reading.add { InvoiceRules.check($0, on: day, settings) }
        return reading
    }

    /// Of what would be sent: a list of invoices may be as long as it likes (facts: nic-einvoice-ewb 4).
    public static func checkSize(_ invoice: Invoice) -> [Finding] {
        let count = write(invoice).count
        guard count > InvoiceSchema.mostBytes else { return [] }
        return [
            Finding(
                .error, at: "", rule: "json.size", code: "5002", "has \(count) bytes; 2 MB are allowed",
                remedy: "Split the invoice")
        ]
    }

    /// The same for a list of invoices, as accounting programs export it, or one alone.
    public static func checkAll(
        _ bytes: [UInt8], on day: LegalDate, _ settings: InvoiceSettings = InvoiceSettings()
    ) -> [DocumentReading<Invoice>] {
        DocumentJSON.readAll(bytes, InvoiceSchema.invoice) { checked($0, on: day, settings) }
    }

    public static func write(_ cancellation: InvoiceCancellation) -> [UInt8] {
        DocumentJSON.write(cancellation, InvoiceCancellation.schema)
    }

    public static func write(_ invoice: Invoice) -> [UInt8] { DocumentJSON.write(invoice, InvoiceSchema.invoice) }
}
