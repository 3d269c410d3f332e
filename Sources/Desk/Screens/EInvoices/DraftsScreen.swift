import Domain
import Services
import TerminalKit

extension InvoiceSurvey.Draft: ListRow { var rowId: String { source } }

/// What files hold, checked: what would be refused and why, and what can be registered. Nothing was sent.
struct DraftsScreen: FramedList {
    /// Which drafts are shown.
    enum Part: String, CaseIterable, Sendable {
        case all = "all"
        case wrong = "with mistakes"
        case ready = "in order"
    }

    let path: String
    var list = ListControl<InvoiceSurvey.Draft>()
    var survey: InvoiceSurvey?
    var part = Part.all
    /// Place of the provider in the survey that a person chose; nil for the best, one that fails giving way to another.
    var chosen: Int?
    var isSending = false

    static var detailRows: Int { 6 }

    init(path: String) { self.path = path }

    var pageSizeSetting: DeskSetting? { nil }
    var scope: CommandScope { .drafts }
    var trail: [String] { ["Drafts"] }
    var openCommand: CommandId? { nil }

    var provider: ActionProvider? {
        survey.flatMap { $0.providers.isEmpty ? nil : $0.providers[(chosen ?? 0) % $0.providers.count] }
    }
    var plan: ActionPlan? { provider.flatMap { survey?.plan($0) } }

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .appeared: return survey == nil ? refresh(context) : []
        // Files do not change by what the worker commits.
        case .changed: return []
        case .answered(.yes("leave")): return send(context)
        case .locked:
            isSending = false
            return updateList(event, context)
        default: return updateList(event, context)
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .eInvoices(.survey(path: path), ticket) }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .surveyed(let found):
            guard let more = show(.init(whole: Self.rows(found, part)), ticket, context) else { return [] }
            survey = found
            return more
        case .queued(let queued): return [.pop, .toast(Self.toast(queued))]
        case .failed:
            isSending = false
            return takeList(loaded, ticket, context)
        default: return takeList(loaded, ticket, context)
        }
    }

    /// Those that a person has to do something about come first.
    private static func rows(_ survey: InvoiceSurvey, _ part: Part) -> [InvoiceSurvey.Draft] {
        switch part {
        case .all: survey.drafts.filter { !$0.isInOrder } + survey.drafts.filter(\.isInOrder)
        case .wrong: survey.drafts.filter { !$0.isInOrder && $0.known == nil || $0.refusal != nil }
        case .ready: survey.drafts.filter(\.isInOrder)
        }
    }

    private static func toast(_ queued: InvoiceBatch.Queued) -> Toast {
        let text = "\(Counted.text(queued.operations.count, "invoice")) queued"
        guard queued.refused > 0 else { return Toast(.success, text, detail: "they go on by themselves") }
        let why = queued.refusals.first ?? "the files were changed since they were checked"
        return Toast(queued.operations.isEmpty ? .danger : .warning, "\(text), \(queued.refused) not", detail: why)
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .register:
            if isSending { return "They are being queued" }
            if survey == nil { return "The files are not checked yet" }
            return plan == nil ? "Nothing here is in order and not registered yet" : nil
        case .provider: return (survey?.providers.count ?? 0) > 1 ? nil : "There is no other provider"
        case .copy: return list.selected == nil ? "No draft is selected" : nil
        default: return listReason(command)
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .register: return plan.map { [.ask(question($0))] } ?? []
        case .provider: chosen = (chosen ?? 0) + 1
        case .nextArea:
            guard let survey else { return [] }
            part = Part.allCases[((Part.allCases.firstIndex(of: part) ?? 0) + 1) % Part.allCases.count]
            list.restart()
            list.show(.init(whole: Self.rows(survey, part)), visibleRows: visibleRows(context))
        case .copy:
            guard let draft = list.selected else { return [] }
            let lines = draft.findings.map(\.line) + [draft.refusal].compactMap(\.self)
            let text = ([draft.source, draft.title] + lines).joined(separator: "\n")
            return [.copy(text + "\n"), .toast(Toast(.info, "What was found sent to the clipboard"))]
        default: return giveList(command, context)
        }
        return []
    }

    private func question(_ plan: ActionPlan) -> Question {
        let count = plan.documents.count
        let others = (survey?.drafts.count ?? count) - count
        let rest = others > 0 ? " \(Counted.text(others, "other")) in these files stay as they are." : ""
        return .leaving(
            plan, title: count == 1 ? "Register this invoice?" : "Register \(count) invoices?",
            body: "What is registered can be taken back for 24 hours only, and its number is then spent.\(rest)",
            yes: "Register")
    }

    private mutating func send(_ context: ScreenContext) -> [Effect] {
        guard !isSending, let survey, let provider, plan != nil else { return [] }
        isSending = true
        return [
            .eInvoices(
                .register(
                    path: path, provider: provider.name, isChosen: chosen != nil, confirmed: survey.confirmable),
                context.ticket(-1))
        ]
    }
}
