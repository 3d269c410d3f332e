import Domain

/// The tables of a page, by their ids. Reads what is there and no more: what does not fit its limits is refused, for a
/// table that was cut would be taken for a shorter one.
struct XhtmlTables: Sendable {
    struct Table: Sendable, Hashable {
        var id: String
        /// Texts of the first row that has only heading cells.
        var head: [String] = []
        var rows: [[String]] = []
    }

    enum Problem: Error, Sendable, Hashable {
        /// The page ends before its end tag.
        case cut
        case tooLarge
    }

    private enum Limit {
        static let depth = 16
        static let tables = 200
        static let rows = 10_000
        static let cells = 64
        static let cellBytes = 4_096
    }

    /// A table that is being read; tables inside a cell stand above it.
    private struct Open {
        var table: Table
        var row: [String] = []
        var isHeading = true
        var cell: [UInt8]?
    }

    private(set) var tables: [Table] = []
    private var open: [Open] = []
    private var rowCount = 0

    init(_ page: [UInt8]) throws(Problem) {
        var scanner = XhtmlScanner(page)
        var hasEnded = false
        while let token = try Self.next(&scanner) {
            switch token {
            case .open(let name, let id): try begin(name, id)
            case .close("html"): hasEnded = true
            case .close(let name): try end(name)
            case .text(let text): append(text)
            }
        }
        guard hasEnded, open.isEmpty else { throw .cut }
    }

    private static func next(_ scanner: inout XhtmlScanner) throws(Problem) -> XhtmlScanner.Token? {
        do throws(XhtmlScanner.Cut) { return try scanner.next() } catch { throw .cut }
    }

    /// The table of that id; JSF puts the names of the surrounding forms before it.
    subscript(id: String) -> Table? { tables.first { $0.id == id || $0.id.hasSuffix(":\(id)") } }

    private mutating func begin(_ name: String, _ id: String) throws(Problem) {
        switch name {
        case "table":
            guard open.count < Limit.depth, tables.count + open.count < Limit.tables else { throw .tooLarge }
            open.append(Open(table: Table(id: id)))
        case "tr": try endRow()
        case "td", "th":
            try endCell()
            guard let last = open.indices.last else { return }
            open[last].cell = []
            if name == "td" { open[last].isHeading = false }
        case "br": append([32])
        default: break
        }
    }

    private mutating func end(_ name: String) throws(Problem) {
        switch name {
        case "td", "th": try endCell()
        case "tr": try endRow()
        case "table":
            try endRow()
            if let done = open.popLast() { tables.append(done.table) }
        default: break
        }
    }

    private mutating func append(_ text: ArraySlice<UInt8>) {
        guard let last = open.indices.last, let held = open[last].cell?.count else { return }
        open[last].cell?.append(contentsOf: text.prefix(Limit.cellBytes - held))
    }

    private mutating func endCell() throws(Problem) {
        guard let last = open.indices.last, let cell = open[last].cell else { return }
        guard open[last].row.count < Limit.cells else { throw .tooLarge }
        open[last].cell = nil
        open[last].row.append(XhtmlText.plain(cell))
    }

    private mutating func endRow() throws(Problem) {
        try endCell()
        guard let last = open.indices.last else { return }
        defer {
            open[last].row = []
            open[last].isHeading = true
        }
        let row = open[last].row
        guard !row.isEmpty else { return }
        rowCount += 1
        guard rowCount <= Limit.rows else { throw .tooLarge }
        if open[last].isHeading, open[last].table.head.isEmpty {
            open[last].table.head = row
        } else {
            open[last].table.rows.append(row)
        }
    }
}

/// Text of a cell as a reader sees it: entities decoded, white space run together.
enum XhtmlText {
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ",
    ]
    /// `&#x10FFFF;` is the longest that means anything.
    private static let longestEntity = 10

    static func plain(_ bytes: [UInt8]) -> String {
        var result = String.UnicodeScalarView()
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let next: Unicode.Scalar
            if scalar == "&", let (decoded, length) = entity(rest) {
                rest = rest.dropFirst(length)
                next = decoded
            } else {
                next = scalar
            }
            if next.value == 0xA0 || [9, 10, 13, 32].contains(next.value) {
                if let last = result.last, last != " " { result.append(" ") }
            } else {
                result.append(next)
            }
        }
        if result.last == " " { result.removeLast() }
        return String(result)
    }

    /// What stands behind an `&`, and how many characters it takes, its semicolon included.
    private static func entity(_ rest: Substring.UnicodeScalarView) -> (Unicode.Scalar, Int)? {
        let head = rest.prefix(longestEntity)
        guard let end = head.firstIndex(of: ";") else { return nil }
        let name = String(head[..<end])
        let length = name.unicodeScalars.count + 1
        if let scalar = named[name] { return (scalar, length) }
        guard name.hasPrefix("#") else { return nil }
        let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
        let value = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
        return value.flatMap(Unicode.Scalar.init).map { ($0, length) }
    }
}
