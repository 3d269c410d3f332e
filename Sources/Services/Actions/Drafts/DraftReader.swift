import Domain
import Foundation

/// Reads a sheet of drafts: one row an item, rows with the same document number joined.
public struct DraftReader: Sendable {
    /// The header of a sheet with every usual column, one line of CSV.
    public static let template = DraftHeader.template

    /// What every draft of the sheet begins with, such as the seller.
    public var defaults = Invoice()
    /// The day in India on which they would be registered.
    public var day: LegalDate
    public var settings: InvoiceSettings

    public init(on day: LegalDate, settings: InvoiceSettings = InvoiceSettings(), defaults: Invoice = Invoice()) {
        self.day = day
        self.settings = settings
        self.defaults = defaults
        if defaults.version == nil { self.defaults.version = "1.1" }
        if defaults.transaction.taxScheme == nil { self.defaults.transaction.taxScheme = "GST" }
    }

    /// - Throws: a `Complaint` (bad data) for a file that cannot be read or is no CSV.
    public func read(path: String) throws(Complaint) -> DraftSheet {
        try read(try SheetFile.read(path), file: path)
    }

    /// - Throws: a `Complaint` (bad data) for bytes that are no CSV.
    public func read(_ bytes: Data, file: String) throws(Complaint) -> DraftSheet {
        try assemble(bytes, file: file).finish(day: day, settings: settings)
    }

    /// The documents of a sheet before they are held to the rules, which takes longest and can be done for several at once.
    func assemble(_ bytes: Data, file: String) throws(Complaint) -> DraftAssembly {
        var rows = CsvRows(try CsvText(bytes: bytes, file: file))
        guard let first = rows.next(1).first, let fields = first.fields else {
            throw Complaint(
                "\(file) holds no header row", remedy: "Its first row must name the columns, as the template does",
                status: .badData)
        }
        let header = try DraftHeader(fields, line: first.line, file: file, given: given)
        var assembly = DraftAssembly(header: header, file: file, defaults: defaults)
        while true {
            let part = rows.next(2_000)
            if part.isEmpty { break }
            for row in part { assembly.add(row) }
        }
        return assembly
    }

    /// Fields that the defaults fill.
    private var given: Set<String> {
        var missing = Set(InvoiceRules.check(defaults, on: day, settings).lazy.filter(\.isMissing).map(\.path))
        missing.insert("ItemList")
        return Set(
            DraftColumn.all.map(\.path).filter { path in
                !missing.contains { path == $0 || path.hasPrefix("\($0).") }
            })
    }
}
