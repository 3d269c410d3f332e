import Domain
import Wire

/// Puts rows together to documents.
struct DraftAssembly {
    private struct Key: Hashable {
        var seller: String
        var type: String
        var number: String
    }

    private let header: DraftHeader
    private let file: String
    private let defaults: Invoice
    private var drafts: [InvoiceDraft] = []
    /// What each document's cells said first, by column, with the line.
    private var said: [[Int: (text: String, line: Int)]] = []
    private var places: [Key: Int] = [:]
    /// The draft of the row above.
    private var last: Int?
    private var findings: [Finding] = []
    private let keyColumns: (seller: Int?, type: Int?, number: Int?)

    init(header: DraftHeader, file: String, defaults: Invoice) {
        self.header = header
        self.file = file
        self.defaults = defaults
        func place(_ path: String) -> Int? { header.columns.firstIndex { $0?.path == path } }
        keyColumns = (place("SellerDtls.Gstin"), place("DocDtls.Typ"), place("DocDtls.No"))
    }

    mutating func add(_ row: CsvRow) {
        guard let fields = row.fields else {
            return find(
                row.line, "row.malformed", "is no valid CSV row", "Quote the field and double the quote inside it")
        }
        // Spreadsheets write rows of nothing but commas below the last line.
        guard fields.contains(where: { !$0.trimmed.isEmpty }) else { return }
        let surplus = fields.dropFirst(header.columns.count).contains { !$0.trimmed.isEmpty }
        if surplus {
            return find(
                row.line, "row.width",
                "has \(Counted.text(fields.count, "field")) where the header names \(header.columns.count)",
                "Quote texts that hold the separator")
        }
        guard let draft = place(of: fields) else {
            return find(row.line, "row.number", "names no document, and none is above it", "Fill in its number")
        }
        last = draft
        var item = InvoiceItem()
        let index = drafts[draft].invoice.items.count
        for (place, field) in fields.enumerated() {
            let text = field.trimmed
            guard !text.isEmpty, place < header.columns.count, let column = header.columns[place] else { continue }
            switch column.target {
            case .item(let set):
                let path = "ItemList[\(index)].\(column.path.dropFirst("ItemList.".count))"
                put(text, path, row.line, draft) { (text) throws(DraftCell.Unfit) in try set(&item, text) }
            case .document(let set):
                setDocument(text, column.path, place, row.line, draft, set)
            }
        }
        if item.serialNumber == nil { item.serialNumber = String(index + 1) }
        drafts[draft].invoice.items.append(item)
        drafts[draft].lines.append(row.line)
    }

    /// The draft that a row belongs to, made when it is the first of its kind. A row without a number goes on with the one
    /// above, as ledgers print it.
    private mutating func place(of fields: [String]) -> Int? {
        func cell(_ place: Int?) -> String? {
            guard let place, place < fields.count else { return nil }
            let text = fields[place].trimmed
            return text.isEmpty ? nil : text
        }
        guard let number = cell(keyColumns.number) else { return last }
        let key = Key(
            seller: cell(keyColumns.seller)?.uppercased() ?? defaults.seller.gstin ?? "",
            type: cell(keyColumns.type)?.uppercased() ?? defaults.document.type ?? "",
            number: DocumentNumber.normalised(number))
        if let place = places[key] { return place }
        places[key] = drafts.count
        drafts.append(InvoiceDraft(invoice: defaults, lines: [], findings: []))
        said.append([:])
        return drafts.count - 1
    }

    /// What stands on every row of a document must be the same on each.
    private mutating func setDocument(
        _ text: String, _ path: String, _ place: Int, _ line: Int, _ draft: Int,
        _ set: (inout Invoice, String) throws(DraftCell.Unfit) -> Void
    ) {
        if let before = said[draft][place] {
            guard before.text != text else { return }
            drafts[draft].findings.append(
                Finding(
                    .error, at: path, rule: "row.differs",
                    "is \(HarmlessText.line(text, limit: 40)), but \(HarmlessText.line(before.text, limit: 40)) in line \(before.line)",
                    remedy: "Write the same on every row of a document", origin: origin(line)))
            return
        }
        said[draft][place] = (text, line)
        var invoice = drafts[draft].invoice
        put(text, path, line, draft) { (text) throws(DraftCell.Unfit) in try set(&invoice, text) }
        drafts[draft].invoice = invoice
    }

    private mutating func put(
        _ text: String, _ path: String, _ line: Int, _ draft: Int, _ set: (String) throws(DraftCell.Unfit) -> Void
    ) {
        do throws(DraftCell.Unfit) {
            try set(text)
        } catch {
            drafts[draft].findings.append(
                Finding(.error, at: path, rule: "cell", error.problem, origin: origin(line)))
        }
    }

    private func origin(_ line: Int) -> Finding.Origin { Finding.Origin(file: file, line: line) }

    private mutating func find(_ line: Int, _ rule: String, _ problem: String, _ remedy: String) {
        findings.append(Finding(.error, at: "", rule: rule, problem, remedy: remedy, origin: origin(line)))
    }

    /// How many documents there are.
    var count: Int { drafts.count }
    /// What is wrong with the sheet as a whole.
    var sheetFindings: [Finding] { header.findings + findings }

    /// One draft, with the sums that the sheet leaves out, held to the rules.
    func checked(_ place: Int, day: LegalDate, settings: InvoiceSettings) -> InvoiceDraft {
        var draft = drafts[place]
        draft.invoice.totals.fill(summing: draft.invoice.items)
        let unread = Set(draft.findings.map(\.path))
        let found = InvoiceJSON.checkSize(draft.invoice) + InvoiceRules.check(draft.invoice, on: day, settings)
        for var finding in found where !finding.hangs(on: unread) {
            finding.origin = origin(line(of: finding.path, in: draft))
            draft.findings.append(finding)
        }
        return draft
    }

    func finish(day: LegalDate, settings: InvoiceSettings) -> DraftSheet {
        DraftSheet(
            drafts: drafts.indices.map { checked($0, day: day, settings: settings) }, findings: sheetFindings)
    }

    /// That of the item, or the document's first.
    private func line(of path: String, in draft: InvoiceDraft) -> Int {
        let digits = path.hasPrefix("ItemList[") ? path.dropFirst("ItemList[".count).prefix { $0 != "]" } : ""
        guard let item = Int(digits), draft.lines.indices.contains(item) else { return draft.lines.first ?? 1 }
        return draft.lines[item]
    }
}
