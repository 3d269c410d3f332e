import Domain

/// Which field each column of a sheet holds.
struct DraftHeader: Sendable {
    /// By place in the row; nil for a column that is not read.
    private(set) var columns: [DraftColumn?] = []
    private(set) var findings: [Finding] = []

    /// By every plain name that a column may have.
    private static let known: [String: Int] = {
        var known: [String: Int] = [:]
        for (place, column) in DraftColumn.all.enumerated() {
            known[DraftTitles.plain(column.path)] = place
        }
        let places = Dictionary(uniqueKeysWithValues: DraftColumn.all.enumerated().map { ($1.path, $0) })
        for title in DraftTitles.all {
            guard let place = places[title.path] else { continue }
            for name in [title.title] + title.others { known[DraftTitles.plain(name)] = place }
        }
        // Names of an item's fields alone, where nothing else is called so.
        for (place, column) in DraftColumn.all.enumerated() where column.isItem {
            let name = DraftTitles.plain(String(column.path.dropFirst("ItemList.".count)))
            if known[name] == nil { known[name] = place }
        }
        return known
    }()

    /// More columns than any sheet has titles for are told as one.
    private static let mostUnknown = 20

    /// - Parameter given: fields that every draft has already, so that the sheet need not.
    /// - Throws: a `Complaint` (bad data) when none of the columns is known: the row is no header.
    init(_ fields: [String], line: Int, file: String, given: Set<String>) throws(Complaint) {
        var unknown = 0
        let origin = Finding.Origin(file: file, line: line)
        var seen: [Int: String] = [:]
        for field in fields {
            let name = field.trimmed
            let shown = HarmlessText.line(name, limit: 40)
            guard !name.isEmpty else {
                columns.append(nil)
                continue
            }
            guard let place = Self.known[DraftTitles.plain(name)] else {
                columns.append(nil)
                unknown += 1
                if unknown > Self.mostUnknown { continue }
                findings.append(
                    Finding(
                        .warning, at: "", rule: "column.unknown", "column \"\(shown)\" is not known; it is not read",
                        remedy: "Rename it to one of those of `portaldesk einvoice template`", origin: origin))
                continue
            }
            if let other = seen[place] {
                findings.append(
                    Finding(
                        .error, at: DraftColumn.all[place].path, rule: "column.twice",
                        "columns \"\(other)\" and \"\(shown)\" are one", remedy: "Keep one of them", origin: origin))
                columns.append(nil)
                continue
            }
            seen[place] = shown
            columns.append(DraftColumn.all[place])
        }
        guard !seen.isEmpty else { throw Self.unknown(fields, file) }
        if unknown > Self.mostUnknown {
            findings.append(
                Finding(
                    .warning, at: "", rule: "column.unknown",
                    "\(Counted.text(unknown - Self.mostUnknown, "more column")): not known, not read",
                    remedy: "Rename them to those of `portaldesk einvoice template`", origin: origin))
        }
        addMissing(seen, given, origin)
    }

    /// Most likely a list without titles, or something else altogether: its columns one by one tell nobody anything.
    private static func unknown(_ fields: [String], _ file: String) -> Complaint {
        let names = fields.map(\.trimmed).filter { !$0.isEmpty }
        let shown = names.prefix(3).map { "\"\(HarmlessText.line($0, limit: 40))\"" }
        let more = names.count - shown.count
        return Complaint(
            "the first row of \(file) names no columns that are known",
            why: shown.isEmpty
                ? "all of its cells are empty"
                : "it has \(shown.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : ""),
            remedy: "Begin with the row that `portaldesk einvoice template` prints, or name the columns as it does",
            status: .badData)
    }

    /// Sums may be left out: they are worked out of the items.
    private mutating func addMissing(_ seen: [Int: String], _ given: Set<String>, _ origin: Finding.Origin) {
        for (place, column) in DraftColumn.all.enumerated()
        where column.isMandatory && seen[place] == nil && !given.contains(column.path)
            && !column.path.hasPrefix("ValDtls.")
            && column.path != "ItemList.SlNo"
        {
            let title = DraftTitles.all.first { $0.path == column.path }?.title ?? column.path
            findings.append(
                Finding(
                    .error, at: column.path, rule: "column.missing", "column \"\(title)\" is missing",
                    remedy: "Add it to the sheet", origin: origin))
        }
    }

    /// The header of an empty sheet, one line of CSV.
    static let template = DraftTitles.all.map(\.title).joined(separator: ",") + "\n"
}
