import Domain
import TerminalKit

/// The columns of Recent Sync Activity and what stands in them.
enum ActivityColumns {
    /// - Parameter lastSerial: the highest serial number on the page; its digits are never cut.
    static func columns(_ context: ScreenContext, lastSerial: Int) -> [TableColumn] {
        let isNarrow = isNarrow(context)
        let statusWidth = showsFullStatus(context) ? 13 : 11
        return [
            TableColumn(
                id: "sr", title: isNarrow ? "Sr." : "Sr. No.",
                width: .fixed(max(isNarrow ? 4 : 7, number(lastSerial, isNarrow).count)), alignment: .right),
            TableColumn(
                id: ActivityColumn.portal, title: isNarrow ? "Portal" : "Portal Type", width: .fixed(isNarrow ? 10 : 11)
            ),
            TableColumn(
                id: ActivityColumn.identity, title: isNarrow ? "Identity" : "Portal Identity", width: .fixed(15)),
            TableColumn(id: ActivityColumn.status, title: "Status", width: .fixed(statusWidth)),
            TableColumn(id: ActivityColumn.start, title: "Start Time", width: .fixed(19)),
            TableColumn(
                id: ActivityColumn.completed, title: isNarrow ? "Completed" : "Completed Time",
                width: .fixed(isNarrow ? 9 : 19)),
            TableColumn(id: "actions", title: isNarrow ? "" : "Actions", width: .fixed(isNarrow ? 1 : 7)),
            TableColumn(id: "business", title: "Business", width: .flexible(least: 10), dropOrder: 1),
        ]
    }

    /// Below this width two full moments and the actions do not fit side by side.
    private static func isNarrow(_ context: ScreenContext) -> Bool { context.size.columns < 112 }

    /// Below this width the name of the business needs the room more than the words of a status.
    private static func showsFullStatus(_ context: ScreenContext) -> Bool { context.size.columns >= 140 }

    /// At 80 columns the commas in the number of a far row would take another column's room.
    private static func number(_ serial: Int, _ isNarrow: Bool) -> String {
        isNarrow ? String(serial) : serial.grouped
    }

    static func cells(_ job: Job, serial: Int, _ context: ScreenContext) -> [Line] {
        let isNarrow = isNarrow(context)
        let started = job.startedAt.map { context.full($0) } ?? ""
        let completed = job.completedAt.map { isNarrow ? shortCompletion($0, job, context) : context.full($0) } ?? ""
        return [
            Line(number(serial, isNarrow), .muted), Line(job.portal.shortName), Line(job.identity.text),
            Badge.status(of: job, context, isShort: !showsFullStatus(context)).line, Line(started),
            Line(completed, .muted),
            actions(job, isNarrow), Line(job.business),
        ]
    }

    /// The eye on failed jobs only; elsewhere a word tells a verification from a fetch, where there is room.
    private static func actions(_ job: Job, _ isNarrow: Bool) -> Line {
        if job.status == .failed { return Line(isNarrow ? "◉" : "◉ log", .link) }
        return job.kind == .verify && !isNarrow ? Line("verify", .muted) : .empty
    }

    /// On a narrow screen the date stands in the start column already; days that went by since are counted.
    private static func shortCompletion(_ completed: Instant, _ job: Job, _ context: ScreenContext) -> String {
        let end = CivilTime(completed, offset: context.utcOffset).date
        let start = CivilTime(job.sortStart, offset: context.utcOffset).date
        switch end.dayNumber - start.dayNumber {
        case 0: return context.clock(completed)
        case let days where (1...9).contains(days): return "\(context.minute(completed)) +\(days)d"
        case let days where (10...99).contains(days): return "\(context.minute(completed))+\(days)d"
        default: return String(TimeText.date(end).prefix(5))
        }
    }
}

/// Column ids that are sort fields too.
enum ActivityColumn {
    static let portal = ActivitySort.Field.portal.rawValue
    static let identity = ActivitySort.Field.identity.rawValue
    static let status = ActivitySort.Field.status.rawValue
    static let start = ActivitySort.Field.startTime.rawValue
    static let completed = ActivitySort.Field.completedTime.rawValue
}
