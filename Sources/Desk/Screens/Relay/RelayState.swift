import Domain
import Services
import TerminalKit

extension WaitingPage: ListPage {}
extension WaitingJob: ListRow { var rowId: JobId { job.id } }

/// The queue of jobs that wait for a person, and below it the question of the selected one with a field for the answer.
struct RelayScreen: ListScreen {
    enum Focus: Hashable, Sendable { case answer, queue }

    var list: ListControl<WaitingJob>
    var focus = Focus.answer
    /// The job whose question stands below the queue; what is typed belongs to it and to no other.
    var shown: WaitingJob?
    var question: RelayService.Question?
    var picture: PixelPicture?
    var answer = LineEditor()
    var isSending = false
    /// The question that was given up for another one; its job keeps its place until that comes.
    var awaited: WaitingJob?
    /// Whether the question that was awaited came, and stands on another page of the queue.
    var isElsewhere = false
    /// The job that the question on the screen is about, whatever is selected when it is answered.
    var jobToCancel: JobId?
    /// What went wrong with this question, in words.
    var problem = ""
    /// Told under the field: what became of the question that stood here.
    var note = ""

    init(settings: DeskSettings) {
        list = ListControl(perPage: settings.pageSize(of: .waitingPageSize))
    }

    var pageSizeSetting: DeskSetting? { .waitingPageSize }
    /// Most of the screen is the question's.
    var fillsScreen: Bool { false }
    var scope: CommandScope { .relay }
    var trail: [String] { ["Waiting for people"] }
    /// Without a question there is nothing to type an answer to.
    var isTyping: Bool { focus == .answer && shown != nil }
    /// Captchas and one-time passwords have no words to go by.
    /// They stand among the screen's own keys.
    var fieldMoves: [(keys: [Key], title: String)] { [] }
    func fieldUses(_ key: Key) -> Bool { key.isOfField && !key.isOfWords }
    var showsSeconds: Bool { list.rows.contains { $0.expiresAt != nil } }

    /// Numbers of requests that are not pages of the queue, whose numbers begin at 1.
    enum Request { static let question = -1, answer = -2, awaited = -3 }

    /// Why no answer can be given; nil when one can.
    func refusal(_ context: ScreenContext) -> String? { context.refusal(.answer) }

    var isCaptcha: Bool { shown?.job.cause == .captchaRequired }
}

extension WaitingJob {
    /// Whether the portal still asks what it asked then.
    func asksTheSame(as other: WaitingJob) -> Bool {
        job.id == other.job.id && since == other.since && expiresAt == other.expiresAt
    }
}
