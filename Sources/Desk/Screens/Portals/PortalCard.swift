import Domain
import TerminalKit

/// One portal on the main screen: a card where there is room, a line where there is not.
struct PortalCard {
    let summary: PortalSummary
    /// False until the first summary came: nothing is said then.
    let isKnown: Bool
    let isFocused: Bool

    init(_ summary: PortalSummary, isKnown: Bool, isFocused: Bool) {
        self.summary = summary
        self.isKnown = isKnown
        self.isFocused = isFocused
    }

    /// Rows between the heading and the button of a card nine rows high.
    private static let mostRows = 4

    var portal: Portal { summary.portal }
    private var counts: String { "\(summary.verified.grouped)/\(summary.accounts.grouped)" }
    var verified: String { "\(counts) verified" }
    /// The same where room is short.
    var tightCounts: String { "\(counts) ✓" }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let width = max(1, rect.width - 4)
        let button = Line("⚙ Configure", .link, isFocused ? .bold : [])
        let (said, foot) = isKnown ? rows(width, context) : ([Card.Row(Line("loading…", .muted))], .empty)
        // As many rows in every card, so that what is connected stands side by side.
        let rest = Array(repeating: Card.Row(.empty), count: max(0, Self.mostRows - said.count))
        let card = Card(
            key: String(portal.position + 1), title: portal.title, icon: portal.icon, heading: portal.summary,
            rows: said + rest, button: button,
            foot: foot.width < width - button.width ? foot : .empty, isFocused: isFocused)
        return card.draw(on: &canvas, in: rect, index: portal.position)
    }

    /// What is wrong has its rows first, news has what is left, and the time of the last fetch goes beside the button
    /// where no row is.
    private func rows(_ width: Int, _ context: ScreenContext) -> (rows: [Card.Row], foot: Line) {
        let badge = Badge.connection(summary).line
        let count = [verified, tightCounts].first { badge.width + Text.width($0) < width } ?? counts
        let head = Card.Row(badge, right: Line(count))
        let space = Self.mostRows - 1
        let (fetched, news) = (fetchLine(context), PortalNews(summary: summary))
        let tidings = news.tidings(width)
        let isTogether = !tidings.isEmpty && fetched.width + news.tidings().width + 2 <= width
        let usual = tidings.isEmpty || isTogether ? 1 : 2
        let wrong = wrongs(width, isTight: space - usual < 2, news)
        let why =
            summary.whyNotConnected.map {
                Text.wrap($0, to: width, lines: max(1, space - wrong.count - (tidings.isEmpty ? 0 : 1)))
            } ?? []
        let free = space - wrong.count - why.count
        var top: [Card.Row] = []
        if isTogether, free > 0 {
            top = [Card.Row(fetched, right: tidings)]
        } else if !tidings.isEmpty, free > 0 {
            top = (free > 1 ? [Card.Row(fetched)] : []) + [Card.Row(tidings)]
        } else if free > 0 {
            top = [silent(width, fetched, news)]
        }
        let tellsFetch = free > 1 || (free == 1 && (isTogether || tidings.isEmpty))
        let reasons = why.map { Card.Row(Line($0, .warning)) }
        return ([head] + top + reasons + wrong.map { Card.Row($0) }, tellsFetch ? .empty : fetched)
    }

    /// Without news: what was fetched, and that nothing is new where that is known.
    private func silent(_ width: Int, _ fetched: Line, _ news: PortalNews) -> Card.Row {
        guard news.reserve.isEmpty || summary.lastFetchAt == nil else { return Card.Row(fetched) }
        let line = news.line()
        return Card.Row(fetched, right: fetched.width + line.width + 2 <= width ? line : .empty)
    }

    /// Places and logins that a person has to look at, in one row where room is short.
    private func wrongs(_ width: Int, isTight: Bool, _ news: PortalNews) -> [Line] {
        var unread = Line.empty
        if summary.lastFetchAt != nil, !news.reserve.isEmpty { unread = news.hasNews ? news.reserve : news.line(width) }
        let lines = [unread, summary.whyNotConnected == nil ? logins : .empty].filter { !$0.isEmpty }
        guard isTight, lines.count == 2 else { return lines }
        let joined = lines[0] + Line(" · ", .muted) + lines[1]
        return joined.width <= width ? [joined] : lines
    }

    /// Logins that a person has to look at; empty when all is well.
    private var logins: Line {
        let refused = max(0, summary.configured - summary.verified)
        let missing = max(0, summary.accounts - summary.configured)
        let parts = [(refused, "not verified"), (missing, "without a login")].filter { $0.0 > 0 }
        return parts.isEmpty ? .empty : Line(parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "), .muted)
    }

    func fetchLine(_ context: ScreenContext) -> Line {
        guard let at = summary.lastFetchAt else { return Line("never fetched", .muted) }
        let date = CivilTime(at, offset: context.utcOffset).date
        return Line("last fetch \(date == context.today ? context.minute(at) : TimeText.date(date))", .muted)
    }
}

extension PortalSummary {
    /// Why the card does not say Connected, in words; nil when it does.
    var whyNotConnected: String? {
        if isConnected { return nil }
        if accounts == 0 { return "no business has a \(portal.identityTitle) yet" }
        if configured == 0 { return "no login is stored yet" }
        if isProviderOk == false {
            return providerMessage.isEmpty ? "the provider did not answer last time" : providerMessage
        }
        if verified == 0 { return "no login is verified yet" }
        return "the provider was not asked yet"
    }
}
