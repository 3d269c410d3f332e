import Domain
import Services
import TerminalKit

/// One job: what happened, what it means, what to do, and every step.
public struct JobLogScreen: Screen {
    enum Times: Int, Hashable, Sendable { case clock, sinceStart, none }

    let id: JobId
    var job: Job?
    var entries: [JobLogEntry] = []
    var failure: Complaint?
    var pager = PagerState(wraps: true)
    var times = Times.clock
    var search: LineEditor?
    var lastTicket = 0

    init(id: JobId) { self.id = id }

    public var scope: CommandScope { .jobLog }
    public var trail: [String] {
        ["Recent Sync Activity", "Job \(id)"] + (job?.status == .failed ? ["Error log"] : [])
    }
    public var isTyping: Bool { search != nil }
}
