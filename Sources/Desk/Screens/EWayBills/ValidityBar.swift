import Domain
import TerminalKit

/// How long a bill holds: glyph, word, colour and the time that is left, and a bar of its share of the whole validity.
struct ValidityBar {
    let bill: StandingBill
    let standing: EWayBillStanding
    let now: Instant

    init(_ bill: StandingBill, within: Duration, _ context: ScreenContext) {
        self.bill = bill
        now = context.now
        standing = bill.standing(at: now, soon: within)
    }

    /// `✓ Valid 18 h`, `! Expires soon 3 h`, `✗ Expired`.
    var badge: Badge {
        let left = bill.validUntil.map { " " + TimeLeft.brief($0.since(now)) } ?? ""
        switch standing {
        // Queued, being sent and not sent are different things to whoever waits.
        case .inWork: return .operation(bill.operation.state)
        case .inDoubt: return Badge(glyph: "?", word: standing.title, role: .warning)
        case .attention: return Badge(glyph: "!", word: standing.title, role: .danger)
        case .partA: return Badge(glyph: "○", word: standing.title, role: .warning)
        case .valid: return Badge(glyph: "✓", word: standing.title + left, role: .success)
        case .expiring: return Badge(glyph: "!", word: standing.title + left, role: .warning)
        case .expired: return Badge(glyph: "✗", word: standing.title, role: .danger)
        case .rejected: return Badge(glyph: "✗", word: standing.title, role: .danger)
        case .cancelled: return Badge(glyph: "–", word: standing.title, role: .muted)
        case .refused: return Badge(glyph: "✗", word: standing.title, role: .danger)
        case .discarded: return Badge(glyph: "–", word: standing.title, role: .muted)
        }
    }

    static let columns = 8

    /// Full when the bill was made, empty when it has run out; nothing for one that has no end.
    var line: Line {
        switch standing {
        case .valid, .expiring, .expired: break
        default: return .empty
        }
        guard let share = bill.share(at: now) else { return .empty }
        var full = Int((share * Double(Self.columns)).rounded())
        // Something left is never drawn as nothing.
        if full == 0, share > 0 { full = 1 }
        return Line(String(repeating: "█", count: full), badge.role)
            + Line(String(repeating: "░", count: Self.columns - full), .disabled)
    }
}
