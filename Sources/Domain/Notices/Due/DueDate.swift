/// Where a due date comes from. A computed or manual date is marked on screen.
public enum DueBasis: String, CaseIterable, Sendable, Codable { case portal, printed, computed, manual }

/// The day by which somebody must have answered or paid, and where we have it from.
public struct DueDate: Hashable, Sendable {
    /// The first days of a due date that counts as soon: today and this many after it.
    public static let soonDays = 14

    public var on: LegalDate
    public var basis: DueBasis

    public init(on: LegalDate, basis: DueBasis) {
        self.on = on
        self.basis = basis
    }
}

/// How pressing a notice is.
public enum DueStanding: Hashable, Sendable {
    /// Nobody needs to do anything about it any more.
    case settled
    /// Somebody does, but no date is known.
    case undated
    case overdue(days: Int)
    /// Due today (0) or within `DueDate.soonDays`.
    case soon(days: Int)
    case later(days: Int)

    public init(_ due: DueDate?, _ state: NoticeState, today: LegalDate) {
        guard state.needsSomebody else {
            self = .settled
            return
        }
        guard let due else {
            self = .undated
            return
        }
        let days = due.on.dayNumber - today.dayNumber
        self = days < 0 ? .overdue(days: -days) : days <= DueDate.soonDays ? .soon(days: days) : .later(days: days)
    }

    /// `overdue 3 days`, `today`, `in 5 days`; empty for what is not pressing or has no date.
    public var words: String {
        switch self {
        case .settled, .undated: ""
        case .overdue(let days): "overdue \(Counted.text(days, "day"))"
        case .soon(days: 0): "today"
        case .soon(days: 1): "tomorrow"
        case .soon(let days), .later(let days): "in \(Counted.text(days, "day"))"
        }
    }
}
