import Domain
import Services

@testable import Desk

extension Sample {
    static func schedule(
        _ name: String, _ rule: String, kind: Schedule.Kind = .fetch, portal: Portal? = nil, group: String? = nil,
        to recipients: [String] = [], isEnabled: Bool = true, next: Int64 = 46_080, last: Int64? = 40_320,
        message: String = "74 fetches queued"
    ) -> Schedule {
        guard let rule = try? CronRule(rule) else { preconditionFailure("\(rule) is no rule") }
        return Schedule(
            id: Int64(name.utf8.count), name: name, kind: kind, portal: portal, group: group, rule: rule,
            recipients: recipients, isEnabled: isEnabled, nextAt: now + .seconds(next),
            lastAt: last.map { now - .seconds($0) }, lastMessage: last == nil ? "" : message)
    }

    /// One of every kind: as it should be, in quiet hours, resting, overdue, a digest, a digest that could not leave.
    static let schedules: [Schedule] = {
        var failed = schedule("letter", "0 19 * * *", kind: .digest, to: ["ravi"], next: 600, last: nil)
        failed.lastMessage = "\(Schedule.notSent): the server refused ravi@firm.example"
        return [
            schedule("digest", "0 8 * * mon-fri", kind: .digest, to: ["asha", "ravi"], next: 47_880, message: "sent"),
            failed, schedule("late", "*/15 9-17 * * *", portal: .traces, next: -900, last: nil),
            schedule("morning", "30 7 * * mon-sat", portal: .gst, group: "Retail"),
            schedule("night", "0 23 * * *", portal: .incomeTax, next: 15_480),
            schedule("rests", "@weekly", isEnabled: false),
        ]
    }()

    static func calendar(
        _ schedules: [Schedule] = schedules, isServed: Bool = true, mail: String? = "smtp"
    ) -> ScheduleService.Overview {
        ScheduleService.Overview(
            schedules: schedules, quietHours: QuietHours("22:00-06:00"), isServed: isServed, mailTransport: mail)
    }
}
