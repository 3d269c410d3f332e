import Domain
import Services
import TerminalKit

extension AuditPage: ListPage {}
extension AuditEvent: ListRow { var rowId: Int64 { sequence } }

/// The audit trail, or the part of it that tells the history of one thing.
struct AuditScreen: FramedList {
    let topic: AuditTopic?
    var list: ListControl<AuditEvent>
    var size: Int64 = 0
    var signed: Int64 = 0
    /// Where that comes from whose history this is.
    var origin: AuditOrigin?
    /// What is done with the whole trail: `verifying 12 %`; nil while nothing is.
    private(set) var work: Work?
    var filter = AuditFilter()

    init(topic: AuditTopic?, settings: DeskSettings) {
        self.topic = topic
        list = ListControl(filling: .auditPageSize, settings)
    }

    var pageSizeSetting: DeskSetting? { .auditPageSize }
    var scope: CommandScope { .audit }
    var trail: [String] { topic.map { ["Audit trail", $0.title] } ?? ["Audit trail"] }
    var openCommand: CommandId? { .open }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .audit(let page):
            guard let more = show(page, ticket, context) else { return [] }
            (size, signed, origin) = (page.size, page.signed, page.origin)
            return more
        case .verified(let report):
            work = nil
            return [.push(.auditReport(report))]
        case .auditPaper(let paper):
            work = nil
            return [.push(.auditPaper(paper))]
        case .readingTrail(let done, let total):
            work?.percent = total > 0 ? Int(done * 100 / total) : 0
            return []
        case .done, .failed:
            if ticket.number == Self.whole { work = nil }
            return takeList(loaded, ticket, context)
        default: return takeList(loaded, ticket, context)
        }
    }

    struct Work: Sendable {
        var words: String
        var percent: Int?

        var line: String { percent.map { "\(words) \($0) %" } ?? "\(words)…" }
    }

    /// Numbers what is asked of the whole trail; its answer is told wherever somebody has gone meanwhile.
    private static let whole = -7

    private mutating func begin(_ words: String, _ wish: AuditWish, _ context: ScreenContext) -> [Effect] {
        work = Work(words: words)
        return [.audit(wish, Ticket(screen: context.screen, number: Self.whole, isAwaited: true))]
    }

    mutating func filterChanged(_ context: ScreenContext) {
        let own = context.refusal(.auditAll) == nil ? nil : context.user?.name
        filter = AuditFilter(list.filter.text, offset: context.utcOffset, own: own)
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect {
        var query = filter.query
        query.thread = topic?.thread
        return .audit(.page(query, page: list.page, perPage: list.perPage), ticket)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .open, .copy, .proveRecord: list.selected == nil ? "No record is selected" : nil
        case .verify, .signCheckpoint: work.map { "One thing at a time: \($0.words) the trail" }
        case .export: context.refusal(.auditAll) ?? work.map { "One thing at a time: \($0.words) the trail" }
        default: listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return list.selected.map { [.push(.auditRecord($0.sequence))] } ?? []
        case .copy: return list.selected.map { copied("\($0.sequence)") } ?? []
        case .verify: return begin("verifying", .verify, context)
        case .signCheckpoint: return begin("signing", .sign, context)
        case .trailKeys: return [.push(.auditKeys)]
        case .proveRecord: return list.selected.map { [.prompt(AuditProof.prompt(of: $0.sequence, context))] } ?? []
        case .export:
            return [
                .prompt(
                    Prompt(
                        id: "export", title: "Export the audit trail", label: "Folder",
                        initial: "\(context.settings.exportFolder)/audit-export",
                        hint: "A new folder that an auditor checks without PortalDesk"))
            ]
        default: return giveList(command, context)
        }
    }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .answered(.text("export", let folder)): return begin("exporting", .export(folder), context)
        case .answered(let answer): return AuditProof.effect(answer, context).map { [$0] } ?? updateList(event, context)
        default: return updateList(event, context)
        }
    }
}

extension AuditScreen {
    func heading(_ context: ScreenContext) -> ListHeading {
        ListHeading(
            title: topic.map { "History of \($0.title)" } ?? "Audit trail",
            placeholder: "who  what  GSTIN  outcome  day", notes: list.isLoaded ? notes(context) : [],
            warning: filter.problem)
    }

    /// What the list counts: of a history its own records, of the trail how far it is signed; and whose they are, for
    /// those who see their own.
    private func notes(_ context: ScreenContext) -> [[Line]] {
        if let work { return [[Line(work.line, .info)]] }
        let total = list.total ?? 0
        let own = context.refusal(.auditAll) == nil ? "" : "only what you did"
        let parts: [String]
        if topic != nil {
            parts = [Counted.text(total, "record"), origin.map { AuditWords.origin($0, context.day) } ?? "", own]
        } else {
            let covered = size == signed ? "all" : Int(signed).grouped
            parts = [
                own.isEmpty ? "" : "\(total.grouped) yours", "\(Counted.text(Int(size), "record"))",
                context.trailProblem == nil ? "\(covered) signed" : "",
            ]
        }
        var lines = parts.filter { !$0.isEmpty }.map { Line($0, .muted) }
        if context.trailProblem != nil { lines.insert(Line("✗ does not hold", .danger), at: 0) }
        return [lines, Array(lines.prefix(2)), Array(lines.prefix(1))]
    }

    func detail(_ context: ScreenContext, width: Int) -> [Line] {
        guard let event = list.selected else { return [] }
        let more = [event.correlation, event.reference].filter { !$0.isEmpty }.map { " · \($0)" }.joined()
        let head =
            Line("\(event.sequence) ", .heading, .bold) + Line(AuditVocabulary.title(event.action), .heading)
            + Line(" · \(context.full(event.at))\(more)", .muted)
        guard let call = event.call else {
            return [head] + Text.wrap(AuditWords.told(event).startingUpper, to: width, lines: 2).map { Line($0) }
        }
        let end = [AuditWords.callEnd(event), AuditWords.time(event)].filter { !$0.isEmpty }.joined(separator: " · ")
        return [head, Line("\(call.method) \(call.host)\(call.route)"), Line(end.startingUpper, .muted)]
    }

    func columns(_ context: ScreenContext) -> [TableColumn] {
        let outcome = TableColumn(id: "outcome", title: "Outcome", width: .fixed(15))
        guard isNarrow(context) else {
            return [
                TableColumn(id: "seq", title: "Seq", width: .fixed(7), alignment: .right),
                TableColumn(id: "at", title: "At", width: .fixed(19)),
                TableColumn(id: "actor", title: "Who", width: .flexible(least: 8, weight: 1)),
                TableColumn(id: "action", title: "What", width: .flexible(least: 16, weight: 9)),
                TableColumn(id: "subject", title: "To what", width: .fixed(21)), outcome,
            ]
        }
        return [
            TableColumn(id: "at", title: "At", width: .fixed(11)),
            TableColumn(id: "actor", title: "Who", width: .fixed(8)),
            TableColumn(id: "action", title: "What", width: .flexible(least: 16, weight: 1)),
            TableColumn(id: "subject", title: "To what", width: .fixed(21)), outcome,
        ]
    }

    /// Where the day stands for the whole moment; that and the number stand below the rows.
    private func isNarrow(_ context: ScreenContext) -> Bool { context.rect.width < 100 }

    func emptyText(_ context: ScreenContext) -> String {
        guard topic != nil else { return "Nothing is on record that you may see." }
        let origin = origin.map { " \(AuditWords.origin($0, context.day).startingUpper)." } ?? ""
        return "Nothing is on record of it that you may see.\(origin)"
    }

    func cells(_ event: AuditEvent, serial: Int, _ context: ScreenContext) -> [Line] {
        let what = event.call.map { "\($0.method) \($0.host)\($0.route)" } ?? AuditWords.told(event).startingUpper
        let cells = [
            Line(isNarrow(context) ? context.day(event.at) : context.full(event.at)), Line(event.actor), Line(what),
            Line(AuditWords.subject(event)), AuditBadge.line(event),
        ]
        return isNarrow(context) ? cells : [Line(String(event.sequence), .muted)] + cells
    }
}
