import Domain

/// E-way bills and what is asked of them as JSON, read and held to their rules in one go.
public enum EWayBillJSON {
    public static func read(_ bytes: [UInt8]) -> DocumentReading<EWayBill> {
        DocumentJSON.read(bytes, EWayBillSchema.bill)
    }

    /// Reads and checks: what the JSON lacks and what the system would refuse, all at once.
    public static func check(
        _ bytes: [UInt8], on day: LegalDate, _ settings: EWayBillSettings = EWayBillSettings()
    ) -> DocumentReading<EWayBill> {
        var reading = read(bytes)
        reading.add { EWayBillRules.check($0, on: day, settings) }
        return reading
    }

    /// Whether it is a file of the bulk tool of the system's pages: an object with a list `billLists`.
    public static func isBulkFile(_ bytes: [UInt8]) -> Bool {
        // The name stands in front of the bills, behind the version.
        let head = bytes.prefix(400).filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return String(decoding: head, as: UTF8.self).contains("\"billLists\":[")
    }

    /// A request for the bill of a registered invoice, as the portal takes it; its rules are checked beside the invoice.
    public static func readByIrn(_ bytes: [UInt8]) -> DocumentReading<EWayBillByIrn> {
        DocumentJSON.read(bytes, EWayBillSchema.byIrn)
    }

    public static func write(_ bill: EWayBill) -> [UInt8] { DocumentJSON.write(bill, EWayBillSchema.bill) }
    public static func write(_ request: EWayBillByIrn) -> [UInt8] { DocumentJSON.write(request, EWayBillSchema.byIrn) }
    public static func write(_ request: VehicleUpdate) -> [UInt8] {
        DocumentJSON.write(request, EWayBillSchema.vehicle)
    }
    public static func write(_ request: TransporterUpdate) -> [UInt8] {
        DocumentJSON.write(request, EWayBillSchema.transporter)
    }
    public static func write(_ request: EWayBillCancellation) -> [UInt8] {
        DocumentJSON.write(request, EWayBillSchema.cancellation)
    }
    public static func write(_ request: EWayBillExtension) -> [UInt8] {
        DocumentJSON.write(request, EWayBillSchema.extension)
    }
    public static func write(_ request: ConsolidatedEWayBill) -> [UInt8] {
        DocumentJSON.write(request, EWayBillSchema.consolidated)
    }
}
