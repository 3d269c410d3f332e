import Domain
import TerminalKit

/// What is told of a portal's notices. What is wrong comes before what is new, so that it survives where room is short:
/// places that were not read, what is overdue, why nothing is fetched. "none new" is said without a reserve only when
/// every place was wholly read.
struct PortalNews {
    let summary: PortalSummary
    /// Why nothing is fetched, where nothing else on the screen tells it.
    var reason: String?

    /// News alone, for who tells the unread places elsewhere; empty when nothing is new, overdue or due.
    func tidings(_ width: Int = .max) -> Line { Self.fit(pieces.filter(\.isTiding), width) }

    /// All that one line can say: what is wrong first, then the news, cut with a sign that more follows.
    func line(_ width: Int = .max) -> Line {
        guard pieces.allSatisfy(\.isUnread) else { return Self.fit(pieces, width) }
        return silence.first { $0.width <= width } ?? silence.last ?? .empty
    }

    var hasNews: Bool { pieces.contains(where: \.isTiding) }

    /// What lies in the places that were not read is not known, whatever the others brought; empty when all were.
    var reserve: Line {
        guard summary.unreadPlaces > 0 else { return .empty }
        return Line("\(Counted.text(summary.unreadPlaces, "place")) unread", .warning)
    }

    /// Nothing is new, overdue or due: how far that goes, the fullest wording first.
    var silence: [Line] {
        guard summary.lastFetchAt != nil, summary.places > 0 else { return [.empty] }
        guard summary.unreadPlaces > 0 else { return [Line("none new", .muted)] }
        guard summary.answeredPlaces > 0 else { return [Line("no place read whole", .warning), reserve] }
        return [Line("none new; ", .muted) + reserve, reserve]
    }

    /// One thing to tell.
    private enum Piece: Hashable {
        case unread(Int)
        case overdue(Int)
        case reason(String)
        case new(Int)
        case due(Int)

        var isUnread: Bool { if case .unread = self { true } else { false } }

        var isTiding: Bool {
            switch self {
            case .overdue, .new, .due: true
            case .unread, .reason: false
            }
        }
    }

    /// In the order of what matters.
    private var pieces: [Piece] {
        var pieces: [Piece] = []
        if summary.unreadPlaces > 0, summary.lastFetchAt != nil { pieces.append(.unread(summary.unreadPlaces)) }
        if summary.overdue > 0 { pieces.append(.overdue(summary.overdue)) }
        if let reason { pieces.append(.reason(reason)) }
        if summary.unseenNotices > 0 { pieces.append(.new(summary.unseenNotices)) }
        if summary.dueSoon > 0 { pieces.append(.due(summary.dueSoon)) }
        return pieces
    }

    private enum Wording: CaseIterable { case full, short }

    private static func span(_ piece: Piece, _ wording: Wording) -> Span {
        switch piece {
        case .unread(let count):
            Span(wording == .full ? "\(Counted.text(count, "place")) unread" : "\(count.grouped) unread", .warning)
        case .overdue(let count): Span("\(count.grouped) overdue", .danger)
        case .reason(let why): Span(why, .warning)
        case .new(let count): Span("\(count.grouped) new", .accent)
        case .due(let count): Span("\(count.grouped) due soon", .warning)
        }
    }

    private static let comma = Span(", ", .muted)

    private static func whole(_ pieces: [Piece], _ wording: Wording) -> Line {
        Line(Array(pieces.map { [span($0, wording)] }.joined(separator: [comma])))
    }

    /// The fullest wording that fits, else as many pieces as do. A number is never cut, words are, with the sign for it.
    private static func fit(_ pieces: [Piece], _ width: Int) -> Line {
        for wording in Wording.allCases {
            let all = whole(pieces, wording)
            if all.width <= width { return all }
        }
        var line = Line.empty
        for (index, piece) in pieces.enumerated() {
            let lead = index == 0 ? Line.empty : Line([comma])
            let next = line + lead + Line([span(piece, .short)])
            let isLast = index == pieces.count - 1
            if next.width + (isLast ? 0 : 1) <= width {
                line = next
            } else if let part = part(of: piece, width - line.width - lead.width) {
                return line + lead + Line([part])
            } else {
                return line.isEmpty ? next : line + Line("…", .muted)
            }
        }
        return line
    }

    /// Fewer words of a reason are no use.
    private static let leastReason = 12

    private static func part(of piece: Piece, _ width: Int) -> Span? {
        switch piece {
        case .reason(let why) where width >= leastReason: Span(Text.clip(why, to: width), .warning)
        case .due(let count) where Text.width("\(count.grouped) due…") <= width: Span("\(count.grouped) due…", .warning)
        default: nil
        }
    }
}
