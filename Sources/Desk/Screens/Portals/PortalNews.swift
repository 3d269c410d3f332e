import Domain
import TerminalKit

/// What a card says of a portal's notices. What is overdue comes first, so that it survives where room is short; "none new"
/// is said without a reserve only when every place was wholly read.
struct PortalNews {
    let summary: PortalSummary

    /// The fullest wording that fits into `width` columns, else as many parts as do and a sign that more follows.
    func line(_ width: Int = .max) -> Line {
        let wordings = parts.isEmpty ? silence : [text(parts, "due soon"), text(parts, "due")]
        if let fitting = wordings.first(where: { $0.width <= width }) { return fitting }
        for count in stride(from: parts.count - 1, to: 0, by: -1) {
            let some = text(Array(parts.prefix(count)), "due") + Line("…", .muted)
            if some.width <= width { return some }
        }
        return wordings.last ?? .empty
    }

    var hasNews: Bool { !parts.isEmpty }

    /// What lies in the places that were not read is not known, whatever the others brought; empty when all were.
    var reserve: Line {
        guard summary.unreadPlaces > 0 else { return .empty }
        return Line("\(Counted.text(summary.unreadPlaces, "place")) unread", .warning)
    }

    private enum Part {
        case overdue, new, due
    }

    private var parts: [(part: Part, count: Int)] {
        [(.overdue, summary.overdue), (.new, summary.unseenNotices), (.due, summary.dueSoon)].filter { $0.1 > 0 }
    }

    private func text(_ parts: [(part: Part, count: Int)], _ due: String) -> Line {
        let spans = parts.map { part, count in
            switch part {
            case .overdue: Span("\(count) overdue", .danger)
            case .new: Span("\(count) new", .accent)
            case .due: Span("\(count) \(due)", .warning)
            }
        }
        return Line(Array(spans.map { [$0] }.joined(separator: [Span(", ", .muted)])))
    }

    /// Nothing is new, overdue or due: how far that goes, the fullest wording first.
    private var silence: [Line] {
        guard summary.lastFetchAt != nil, summary.places > 0 else { return [.empty] }
        guard summary.unreadPlaces > 0 else { return [Line("none new", .muted)] }
        guard summary.answeredPlaces > 0 else { return [Line("no place read whole", .warning), reserve] }
        return [Line("none new; ", .muted) + reserve, reserve]
    }
}
