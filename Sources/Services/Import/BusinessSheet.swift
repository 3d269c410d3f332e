import Domain
import Foundation

/// The rows of a `business import` file as drafts, some thousand at a time.
struct BusinessSheet: Sendable {
    struct Part: Sendable {
        var drafts: [(line: Int, draft: BusinessDraft)] = []
        var refusals: [ImportSummary.Refusal] = []
        var rows: Int { drafts.count + refusals.count }
    }

    private let header: [String: Int]
    private var rows: CsvRows
    /// Rows below the header.
    let rowCount: Int

    private static let columns = [
        "name", "gstin", "pan", "tan", "gst_username", "income_tax_username", "tan_income_tax_username",
        "traces_username", "group", "formed_on",
    ]

    /// - Throws: a `Complaint` when the header row cannot serve: no `name` column, or columns nobody knows.
    init(_ csv: CsvText, file: String) throws(Complaint) {
        rows = CsvRows(csv)
        guard let first = rows.next(1).first else {
            throw Complaint(
                "\(file) is empty",
                remedy: "Its first row must name the columns: \(Self.columns.joined(separator: ","))", status: .badData)
        }
        guard let fields = first.fields else {
            throw Complaint(
                "\(file) is no valid CSV", why: "line \(first.line) is no row", remedy: "Save it as CSV (UTF-8)",
                status: .badData)
        }
        header = try Self.header(fields, file: file)
        rowCount = csv.recordCount - 1
    }

    /// At most `count` rows; empty at the end.
    mutating func next(_ count: Int) -> Part {
        var part = Part()
        for row in rows.next(count) { add(row, to: &part) }
        return part
    }

    private static func header(_ fields: [String], file: String) throws(Complaint) -> [String: Int] {
        var header: [String: Int] = [:]
        for (index, field) in fields.enumerated() {
            let name = field.trimmed.lowercased().replacingOccurrences(of: " ", with: "_")
            if name.isEmpty { continue }
            guard columns.contains(name) else {
                throw Complaint(
                    "\(file) has a column \"\(HarmlessText.line(field, limit: 40))\" that is not known",
                    remedy: "Known columns: \(columns.joined(separator: ", ")).", status: .badData
                )
            }
            guard header[name] == nil else {
                throw Complaint("\(file) names the column \(name) twice", remedy: "Keep one of them.", status: .badData)
            }
            header[name] = index
        }
        guard header["name"] != nil else {
            throw Complaint(
                "\(file) has no column \"name\"",
                remedy: "Its first row must name the columns: \(columns.joined(separator: ","))",
                status: .badData
            )
        }
        return header
    }

    private func add(_ row: CsvRow, to part: inout Part) {
        do throws(Refused) {
            guard let fields = row.fields else {
                throw Refused(
                    reason: "is no valid CSV row: a quote stands inside a field; quote the field and double the quote")
            }
            part.drafts.append((row.line, try draft(fields)))
        } catch {
            part.refusals.append(.init(line: row.line, reason: error.reason))
        }
    }

    private func draft(_ fields: [String]) throws(Refused) -> BusinessDraft {
        func field(_ name: String, longest: Int = Business.longestName) throws(Refused) -> String? {
            guard let index = header[name], index < fields.count else { return nil }
            let text = fields[index].trimmed
            guard text.unicodeScalars.count <= longest else {
                throw Refused(reason: TooLong.reason(name, text, longest: longest))
            }
            return text.isEmpty ? nil : HarmlessText.line(text, limit: longest)
        }
        guard fields.dropFirst(width).allSatisfy({ $0.trimmed.isEmpty }) else {
            throw Refused(
                reason:
                    "has \(Counted.text(fields.count, "field")) where the header names \(width): is a text with the separator unquoted?"
            )
        }
        guard let name = try field("name") else { throw Refused(reason: "the name is missing") }
        var draft = BusinessDraft(name: name)
        draft.gstin = try checked("GSTIN", field("gstin"), Gstin.init)
        draft.pan = try checked("PAN", field("pan"), Pan.init)
        draft.tan = try checked("TAN", field("tan"), Tan.init)
        if let gstin = draft.gstin {
            if let pan = draft.pan, pan.text != gstin.panText {
                throw Refused(reason: "PAN \(pan) is not the PAN inside GSTIN \(gstin)")
            }
            // A GSTIN carries the PAN, so the sheet need not repeat it. UINs and the like carry none.
            if draft.pan == nil { draft.pan = try? Pan(gstin.panText) }
        }
        draft.gstUsername = try username(field("gst_username"), needs: draft.gstin != nil, "gst_username", "gstin")
        draft.incomeTaxUsername = try username(
            field("income_tax_username"), needs: draft.pan != nil, "income_tax_username", "pan")
        draft.tanIncomeTaxUsername = try username(
            field("tan_income_tax_username"), needs: draft.tan != nil, "tan_income_tax_username", "tan")
        draft.tracesUsername = try username(field("traces_username"), needs: draft.tan != nil, "traces_username", "tan")
        draft.group = try field("group", longest: Business.longestGroup) ?? ""
        if let text = try field("formed_on") {
            guard let day = LegalDate(typed: text) else {
                throw Refused(reason: "formed_on \(text) is no day; write it as 14-07-1985 or 1985-07-14")
            }
            draft.formedOn = day
        }
        return draft
    }

    /// Columns up to the last one that is named.
    private var width: Int { (header.values.max() ?? 0) + 1 }

    private struct Refused: Error { var reason: String }

    private func checked<T>(
        _ name: String, _ text: String?, _ make: (String) throws(IdentifierProblem) -> T
    ) throws(Refused) -> T? {
        guard let text else { return nil }
        do {
            return try make(text)
        } catch {
            throw Refused(reason: "\(name) \(text) \(error.message)")
        }
    }

    private func username(_ text: String?, needs: Bool, _ column: String, _ other: String) throws(Refused) -> String? {
        if text != nil, !needs { throw Refused(reason: "\(column) is given without \(other)") }
        return text
    }
}
