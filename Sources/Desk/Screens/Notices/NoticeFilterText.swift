import Domain
import Services

/// What people type to filter notices: portals, states, `new`, `due<N`, `overdue`, `@person`, `#tag`, `on:day`; anything
/// else is looked for in all texts.
enum NoticeFilterText {
    static let placeholder = "gst  open  overdue  due<14  @asha  #tag  any words"

    /// The names of portals and states as they stand on the screen.
    private static let phrases =
        ShownWords.portals
        + NoticeState.allCases.map { ($0.title.lowercased(), $0.rawValue) }
        + [("partly", NoticeState.partlyReplied.rawValue)]

    /// - Parameter me: who `@me` is.
    static func parse(_ text: String, me: String? = nil) -> NoticeQuery {
        var query = NoticeQuery()
        var words: [Substring] = []
        for word in ShownWords.joined(text, phrases).split(whereSeparator: \.isWhitespace) {
            if !take(word, word.lowercased(), me, into: &query) { words.append(word) }
        }
        query.text = words.isEmpty ? nil : words.joined(separator: " ")
        return query
    }

    /// The same filter for every day.
    static func withoutDay(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).filter { day($0.lowercased()) == nil }.joined(separator: " ")
    }

    private static func day(_ lower: String) -> LegalDate? {
        lower.hasPrefix("on:") ? LegalDate(typed: lower.dropFirst(3)) : nil
    }

    /// Whether the word means something of its own.
    private static func take(_ word: Substring, _ lower: String, _ me: String?, into query: inout NoticeQuery) -> Bool {
        if let portal = ShownWords.portal(lower) {
            query.portals.insert(portal)
        } else if let state = NoticeState(rawValue: lower.replacing("-", with: "_")) {
            query.states.insert(state)
        } else if lower == "new" {
            query.unseenOnly = true
        } else if lower == "overdue" {
            query.overdueOnly = true
        } else if lower == "due" || lower == "soon" {
            query.dueWithin = DueDate.soonDays
        } else if lower.hasPrefix("due<"), let days = Int(lower.dropFirst(4)),
            NoticeQuery.dueWithinRange.contains(days)
        {
            query.dueWithin = days
        } else if let day = day(lower) {
            (query.dueFrom, query.dueTo) = (day, day)
        } else if lower == "@nobody" || lower == "@none" {
            query.assignee = .nobody
        } else if lower.hasPrefix("@"), lower.count > 1 {
            query.assignee = .person(lower == "@me" ? me ?? "" : String(word.dropFirst()))
        } else if lower.hasPrefix("#"), let tag = NoticeTag.read(lower) {
            query.tags.insert(tag)
        } else {
            return false
        }
        return true
    }
}
