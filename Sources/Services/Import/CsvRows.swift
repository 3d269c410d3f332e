import SwiftCSV

/// One row of a spreadsheet, or why it is none.
struct CsvRow: Sendable {
    /// Line on which it begins, from 1.
    var line: Int
    /// nil when the row is no valid CSV.
    var fields: [String]?
}

/// The rows of a text, some thousand at a time: memory stays bounded however long the sheet is.
struct CsvRows {
    private let text: CsvText
    private var records: CsvRecords

    init(_ text: CsvText) {
        self.text = text
        records = CsvRecords(text)
    }

    /// At most `count` rows; none at the end.
    mutating func next(_ count: Int) -> [CsvRow] {
        var part: [CsvRecords.Record] = []
        while part.count < count, let record = records.next() { part.append(record) }
        guard let fields = parse(part), Self.fit(fields, part) else { return part.map(alone) }
        return zip(part, fields).map { CsvRow(line: $0.line, fields: $1) }
    }

    /// The parser works on characters: a separator with a combining mark is none to it. Such a row must not shift.
    private static func fit(_ rows: [[String]], _ records: [CsvRecords.Record]) -> Bool {
        rows.count == records.count && zip(rows, records).allSatisfy { $0.count == $1.fields }
    }

    /// One malformed row spoils the parsing of its neighbours, so each is then parsed by itself.
    private func alone(_ record: CsvRecords.Record) -> CsvRow {
        guard let rows = parse([record]), Self.fit(rows, [record]) else { return CsvRow(line: record.line) }
        return CsvRow(line: record.line, fields: rows.first)
    }

    private func parse(_ records: [CsvRecords.Record]) -> [[String]]? {
        var bytes: [UInt8] = []
        for record in records {
            bytes += text.bytes[record.range]
            bytes.append(0x0A)
        }
        let rows = Rows()
        let delimiter = CSVDelimiter.character(Character(Unicode.Scalar(text.delimiter)))
        do {
            // The library takes the first row for a header; an empty one keeps the records together.
            let csv = try CSV<NoView>(string: "\n" + String(decoding: bytes, as: UTF8.self), delimiter: delimiter)
            try csv.enumerateAsArray(startAt: 1, rowLimit: nil) { rows.all.append($0) }
        } catch {
            return nil
        }
        return rows.all
    }

    private final class Rows { var all: [[String]] = [] }

    /// The library builds all its rows at once for its views; this one asks for none, since rows are taken one by one.
    private struct NoView: CSVView {
        typealias Row = [String]
        typealias Columns = [String]
        var rows: [Row] { [] }
        var columns: Columns? { nil }
        init(header: [String], text: String, delimiter: CSVDelimiter, loadColumns: Bool, rowLimit: Int?) throws {}
        func serialize(header: [String], delimiter: CSVDelimiter) -> String { "" }
    }
}
