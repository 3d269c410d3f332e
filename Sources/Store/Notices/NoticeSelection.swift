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
        if let days = query.dueWithin {
            guard let today = query.today else { throw StoreProblem.refused("a due filter needs the day of today") }
            add("n.due_on <= ?", [today.adding(days: days).dayNumber])
        }
        if query.unseenOnly { add("n.seen_by_person_at IS NULL", []) }
        if let text = query.text.map(SearchText.folded), !text.isEmpty {
            let columns = ["n.reference", "n.form", "n.section", "n.summary", "a.identity"]
            let parts = columns.map { "instr(lower(\($0)), ?) > 0" } + ["instr(ifnull(b.search_text, ''), ?) > 0"]
            add("(\(parts.joined(separator: " OR ")))", StatementArguments(Array(repeating: text, count: parts.count)))
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
