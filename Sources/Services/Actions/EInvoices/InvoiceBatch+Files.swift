import Domain
import Foundation
import Wire

// The files of a batch, and the invoices in each.
extension InvoiceBatch {
    static func files(_ path: String) throws(Complaint) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Complaint.unreadable(path, ENOENT)
        }
        guard isFolder.boolValue else { return [path] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Complaint.unreadable(path, EACCES)
        }
        let wanted = names.filter { name in
            !name.hasPrefix(".") && (name.lowercased().hasSuffix(".json") || name.lowercased().hasSuffix(".csv"))
        }
        guard !wanted.isEmpty else {
            throw Complaint("\(path) holds no .json and no .csv file", status: .badData)
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        return wanted.sorted().map { folder + $0 }
    }

    /// - Parameter isAlone: whether it is the only file; one that holds nothing is then told of the whole.
    static func entries(_ file: String, _ rules: Rules, isAlone: Bool) -> [Entry] {
        let name = shown(file)
        do throws(Complaint) {
            let data = try SheetFile.read(file)
            let isSheet = file.lowercased().hasSuffix(".csv")
            let found = isSheet ? try sheet(data, name, rules) : entries([UInt8](data), name, rules)
            if found.isEmpty, !isAlone { return [blank(file)] }
            let place = identity(of: file)
            return found.enumerated().map { index, entry in
                var entry = entry
                entry.id = "\(place) \(index)"
                return entry
            }
        } catch {
            return [Entry(id: identity(of: file), source: name, findings: [], refusal: error)]
        }
    }

    /// What a file of several stands for that holds no invoice, so that it is not passed over in silence.
    static func blank(_ file: String) -> Entry {
        Entry(id: identity(of: file), source: shown(file), findings: [], refusal: holdsNone(file))
    }

    static func holdsNone(_ path: String) -> Complaint {
        Complaint(
            "\(shown(path)) holds no invoice",
            remedy: path.lowercased().hasSuffix(".csv")
                ? "Below the row that names the columns, write one row for each item" : "",
            status: .badData)
    }

    /// The same for one file under its several paths, another for any other file however long both are.
    static func identity(of path: String) -> String {
        ContentHash.sha256(Array(URL(fileURLWithPath: path).standardizedFileURL.path.utf8))
    }

    /// A path for people: the folder in which everything lies and the file's own name tell more than what is between.
    static func shown(_ path: String) -> String {
        let (whole, most) = (HarmlessText.line(path, limit: 4_096), 200)
        guard whole.count > most else { return whole }
        return "\(whole.prefix(most / 4))…\(whole.suffix(most - most / 4 - 1))"
    }

    /// The invoices of a JSON text.
    static func entries(_ bytes: [UInt8], _ name: String, _ rules: Rules) -> [Entry] {
        let readings = InvoiceJSON.checkAll(bytes, on: rules.day, rules.settings)
        return readings.enumerated().map { index, reading in
            Entry(
                source: readings.count == 1 ? name : "\(name) [\(index)]", findings: reading.findings,
                invoice: reading.value)
        }
    }

    fileprivate static func entry(
        _ draft: InvoiceDraft, at place: Int, of name: String, _ sheet: [Finding]
    ) -> Entry {
        // What is wrong with the sheet may be wrong with any of its invoices; a column that is not read is told once.
        let common = sheet.filter { $0.severity == .error }
        let once = place == 0 ? sheet.filter { $0.severity != .error } : []
        return Entry(
            source: draft.lines.first.map { "\(name) line \($0)" } ?? name,
            findings: common + once + draft.findings, invoice: draft.invoice)
    }

    private static func sheet(_ data: Data, _ name: String, _ rules: Rules) throws(Complaint) -> [Entry] {
        let sheet = try DraftReader(on: rules.day, settings: rules.settings).read(data, file: name)
        // Empty rows are no invoices; what is wrong with the header alone is told as the sheet's.
        if sheet.drafts.isEmpty, sheet.findings.allowSending { return [] }
        return sheet.drafts.enumerated().map { entry($1, at: $0, of: name, sheet.findings) }
            + (sheet.drafts.isEmpty ? [Entry(source: name, findings: sheet.findings)] : [])
    }
}

/// The documents of one sheet, which may be tens of thousands, each checked when it is asked for.
struct SheetEntries: Sendable {
    private let assembly: DraftAssembly
    private let file: String
    private let rules: InvoiceBatch.Rules
    private let place: String
    private let findings: [Finding]

    /// nil for what is no sheet, cannot be read or holds no document.
    init?(_ file: String, _ rules: InvoiceBatch.Rules) {
        guard file.lowercased().hasSuffix(".csv"), let data = try? SheetFile.read(file) else { return nil }
        let reader = DraftReader(on: rules.day, settings: rules.settings)
        guard let assembly = try? reader.assemble(data, file: InvoiceBatch.shown(file)), assembly.count > 0 else {
            return nil
        }
        self.assembly = assembly
        self.file = InvoiceBatch.shown(file)
        self.rules = rules
        place = InvoiceBatch.identity(of: file)
        findings = assembly.sheetFindings
    }

    var count: Int { assembly.count }

    func entry(_ index: Int) -> InvoiceBatch.Entry {
        let draft = assembly.checked(index, day: rules.day, settings: rules.settings)
        var entry = InvoiceBatch.entry(draft, at: index, of: file, findings)
        entry.id = "\(place) \(index)"
        return entry
    }
}
