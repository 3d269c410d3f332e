import Domain
import Services
import TerminalKit

/// One layer of the desk: a value that answers events with effects and draws itself. Pure: no clock, no disk inside.
public protocol Screen: Sendable {
    var scope: CommandScope { get }
    /// Words of the breadcrumb line.
    var trail: [String] { get }
    /// While true, plain characters are text and not commands.
    var isTyping: Bool { get }
    /// A panel or dialog leaves the screen below visible, dimmed.
    var isPanel: Bool { get }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect]
    /// Draws into `rect` and tells what lies where.
    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> HitMap
    /// Why a command cannot be given now, in words; nil when it can.
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String?
    /// Where the text cursor stands, when the screen shows one.
    func cursor(in rect: Rect, _ context: ScreenContext) -> Point?
}

extension Screen {
    public var isTyping: Bool { false }
    public var isPanel: Bool { false }
    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? { nil }
    public func cursor(in rect: Rect, _ context: ScreenContext) -> Point? { nil }
}

/// What happens to a screen.
public enum ScreenEvent: Sendable {
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
}

/// What every screen may know about the world around it. Values only.
public struct ScreenContext: Sendable {
    /// Number of the screen on the stack; tickets carry it.
    public var screen: Int
    public var now: Instant
    /// Seconds east of UTC of the desk's time zone.
    public var utcOffset: Int
    public var size: Size
    public var rect: Rect
    public var summary: DeskSummary
    public var isSandbox: Bool
    public var keys: KeyMap
    public var settings: DeskSettings

    public func ticket(_ number: Int) -> Ticket { Ticket(screen: screen, number: number) }

    public var today: LegalDate { CivilTime(now, offset: utcOffset).date }
    public func full(_ instant: Instant) -> String { TimeText.full(instant, offset: utcOffset) }
    public func clock(_ instant: Instant) -> String { TimeText.clock(instant, offset: utcOffset) }
    public func minute(_ instant: Instant) -> String { TimeText.minute(instant, offset: utcOffset) }

    /// The key that the user presses for a command here, as a label; empty when it has none.
    public func label(_ command: CommandId, _ scope: CommandScope) -> String {
        keys.keys(for: command, in: scope).first?.label ?? ""
    }
}

/// Choices of the user that the desk remembers between runs.
public struct DeskSettings: Hashable, Sendable {
    public var pageSize: Int
    public var activitySort: ActivitySort
    public var noticeSort: NoticeQuery.SortField
    public var isNoticeSortDescending: Bool
    /// Where saved logs and exports go unless a path says otherwise.
    public var exportFolder: String
    public var userName: String

    public init(
        pageSize: Int = 20, activitySort: ActivitySort = ActivitySort(), noticeSort: NoticeQuery.SortField = .due,
        isNoticeSortDescending: Bool = false, exportFolder: String = ".", userName: String = ""
    ) {
        self.pageSize = pageSize
        self.activitySort = activitySort
        self.noticeSort = noticeSort
        self.isNoticeSortDescending = isNoticeSortDescending
        self.exportFolder = exportFolder
        self.userName = userName
    }
}

/// The screens that can be put on the stack, with what they are about.
public enum ScreenKind: Hashable, Sendable {
    case portals
    case configure(Portal, identity: PortalIdentity?)
    case editLogin(PortalAccount)
    case jobLog(JobId)
    case notices(identity: PortalIdentity?)
    case businesses
    case editBusiness(Business?)
}
