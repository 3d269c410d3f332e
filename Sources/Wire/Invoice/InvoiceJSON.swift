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
        var reading = read(bytes)
        if bytes.count > InvoiceSchema.mostBytes {
            reading.findings.append(
                Finding(
                    .error, at: "", rule: "json.size", code: "5002", "has \(bytes.count) bytes; 2 MB are allowed",
                    remedy: "Split the invoice"))
        }
        reading.add { InvoiceRules.check($0, on: day, settings) }
        return reading
    }

    /// The same for a list of invoices, as accounting programs export it, or one alone.
    public static func checkAll(
        _ bytes: [UInt8], on day: LegalDate, _ settings: InvoiceSettings = InvoiceSettings()
    ) -> [DocumentReading<Invoice>] {
        DocumentJSON.readAll(bytes, InvoiceSchema.invoice).map { reading in
            var reading = reading
            reading.add { InvoiceRules.check($0, on: day, settings) }
            return reading
        }
    }

    public static func write(_ cancellation: InvoiceCancellation) -> [UInt8] {
        DocumentJSON.write(cancellation, InvoiceCancellation.schema)
    }

    public static func write(_ invoice: Invoice) -> [UInt8] { DocumentJSON.write(invoice, InvoiceSchema.invoice) }
}
