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

    private var portal: Portal { summary.portal }
    private var counts: String { "\(summary.verified)/\(summary.accounts)" }
    private var verified: String { "\(counts) verified" }

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap {
        let said = isKnown ? rows(max(1, rect.width - 4), context) : [Card.Row(Line("loading…", .muted))]
        // As many rows in every card, so that what is connected stands side by side.
        let rest = Array(repeating: Card.Row(.empty), count: max(0, Self.mostRows - said.count))
        let card = Card(
            key: String(portal.position + 1), title: portal.title, icon: portal.icon, heading: portal.summary,
            rows: said + rest,
            button: Line("⚙ Configure", .link, isFocused ? .bold : []), isFocused: isFocused)
        return card.draw(on: &canvas, in: rect, index: portal.position)
    }

    private func rows(_ width: Int, _ context: ScreenContext) -> [Card.Row] {
        let badge = Badge.connection(summary).line
        let hasRoom = badge.width + Text.width(verified) < width
        var rows = [Card.Row(badge, right: Line(hasRoom ? verified : counts))]
        let (fetched, news) = (fetchLine(context), PortalNews(summary: summary))
        if fetched.width + news.line().width + 2 <= width {
            rows.append(Card.Row(fetched, right: news.line()))
        } else {
            rows += [Card.Row(fetched), Card.Row(news.line(width))]
        }
        if let why = summary.whyNotConnected {
            rows += Text.wrap(why, to: width, lines: Self.mostRows - rows.count).map { Card.Row(Line($0, .warning)) }
        }
        let more = [news.hasNews ? news.reserve : .empty, summary.whyNotConnected == nil ? logins : .empty]
            .filter { !$0.isEmpty }
        // Side by side where only one row is left.
        let joined = more.dropFirst().reduce(more.first ?? .empty) { $0 + Line(" · ", .muted) + $1 }
        let isTight = rows.count + more.count > Self.mostRows && joined.width <= width
        rows += (isTight ? [joined] : more).prefix(max(0, Self.mostRows - rows.count)).map { Card.Row($0) }
        return rows
    }

    /// Logins that a person has to look at; empty when all is well.
    private var logins: Line {
        let refused = max(0, summary.configured - summary.verified)
        let missing = max(0, summary.accounts - summary.configured)
        let parts = [(refused, "not verified"), (missing, "without a login")].filter { $0.0 > 0 }
        return parts.isEmpty ? .empty : Line(parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "), .muted)
    }

    /// Where the parts of the lines of a narrow screen stand, alike in all of them.
    struct LineColumns {
        /// `71/74 verified`, or `71/74 ✓` where the news needs the room.
        var isTight: Bool
        var news: Int

        private static let counts = 41
        private static let verified = 15

        init(_ cards: [PortalCard], width: Int) {
            let usual = Self.counts + Self.verified + 2
            let longest = cards.map { PortalNews(summary: $0.summary).line().width }.max() ?? 0
            isTight = longest > width - 3 - usual
            let short = cards.map { Text.width($0.tightCounts) }.max() ?? 0
            news = isTight ? min(usual, Self.counts + short + 2) : usual
        }

        var verified: (Int, Int) { (Self.counts, news - 2) }
    }

    private var tightCounts: String { "\(counts) ✓" }

    func drawLine(
        on canvas: inout Canvas, in rect: Rect, _ columns: LineColumns, _ context: ScreenContext
    ) -> HitMap {
        var hits = HitMap()
        let surface: Surface = isFocused ? .selection : .base
        canvas.fill(rect, style: Style(on: surface))
        func column(_ start: Int, _ end: Int) -> Rect {
            Rect(x: rect.x + start, y: rect.y, width: min(end, rect.width) - start, height: 1)
        }
        canvas.put("\(portal.position + 1)", in: column(1, 2), style: Style(.key, on: surface))
        canvas.put("\(portal.icon) \(portal.title)", in: column(3, 25), style: Style(.heading, on: surface, .bold))
        if isKnown {
            canvas.put(Badge.connection(summary).line, in: column(25, 41), surface: surface)
            let (start, end) = columns.verified
            let said = Line(columns.isTight ? tightCounts : verified)
            canvas.put(said, in: column(start, end), surface: surface, alignment: .right)
            let place = column(columns.news, rect.width - 3)
            let news = PortalNews(summary: summary).line(place.width)
            canvas.put(news.isEmpty ? fetchLine(context) : news, in: place, surface: surface)
        }
        canvas.put("⚙", in: rect.right(2), style: Style(.link, on: surface))
        hits.add(rect, HitTarget("card", portal.position))
        hits.add(rect.right(4), HitTarget("configure", portal.position))
        return hits
    }

    private func fetchLine(_ context: ScreenContext) -> Line {
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
