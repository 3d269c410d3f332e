import Domain
import TerminalKit

/// A due date as every screen shows it: `!` overdue, `•` soon; `~` behind a computed date, `✎` behind one set by hand.
enum DueMark {
    /// - Parameter isColumn: leaves room for the mark also where there is none.
    static func line(_ due: DueDate?, _ standing: DueStanding, isColumn: Bool = true) -> Line {
        let gap = isColumn ? "  " : ""
        guard let due else { return Line("\(gap)none", .muted) }
        let text = "\(TimeText.date(due.on))\(basis(due.basis))"
        switch standing {
        case .settled, .undated: return Line("\(gap)\(text)", .muted)
        case .overdue: return Line("! \(text)", .danger, .bold)
        case .soon: return Line("• \(text)", .warning)
        case .later: return Line("\(gap)\(text)")
        }
    }

    static func basis(_ basis: DueBasis) -> String {
        switch basis {
        case .portal, .printed: ""
        case .computed: "~"
        case .manual: "✎"
        }
    }

    /// In ten columns: `3 d late`, `5 y late`, `today`, `in 5 d`.
    static func word(_ standing: DueStanding) -> Line {
        switch standing {
        case .settled, .undated: .empty
        // The date stands beside it; a number of days that is cut would be none.
        case .overdue(let days): Line(days < 1_000 ? "\(days) d late" : "\(days / 365) y late", .danger)
        case .soon(days: 0): Line("today", .warning, .bold)
        case .soon(days: 1): Line("tomorrow", .warning)
        case .soon(let days): Line("in \(days) d", .warning)
        case .later(let days): Line("in \(days) d", .muted)
        }
    }
}
