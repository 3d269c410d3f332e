import Domain
import Services
import TerminalKit

/// One layer of the desk: a value that answers events with effects and draws itself. Pure: no clock, no disk inside.
protocol Screen: Sendable {
    var scope: CommandScope { get }
    /// Words of the breadcrumb line.
    var trail: [String] { get }
    /// While true, plain characters are text and not commands.
    var isTyping: Bool { get }
    /// Whether the field that has the focus does something with a key that types nothing.
    func fieldUses(_ key: Key) -> Bool
    /// What Enter, Tab and the like do while somebody types, for the help.
    var fieldMoves: [(keys: [Key], title: String)] { get }
    /// Whether leaving would lose what somebody has typed here to save it.
    var holdsUnsaved: Bool { get }
    /// A panel or dialog leaves the screen below visible, dimmed.
    var isPanel: Bool { get }

    /// What its filter says, for whoever goes to another module and comes back; empty where nothing is filtered.
    var keptFilter: String { get }
    /// Takes up a filter before anything is read.
    mutating func takeUp(filter: String, _ context: ScreenContext)

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect]
    /// Whether the time that passes is on the screen, second by second.
    var showsSeconds: Bool { get }
    /// Draws into `rect` and tells what lies where.
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn
    /// Why a command cannot be given now, in words; nil when it can.
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String?
    /// Whether the hints bar names a command that has a hint: false while it would only distract.
    func hints(_ command: CommandId) -> Bool
    /// What the audit trail can tell the history of here: what is selected, or what the screen is about.
    var auditTopic: AuditTopic? { get }
}

/// What drawing a screen tells: what lies where, and where the text cursor stands.
struct Drawn: Sendable {
    var hits = HitMap()
    var cursor: Point?
}

extension Screen {
    var isTyping: Bool { false }
    func fieldUses(_ key: Key) -> Bool { key.isOfField }
    var fieldMoves: [(keys: [Key], title: String)] {
        [
            ([.tab, .backtab], "To the next field, to the one before"),
            ([.enter], "On; at the end, what the button says"),
        ]
    }
    var holdsUnsaved: Bool { false }
    var isPanel: Bool { false }
    var showsSeconds: Bool { false }
    var keptFilter: String { "" }
    mutating func takeUp(filter: String, _ context: ScreenContext) {}
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? { nil }
    func hints(_ command: CommandId) -> Bool { true }
    var auditTopic: AuditTopic? { nil }
}

extension Key {
    /// Whether fields and forms move or edit by it.
    var isOfField: Bool {
        switch self {
        case .enter, .tab, .backtab, .escape, .up, .down, .pageUp, .pageDown: true
        default: LineEditor.uses(self)
        }
    }

    /// Whether it goes by words, as in a shell.
    var isOfWords: Bool { self == .alt("b") || self == .alt("f") || self == .alt("d") }
}

/// What happens to a screen.
enum ScreenEvent: Sendable {
    /// It came up, or came back to the top.
    case appeared
    case command(CommandId)
    /// A key that is no command here.
    case key(Key)
    case paste(String)
    case mouse(HitTarget, MouseEvent)
    case loaded(Loaded, Ticket)
    /// Something was committed to the workspace, by whichever process.
    case changed
    /// The summary behind header and cards was read again.
    case summary
    /// A dialog that this screen asked for was answered.
    case answered(Answer)
    case resized
    case focusLost
    /// What was done on the screen above with the marked rows is done.
    case unmark
    /// The desk was locked: what is secret on this screen goes.
    case locked
    /// Time went on.
    case tick
}

/// What every screen may know about the world around it. Values only.
struct ScreenContext: Sendable {
    /// Number of the screen on the stack; tickets carry it.
    var screen: Int
    var now: Instant
    /// Seconds east of UTC of the desk's time zone.
    var utcOffset: Int
    var size: Size
    var rect: Rect
    var summary: DeskSummary
    var isSandbox: Bool
    var keys: KeyMap
    var settings: DeskSettings
    /// Who is at the desk.
    var user: Person?
    var isDemo: Bool
    /// Why the audit trail does not hold; nil when nothing is known against it.
    var trailProblem: String?

    /// Why this person may not do something; nil when they may. The service asks again.
    func refusal(_ deed: Deed) -> String? {
        guard let user, case .refused(let reason) = user.may(deed) else { return nil }
        return "Not permitted: \(reason)"
    }

    func ticket(_ number: Int) -> Ticket { Ticket(screen: screen, number: number) }
    /// For a question to an authority: its answer is told wherever somebody has gone meanwhile.
    var awaited: Ticket { Ticket(screen: screen, number: Ticket.awaited, isAwaited: true) }

    /// By the desk's clock.
    var today: LegalDate { CivilTime(now, offset: utcOffset).date }
    /// The day by which due dates are judged.
    var indianDay: LegalDate { .inIndia(now) }
    func full(_ instant: Instant) -> String { TimeText.full(instant, offset: utcOffset) }
    func clock(_ instant: Instant) -> String { TimeText.clock(instant, offset: utcOffset) }
    /// `today 18:42`, else the date.
    func day(_ instant: Instant) -> String {
        let date = CivilTime(instant, offset: utcOffset).date
        return date == today ? "today \(minute(instant))" : TimeText.date(date)
    }

    /// How long ago in days, as people say it.
    func age(_ instant: Instant) -> String {
        let days = today.dayNumber - CivilTime(instant, offset: utcOffset).date.dayNumber
        return days <= 0 ? "today" : days == 1 ? "yesterday" : "\(days) days ago"
    }

    /// `18:42` of today, of another day with its date before it.
    func moment(_ instant: Instant) -> String {
        let date = CivilTime(instant, offset: utcOffset).date
        return date == today ? minute(instant) : "\(TimeText.date(date)) \(minute(instant))"
    }

    func minute(_ instant: Instant) -> String { TimeText.minute(instant, offset: utcOffset) }

    /// The key that the user presses for a command here, as a label; empty when it has none.
    func label(_ command: CommandId, _ scope: CommandScope) -> String {
        keys.labels(for: command, in: scope).first ?? ""
    }
}

/// The screens that can be put on the stack, with what they are about.
public enum ScreenKind: Hashable, Sendable {
    case portals
    case configure(Portal, identity: PortalIdentity?)
    case editLogin(PortalAccount)
    case jobLog(JobId)
    case notices(identity: PortalIdentity?)
    /// Notices & Orders with a filter set already, under a name of its own in the trail.
    case noticesOf(title: String, identity: PortalIdentity?, filter: String)
    case noticeCalendar(identity: PortalIdentity?, filter: String)
    case noticeStory(Notice)
    case addNotice(identity: PortalIdentity?)
    case businesses
    case editBusiness(Business?)
    /// What an import refused, line by line.
    case importRefusals(ImportSummary)
    case inbox
    case history(PortalAccount)
    case authenticator
    case relay
    case sessions
    case connect(PortalIdentity, business: String)
    case coverage(identity: PortalIdentity?)
    case operations
    case operation(OperationId)
    case eInvoices
    case eInvoice(OperationId)
    /// What was found in an invoice or a bill of a file, before any of it is sent.
    case draft(InvoiceSurvey.Draft)
    case cancelInvoice(EInvoice)
    case eWayBills(isWatching: Bool)
    case makeBill(EInvoice)
    /// The form of one kind of change.
    case changeBill(StandingBill, OperationKind)
    /// The form of a consolidated bill for several that stand.
    case consolidate([StandingBill])
    /// An invoice as a portal showed it.
    case readInvoice(ReadInvoice)
    /// An e-way bill as the system showed it.
    case readBill(ReadBill)
    case strays
    case stray(StrayId)
    /// The audit trail, or what it tells of one thing.
    case audit(AuditTopic?)
    case auditRecord(Int64)
    case auditReport(TrailService.Report)
    /// A checkpoint that was signed, or what a change of the key came to.
    case auditPaper(AuditPaper)
    case auditKeys
    case failures
    case schedules
    case addSchedule(quietHours: QuietHours?)
    case authority(PortalIdentity, business: String)
    case providers
    case providerFiles
    case apiUsers
    /// Files that TRACES was asked to make.
    case tdsRequests
    /// The form for one more.
    case tdsRequest(TdsRequestService.Draft)
    /// The form of one; nil for a new one, with those through whom it can be.
    case apiUser(ApiUserService.Entry?, providers: [String])
    /// A support bundle, with what the screen showed from which it was asked for.
    case support(SupportScreenText)
    /// Texts of a bundle, or what masks stand for.
    case supportText(SupportText)
}
