import Domain
import TerminalKit

extension PortalCard {
    /// Where the parts of the lines of a narrow screen stand, alike in all of them.
    struct LineColumns {
        /// `71/74 verified`, or `71/74 ✓` where what follows needs the room.
        let isTight: Bool
        let counts: ClosedRange<Int>
        let news: Int

        /// Behind key, icon and title.
        static let badge = 25

        init(_ cards: [PortalCard], width: Int) {
            let badges = cards.map { $0.isKnown ? Badge.connection($0.summary).line.width : 0 }
            let start = Self.badge + (badges.max() ?? 0) + 1
            func end(_ wording: (PortalCard) -> String) -> Int {
                start + (cards.map { Text.width(wording($0)) }.max() ?? 0)
            }
            let usual = end(\.verified)
            let longest = cards.filter(\.isKnown).map { $0.news.line().width }.max() ?? 0
            isTight = longest > width - PortalCard.buttonRoom - usual - 2
            counts = start...(isTight ? end(\.tightCounts) : usual)
            news = counts.upperBound + (isTight ? 1 : 2)
        }
    }

    /// Columns of the sign at the end of a line, with a blank before it.
    private static let buttonRoom = 3

    private var news: PortalNews { PortalNews(summary: summary, reason: summary.whyNotConnected) }

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
        let title = "\(portal.icon) \(portal.title)"
        canvas.put(title, in: column(3, LineColumns.badge), style: Style(.heading, on: surface, .bold))
        if isKnown {
            let badge = column(LineColumns.badge, columns.counts.lowerBound)
            canvas.put(Badge.connection(summary).line, in: badge, surface: surface)
            let said = Line(columns.isTight ? tightCounts : verified)
            let place = column(columns.counts.lowerBound, columns.counts.upperBound)
            canvas.put(said, in: place, surface: surface, alignment: .right)
            let rest = column(columns.news, rect.width - Self.buttonRoom)
            let line = news.line(rest.width)
            canvas.put(line.isEmpty ? fetchLine(context) : line, in: rest, surface: surface)
        }
        canvas.put("⚙", in: rect.right(2), style: Style(.link, on: surface))
        hits.add(rect, HitTarget("card", portal.position))
        hits.add(rect.right(4), HitTarget("configure", portal.position))
        return hits
    }
}
