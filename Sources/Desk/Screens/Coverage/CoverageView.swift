import Domain
import TerminalKit

extension CoverageScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(
            title: "Coverage", placeholder: CoverageFilterText.placeholder,
            note: list.isLoaded ? countsLine(context) : .empty)
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        let selected = list.selected.map { Self.detail($0, context) } ?? [.empty, .empty]
        return selected + [list.isLoaded ? verdict(context, width: width) : .empty]
    }

    private func countsLine(_ context: ScreenContext) -> Line {
        guard context.size.columns >= 110 else {
            return Line("\(answered.grouped) answered", .muted)
                + (unanswered > 0 ? Line(" · ", .muted) + Line("\(unanswered.grouped) missing", .warning) : .empty)
        }
        let parts = PlaceOutcome.allCases.compactMap { outcome -> Line? in
            guard let count = counts[outcome], count > 0 else { return nil }
            return Line(
                "\(count.grouped) \(outcome.title.lowercased())",
                outcome.isAnswer ? .muted : Badge.outcome(outcome).role)
        }
        return parts.dropFirst().reduce(parts.first ?? .empty) { $0 + Line(" · ", .muted) + $1 }
    }

    /// Nothing new is said only where every place answered.
    private func verdict(_ context: ScreenContext, width: Int) -> Line {
        guard answered + unanswered > 0 else { return .empty }
        guard unanswered == 0, let unseen = unseenNotices else {
            let all = Counted.text(answered + unanswered, "place")
            return .fitting(
                [
                    [Line("! What lies at \(unanswered.grouped) of \(all) is not known: \(silence).", .warning)],
                    [Line("! \(unanswered.grouped) of \(all) not known: \(silence)", .warning)],
                    [Line("! Of \(all) \(silence)", .warning)],
                ], in: width)
        }
        guard strayed == 0 else {
            return Line(
                "! Every place answered, but records of \(Counted.text(strayed, "place")) were set aside (\(context.label(.goStrays, .coverage))).",
                .warning)
        }
        let news = unseen == 0 ? "Nothing new." : "\(Counted.text(unseen, "notice")) nobody has looked at."
        return Line("✓ Every place answered. \(news)", .success)
    }

    /// Why places said nothing: who was not asked did not fail to answer.
    private var silence: String {
        [(PlaceOutcome.failed, "did not answer"), (.skipped, "left out"), (.never, "never asked")]
            .compactMap { outcome, words in counts[outcome].map { $0 > 0 ? "\($0.grouped) \(words)" : nil } ?? nil }
            .joined(separator: ", ")
    }

    private static func detail(_ entry: CoverageEntry, _ context: ScreenContext) -> [Line] {
        let name = entry.business.isEmpty ? "" : " · \(entry.business)"
        let head = Line("\(entry.identity)", .heading, .bold) + Line("\(name) · \(entry.place.title)")
        if entry.outcome == .never {
            return [head, Line("never asked: no fetch of this login has come to this place yet", .warning)]
        }
        let read = entry.readAt.map { "last truly read \(context.full($0))" } ?? "never truly read"
        if entry.outcome.isAnswer, entry.error.isEmpty { return [head, Line(read, .muted)] }
        let tried = entry.triedAt.map { " · tried \(context.full($0))" } ?? ""
        let why = entry.error.isEmpty ? "" : ": \(entry.error)"
        return [head, Line("\(read)\(tried)\(why)", entry.outcome == .failed ? .danger : .warning)]
    }

    private static func badge(_ entry: CoverageEntry) -> Badge {
        entry.isPartial ? Badge(glyph: "!", word: "In part", role: .warning) : Badge.outcome(entry.outcome)
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        let isWide = context.size.columns >= 110
        return [
            list.serialColumn,
            TableColumn(id: "portal", title: "Portal", width: .fixed(10)),
            TableColumn(id: "identity", title: "Identity", width: .fixed(15)),
            TableColumn(id: "place", title: "Place", width: .flexible(least: 14, weight: 4)),
            TableColumn(id: "outcome", title: "Outcome", width: .fixed(13)),
            TableColumn(id: "count", title: "Count", width: .fixed(5), alignment: .right),
            TableColumn(id: "read", title: "Last read", width: .fixed(isWide ? 19 : 11)),
            TableColumn(id: "business", title: "Business", width: .flexible(least: 12, weight: 4), dropOrder: 1),
        ]
    }

    func emptyText(_ context: ScreenContext) -> String {
        let register = context.label(.goBusinesses, .coverage)
        return "No business has an identity at a portal yet. Add one under Businesses (\(register))."
    }

    func cells(_ entry: CoverageEntry, serial: Int, _ context: ScreenContext) -> [Line] {
        let isWide = context.size.columns >= 110
        return [
            Line(serial.grouped, .muted), Line(entry.identity.portal.shortName), Line(entry.identity.text),
            Line(entry.place.title), Self.badge(entry).line,
            entry.known.map { Line($0.grouped) } ?? Line("–", .muted),
            Line(entry.readAt.map { isWide ? context.full($0) : context.day($0) } ?? "never", .muted),
            Line(entry.business),
        ]
    }
}
