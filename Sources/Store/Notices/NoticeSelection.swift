internal import Domain
internal import GRDB

/// A notice query as a condition and an order.
struct NoticeSelection {
    var condition = "1 = 1"
    var arguments: StatementArguments = []
    var order: String
    var isEverything: Bool { condition == "1 = 1" }

    init(_ query: NoticeQuery) throws {
        order = Self.order(query.sort, query.descending)
        if !query.portals.isEmpty { add("n.portal IN (\(ActivityScope.list(query.portals.map(\.code).sorted())))", []) }
        if !query.states.isEmpty {
            let states = query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            add("n.state IN (\(states))", [])
        }
        if let identity = query.identity {
            add("n.portal = ? AND a.identity = ?", [identity.portal.code, identity.text])
        }
        try addDue(query)
        if query.unseenOnly { add("n.seen_by_person_at IS NULL", []) }
        switch query.assignee {
        case .person(let name): add("n.assignee = ?", [name])
        case .nobody: add("n.assignee IS NULL", [])
        case nil: break
        }
        for tag in query.tags.sorted() {
            add("EXISTS (SELECT 1 FROM notice_tag t WHERE t.notice_id = n.id AND t.tag = ?)", [tag])
        }
        if let text = query.text { addText(text) }
    }

    private mutating func addDue(_ query: NoticeQuery) throws {
        if let from = query.dueFrom { add("n.due_on >= ?", [from.dayNumber]) }
        if let to = query.dueTo { add("n.due_on <= ?", [to.dayNumber]) }
        guard query.dueWithin != nil || query.overdueOnly else { return }
        guard let today = query.today else { throw StoreProblem.refused("a due filter needs the day of today") }
        let last = query.overdueOnly ? -1 : query.dueWithin ?? 0
        add("n.state IN (\(NoticeRow.openStates)) AND n.due_on <= ?", [today.adding(days: last).dayNumber])
    }

    /// Each word must stand somewhere. The index knows every part of three characters and more; shorter words are looked
    /// for in the texts themselves.
    private mutating func addText(_ text: String) {
        let words = SearchText.folded(text).split(separator: " ")
        let long = words.filter { $0.unicodeScalars.count >= 3 }
        if !long.isEmpty {
            let match = long.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: " ")
            add("n.id IN (SELECT rowid FROM notice_text WHERE notice_text MATCH ?)", [match])
        }
        for word in words where word.unicodeScalars.count < 3 {
            let columns =
                "reference || ' ' || form || ' ' || section || ' ' || description || ' ' || business || ' ' "
                + "|| identity || ' ' || tags || ' ' || notes"
            add(
                "n.id IN (SELECT rowid FROM notice_text WHERE instr(lower(\(columns)), ?) > 0)", [String(word)])
        }
    }

    private mutating func add(_ text: String, _ more: StatementArguments) {
        condition = isEverything ? text : "\(condition) AND \(text)"
        arguments += more
    }

    /// What still needs somebody stands before what is settled, whichever way due dates are read.
    private static let isSettled = "n.state IN ('closed', 'replied', 'withdrawn')"

    /// Dates that are missing come last both ways.
    private static func order(_ field: NoticeQuery.SortField, _ descending: Bool) -> String {
        let direction = descending ? " DESC" : ""
        let id = "n.id\(direction)"
        switch field {
        case .due: return "\(isSettled), n.due_on\(descending ? direction : " NULLS LAST"), \(id)"
        case .issued: return "n.issued_on\(descending ? direction : " NULLS LAST"), \(id)"
        case .firstSeen: return "n.first_seen_at\(direction), \(id)"
        case .portal: return "n.portal\(direction), \(id)"
        case .reference: return "n.reference\(direction), \(id)"
        case .business: return "ifnull(b.name_key, '')\(direction), \(id)"
        }
    }
}
