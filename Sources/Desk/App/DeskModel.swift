import Domain
import Services
import TerminalKit

/// The whole desk as one value. `handle` is pure: input in, effects out; `frame` draws what there is.
public struct DeskModel: Sendable {
    struct Layer: Sendable {
        var id: Int
        var screen: any Screen
    }

    struct ShownToast: Sendable {
        var id: Int
        var toast: Toast
        /// The screen that it was shown on; nil until what came with it is done.
        var layer: Int?
    }

    public internal(set) var size: Size
    var stack: [Layer] = []
    var overlay: OverlayState?
    /// Where somebody goes who says yes to losing what a form holds.
    var destination = Destination.layer(0)
    /// The prompt that somebody was about to leave, and what was typed into it, while they are asked whether they mean it.
    var held: (prompt: Prompt, typed: LineEditor)?
    var toasts: [ShownToast] = []
    /// A page of lines that an import refused, which came while something else was in the way: it is shown over the
    /// businesses as soon as they are in front.
    var unseenPage: ScreenKind?
    /// What the filter of each module said when somebody left it.
    var filters: [CommandScope: String] = [:]
    var summary = DeskSummary(portals: [])
    /// What is wrong with the audit trail; nil when nothing is known to be.
    var trailProblem: String?
    var settings: DeskSettings
    var keys: KeyMap
    var isSandbox: Bool
    var now: Instant
    var utcOffset: Int
    /// Who is at the desk; nil until somebody has logged in.
    var user: Person?
    /// Whether the demo's user and password may be named on the lock.
    var isDemo: Bool
    var lock: LockState?
    /// Work waits, and no worker is there to do it.
    var isWorkerMissing = false
    var isMouseOn: Bool
    public internal(set) var isFinished = false
    private var nextId = 1

    public init(
        size: Size, settings: DeskSettings, keys: KeyMap, isSandbox: Bool, now: Instant, utcOffset: Int, user: Person?,
        isDemo: Bool = false, isMouseOn: Bool = true
    ) {
        self.size = size
        self.settings = settings
        self.keys = keys
        self.isSandbox = isSandbox
        self.now = now
        self.utcOffset = utcOffset
        self.user = user
        self.isDemo = isDemo
        self.isMouseOn = isMouseOn
    }

    mutating func freshId() -> Int {
        nextId += 1
        return nextId
    }

    /// Puts the first screen up, with what was read for the first paint when there is any.
    public mutating func start(summary: DeskSummary, page: ActivityPage?) -> [Effect] {
        self.summary = summary
        var screen = PortalsScreen(settings: settings)
        let id = freshId()
        if let page { screen.show(page, context(layer: id)) }
        stack = [Layer(id: id, screen: screen)]
        return page == nil ? send(.appeared) : []
    }

    var top: Layer? { stack.last }
    var scope: CommandScope { top?.screen.scope ?? .everywhere }

    func context(layer: Int) -> ScreenContext {
        ScreenContext(
            screen: layer, now: now, utcOffset: utcOffset, size: size, rect: rect(ofLayer: layer), summary: summary,
            isSandbox: isSandbox, keys: keys, settings: settings, user: user, isDemo: isDemo, trailProblem: trailProblem
        )
    }

    /// Hands an event to the top screen.
    mutating func send(_ event: ScreenEvent) -> [Effect] {
        guard let index = stack.indices.last else { return [] }
        return send(event, to: index)
    }

    mutating func send(_ event: ScreenEvent, to index: Int) -> [Effect] {
        let context = context(layer: stack[index].id)
        let id = stack[index].id
        let effects = stack[index].screen.update(event, context)
        return carryOut(event.isByPerson ? askedBeforeLosing(effects, at: index) : effects, from: id)
    }

    /// Whether the top screen shows time passing second by second.
    public var showsSeconds: Bool { lock == nil && top?.screen.showsSeconds ?? false }

    /// Applies the effects that change only the desk itself; what is left is for the runner.
    ///
    /// - Parameter layer: the screen they come from; nil for the desk's own.
    mutating func carryOut(_ effects: [Effect], from layer: Int? = nil) -> [Effect] {
        var rest: [Effect] = []
        let isOnTop = layer == nil || layer == top?.id && overlay == nil
        for effect in effects {
            switch effect {
            // A late answer puts nothing over what somebody has gone on to.
            case .push(let kind):
                if isOnTop { rest += push(kind) } else if case .importRefusals = kind { unseenPage = kind }
            case .replace(let kind):
                stack.removeLast(min(1, stack.count))
                rest += push(kind)
            case .pop: rest += pop(layer)
            case .unmark: rest += send(.unmark)
            case .remember(let setting, let value):
                settings.apply(setting, value)
                rest.append(effect)
            case .keepDrafts(let choice): settings.drafts = choice
            case .toast(let toast): rest.append(show(toast))
            case .ask(let question):
                // A late question takes no key that was meant for something else, and hides nothing that is typed.
                if isOnTop {
                    overlay = .question(question, focused: 1, scroll: 0)
                } else {
                    rest.append(show(Self.unasked(question.title)))
                }
            case .prompt(let prompt):
                overlay = .prompt(prompt, LineEditor(prompt.initial), isRefused: !prompt.refusal.isEmpty)
            case .openMenu(let menu):
                overlay = .menu(menu, selected: menu.entries.firstIndex { $0.disabledReason == nil } ?? 0)
            case .lock: rest += lock(.byPerson)
            case .unlocked: rest += open()
            case .quit:
                isFinished = true
                rest.append(.quit)
            case .setMouse(let isOn):
                isMouseOn = isOn
                rest.append(effect)
            default: rest.append(effect)
            }
        }
        return rest
    }

    /// What is said in place of a question for which it is too late.
    static func unasked(_ title: String) -> Toast {
        Toast(.warning, "Nothing was done, for you had gone on", detail: title)
    }

    /// - Parameter filter: what its filter said before; nil for a screen that begins anew.
    mutating func push(_ kind: ScreenKind, filter: String? = nil) -> [Effect] {
        let screen: any Screen =
            switch kind {
            case .portals: PortalsScreen(settings: settings)
            case .configure(let portal, let identity):
                ConfigureScreen(portal: portal, identity: identity, settings: settings)
            case .editLogin(let account): EditLoginScreen(account: account)
            case .jobLog(let id): JobLogScreen(id: id)
            case .notices(let identity): NoticesScreen(identity: identity, settings: settings)
            case .noticesOf(let title, let identity, let filter):
                NoticesScreen(identity: identity, settings: settings, title: title, filter: filter)
            case .noticeCalendar(let identity, let filter): NoticeCalendarScreen(identity: identity, filter: filter)
            case .noticeStory(let notice): NoticeStoryScreen(notice: notice)
            case .addNotice(let identity): AddNoticeScreen(identity: identity)
            case .businesses: BusinessesScreen(settings: settings)
            case .editBusiness(let business): EditBusinessScreen(business: business)
            case .importRefusals(let summary): ImportRefusalsScreen(summary: summary)
            case .inbox: InboxScreen()
            case .history(let account): HistoryScreen(account: account)
            case .authenticator: AuthenticatorScreen()
            case .relay: RelayScreen(settings: settings)
            case .sessions: SessionsScreen(settings: settings)
            case .connect(let identity, let business): ConnectScreen(identity: identity, business: business)
            case .coverage(let identity): CoverageScreen(identity: identity, settings: settings)
            case .strays: StraysScreen(settings: settings)
            case .audit(let topic): AuditScreen(topic: topic, settings: settings)
            case .auditRecord(let sequence): AuditRecordScreen(sequence: sequence)
            case .auditReport(let report): AuditReportScreen(report: report)
            case .auditPaper(let paper): AuditPaperScreen(paper: paper)
            case .auditKeys: AuditKeysScreen()
            case .operations: OperationsScreen(settings: settings)
            case .operation(let id): OperationScreen(id: id)
            case .eInvoices: EInvoicesScreen(settings: settings)
            case .eInvoice(let id): EInvoiceScreen(id: id)
            case .draft(let draft): DraftScreen(draft: draft)
            case .cancelInvoice(let invoice): CancelInvoiceScreen(invoice: invoice)
            case .eWayBills(let isWatching): EWayBillsScreen(settings: settings, isWatching: isWatching)
            case .makeBill(let invoice): MakeBillScreen(invoice: invoice)
            case .changeBill(let bill, let kind): ChangeBillScreen(bill: bill, kind: kind)
            case .consolidate(let bills): ConsolidateScreen(bills: bills)
            case .readInvoice(let invoice): ReadInvoiceScreen(invoice: invoice)
            case .readBill(let bill): ReadBillScreen(bill: bill)
            case .stray(let id): StrayScreen(id: id)
            case .failures: FailuresScreen(settings: settings)
            case .schedules: SchedulesScreen()
            case .addSchedule(let quietHours): AddScheduleScreen(quietHours: quietHours)
            case .authority(let identity, let business): AuthorityScreen(identity: identity, business: business)
            case .providers: ProvidersScreen()
            case .providerFiles: ProviderFilesScreen()
            case .apiUsers: ApiUsersScreen()
            case .tdsRequests: TdsRequestsScreen()
            case .tdsRequest(let draft): TdsRequestForm(draft: draft)
            case .apiUser(let user, let providers): ApiUserForm(existing: user, providers: providers)
            case .support(let origin): SupportScreen(origin: origin)
            case .supportText(let text): SupportTextScreen(text)
            }
        // What a layer shows for seconds only does not wait under another one, whose clock it would not hear.
        let covered = send(.focusLost)
        let id = freshId()
        stack.append(Layer(id: id, screen: screen))
        if let filter, !filter.isEmpty { stack[stack.count - 1].screen.takeUp(filter: filter, context(layer: id)) }
        return covered + send(.appeared)
    }

    /// Takes a layer away, by default the top one; the last one stays. A screen that ends by itself may lie deeper.
    private mutating func pop(_ layer: Int?) -> [Effect] {
        guard let index = layer.map({ id in stack.firstIndex { $0.id == id } }) ?? stack.indices.last, index > 0
        else { return [] }
        let isTop = index == stack.count - 1
        if index == 1 { keepFilter() }
        stack.remove(at: index)
        return isTop ? send(.appeared) : []
    }

    /// Notes what the module that is left was filtered by: who comes back finds it so. Esc clears a filter before it leaves.
    mutating func keepFilter() {
        guard let screen = stack.dropFirst().first?.screen else { return }
        filters[screen.scope] = screen.keptFilter
    }

    mutating func show(_ toast: Toast) -> Effect {
        let id = freshId()
        toasts.append(ShownToast(id: id, toast: toast))
        if toasts.count > 3 { toasts.removeFirst() }
        return .expireToast(id, isLong: toast.kind == .danger)
    }

    /// A toast goes with the screen that it was shown on; what went wrong stays until its time is over.
    ///
    /// - Parameter before: the top screen before the input that was just answered.
    mutating func settleToasts(since before: Int?) {
        let now = top?.id
        for index in toasts.indices where toasts[index].layer == nil { toasts[index].layer = now }
        guard before != now else { return }
        toasts.removeAll { $0.layer != now && $0.toast.kind != .danger }
    }

    /// Tells what came of something that a screen had asked for which is not there any more.
    mutating func tell(_ loaded: Loaded) -> [Effect] {
        switch loaded {
        case .done(let text): [show(Toast(.success, text))]
        case .told(let text, let detail): [show(Toast(.warning, text, detail: detail))]
        case .failed(let complaint): [show(Toast(complaint))]
        case .supportWritten(let written):
            [
                show(
                    Toast(
                        .success, "The support bundle is written", detail: HarmlessText.line(written.path, limit: 400)))
            ]
        case .verified(let report): [show(Toast(report))]
        case .auditPaper(let paper), .trailResumed(let paper): [show(Toast(.success, paper.head))]
        case .readBill(let bill): [show(Toast(bill, now, utcOffset))]
        case .readInvoice(let invoice): [show(Toast(invoice))]
        case .imported(let summary): told(summary)
        default: []
        }
    }
}
