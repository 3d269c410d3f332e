import Domain
import Services
import TerminalKit

/// One job: what happened, what it means, what to do, and every step.
struct JobLogScreen: Screen {
    enum Times: Int, Hashable, Sendable { case clock, sinceStart, none }

    let id: JobId
    private(set) var job: Job?
    private(set) var entries: [JobLogEntry] = []
    var failure: Complaint?
    /// The file that the question on the screen is about.
    var fileToReplace: String?
    var pager = PagerState(wraps: true)
    private(set) var times = Times.clock
    var search: LineEditor?
    var reading = PageReading()
    /// The steps as lines, made when they come: a log of ten thousand is not laid out anew at every key.
    private(set) var document = Pager(lines: [])

    init(id: JobId) { self.id = id }

    var scope: CommandScope { .jobLog }
    var trail: [String] { ["Recent Sync Activity", "Job \(id)"] + (job?.status == .failed ? ["Error log"] : []) }
    var isTyping: Bool { search != nil }
    /// While the search is typed, letters are letters.
    func hints(_ command: CommandId) -> Bool { search == nil || CommandTable.worksWhileTyping(command) }
    var fieldMoves: [(keys: [Key], title: String)] { [([.enter], "Search"), ([.escape], "Leave the search")] }
    var showsSeconds: Bool { job?.status == .running }

    mutating func show(_ job: Job, _ entries: [JobLogEntry], _ context: ScreenContext) {
        self.job = job
        self.entries = entries
        failure = nil
        lay(context)
    }

    mutating func nextTimes(_ context: ScreenContext) {
        times = Times(rawValue: (times.rawValue + 1) % 3) ?? .clock
        lay(context)
    }

    private mutating func lay(_ context: ScreenContext) {
        let text = JobLogText(entries: entries, times: times, utcOffset: context.utcOffset)
        document = Pager(lines: text.lines, indents: text.indents)
        guard !pager.query.isEmpty else { return }
        // Matches are places in the lines, which have changed; the reader stays where he was.
        let top = pager.top
        document.search(pager.query, &pager, in: size(context))
        pager.top = top
    }
}
