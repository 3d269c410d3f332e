import Domain
import Wire

/// A table of a page with its columns found by their headings, for portals add and move columns.
struct TracesGrid: Sendable {
    private let table: XhtmlTables.Table

    /// - Throws: `portal_changed` when the page has no such table. A page without it is never an empty list.
    init(_ id: String, in tables: XhtmlTables) throws(PortalFailure) {
        guard let table = tables[id] else {
            throw PortalFailure(.portalChanged, "the page has no table \(id)")
        }
        self.table = table
    }

    /// Rows as they came, without the one that only says that there are none.
    var rows: [[String]] {
        guard table.rows.count == 1, let only = table.rows.first, only.count == 1, let text = only.first?.lowercased(),
            text.contains("no record") || text.contains("no data")
        else { return table.rows }
        return []
    }

    /// Position of the column whose heading has all of `words`.
    func column(_ words: String...) throws(PortalFailure) -> Int {
        let found = table.head.firstIndex { head in
            let head = head.lowercased()
            return words.allSatisfy { head.contains($0) }
        }
        guard let found else {
            let wanted = words.joined(separator: " ")
            let said = "the table \(table.id) has no column \"\(wanted)\""
            throw PortalFailure(.portalChanged, HarmlessText.line(said, limit: 200))
        }
        return found
    }

    /// Headings that have the words of none of the columns which are read.
    ///
    /// - Parameter known: for each column the words that its heading has; a running number is known everywhere.
    func newColumns(besides known: [[String]]) -> [String] {
        table.head.filter { head in
            let head = head.lowercased()
            return !head.isEmpty && !(known + [["sr"], ["s. no"]]).contains { $0.allSatisfy { head.contains($0) } }
        }
    }

    /// Heading and first row, as an example.
    var example: [UInt8] {
        Array([table.head, table.rows.first ?? []].map { $0.joined(separator: " | ") }.joined(separator: "\n").utf8)
    }

    /// Whether a row has a cell for each heading, so that its columns are certain.
    func isWhole(_ row: [String]) -> Bool { row.count == table.head.count }
}

/// What one place gave: notices, what was not understood, and what could not be had.
struct TracesFinding: Sendable {
    var notices: [NoticeFacts] = []
    var strays: [StrayRecord] = []
    var problems: [PortalFailure] = []
    /// Records of notices that are there, with a value that nobody could read.
    private(set) var halfRead: [StrayRecord] = []

    /// Rows that stand for no notice.
    var notRead: Int { strays.count { !$0.isRead } }

    /// Keeps the record of a notice that was read but for some values.
    mutating func setAside(_ facts: NoticeFacts, _ unread: [String], _ row: some WirePayload) {
        let raw = (try? WireJSON.encode(row)) ?? []
        halfRead += [StrayRecord(facts, unread: unread, raw: raw)].compactMap(\.self)
    }

    mutating func setAside(_ row: [String], at place: Place, _ problem: String) {
        strays.append(Self.stray(row, at: place, problem))
    }

    mutating func setAside(_ raw: [UInt8], at place: Place, key: String = "", _ problem: String) {
        strays.append(StrayRecord(place: place, key: key, problem: problem, raw: raw))
    }

    /// Keeps an example of a table with columns that this version does not read: they may be what people look for.
    mutating func noteColumns(of grid: TracesGrid, at place: Place, known: [[String]]) {
        let new = grid.newColumns(besides: known)
        guard !new.isEmpty, !strays.contains(where: { $0.isRead && $0.raw == grid.example }) else { return }
        strays.append(
            StrayRecord(place, newFields: new.map { HarmlessText.line($0, limit: 60) }, example: grid.example))
    }

    static func stray(_ row: [String], at place: Place, _ problem: String) -> StrayRecord {
        StrayRecord(
            place: place, key: HarmlessText.line(row.first ?? "", limit: 120), problem: problem,
            raw: Array(row.joined(separator: " | ").utf8))
    }

    /// How the place ended. It is read or empty only when nothing of it was lost.
    func reading(of place: Place) -> PlaceReading {
        let count = notices.count
        if let problem = problems.first {
            let others = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
            return PlaceReading(
                place: place, outcome: .failed, count: count, cause: problem.cause, message: problem.message + others)
        }
        let aside = notRead
        if notices.isEmpty, aside > 0 {
            return PlaceReading(
                place: place, outcome: .failed, cause: .portalChanged,
                message: "no row of the list is understood; \(Counted.text(aside, "record")) set aside")
        }
        return PlaceReading(place: place, outcome: count == 0 ? .empty : .read, count: count)
    }
}
