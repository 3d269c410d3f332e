import Domain
import Services
import TerminalKit

extension ProviderStanding: ListRow { var rowId: String { name } }

/// Who reaches the portals, and how they do: calls and their success, circuits, what stands in the way.
struct ProvidersScreen: FramedList {
    var list = ListControl<ProviderStanding>()
    /// Provider files that cannot be used.
    var broken: [String] = []
    /// What a provider said when it was asked last, and when that was.
    var answers: [String: (at: Instant, line: Line)] = [:]
    /// The one that is being asked.
    var testing: String?
    /// What the question on the screen is about.
    var toRetry: ProviderStanding?
    var toRemove: ProviderStanding?
    var lastRetry = LastDeed<[Job]>()

    static let detailRows = 10
    var pageSizeSetting: DeskSetting? { nil }
    var scope: CommandScope { .providers }
    var trail: [String] { ["Providers"] }

    /// A test has a ticket of its own, so that its failure is told from that of the list.
    private static let test = -1

    mutating func update(_ event: ScreenEvent, _ context: ScreenContext) -> [Effect] {
        switch event {
        case .answered(.yes("retry")): return toRetry.map { [.providers(.retry($0.name), context.ticket(0))] } ?? []
        case .answered(.yes("remove")): return toRemove.map { [.providers(.remove($0.name), context.ticket(0))] } ?? []
        default: return updateList(event, context)
        }
    }

    func pageRead(_ ticket: Ticket, _ context: ScreenContext) -> Effect { .providers(.standings, ticket) }

    mutating func take(_ loaded: Loaded, _ ticket: Ticket, _ context: ScreenContext) -> [Effect] {
        switch loaded {
        case .providers(let standings, let files):
            guard let more = show(.init(whole: standings), ticket, context) else { return [] }
            broken = files
            return more
        case .providerAnswers(let name, let said):
            testing = nil
            answers[name] = (context.now, Self.line(said))
        case .retried(let retried):
            lastRetry.remember(retried.before.isEmpty ? nil : retried.before)
            return [.toast(Toast(retried, undo: context.label(.undo, .providers)))] + refresh(context)
        case .done:
            if ticket.number == Ticket.undo { lastRetry.undone(true) }
            return takeList(loaded, ticket, context) + refresh(context)
        case .failed where ticket.number == Ticket.undo:
            lastRetry.undone(false)
            return takeList(loaded, ticket, context)
        case .failed(let complaint) where ticket.number == Self.test:
            if let testing { answers[testing] = (context.now, Line("✗ \(complaint.description)", .danger)) }
            testing = nil
        default: return takeList(loaded, ticket, context)
        }
        return []
    }

    private static func line(_ answers: [ProviderService.Answer]) -> Line {
        let parts = answers.map { answer in
            let said = answer.message.isEmpty ? "" : ": \(HarmlessText.line(answer.message, limit: 80))"
            switch answer.state {
            case "up": return Line("✓ \(answer.portal.shortName) up\(said)", .success)
            case "down": return Line("✗ \(answer.portal.shortName) down\(said)", .danger)
            default: return Line("! \(answer.portal.shortName) \(answer.state)\(said)", .warning)
            }
        }
        guard let first = parts.first else { return Line("it answers, and says nothing of any portal", .muted) }
        return parts.dropFirst().reduce(first) { $0 + Line(" · ", .muted) + $1 }
    }

    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .test:
            guard let standing = list.selected else { return "No provider is selected" }
            if let testing { return "\(testing) is being asked" }
            return standing.file == nil ? "\(standing.name) has no file any more" : nil
        case .retry:
            guard let standing = list.selected else { return "No provider is selected" }
            return standing.troubles.isEmpty && standing.waiting == nil
                ? "Nothing stands because of \(standing.name)" : nil
        case .remove:
            guard let standing = list.selected else { return "No provider is selected" }
            guard standing.logins == 0 else {
                let logins = Counted.text(standing.logins, "login")
                return "\(logins) were given to \(standing.name): move them first, with account provider"
            }
            return nil
        case .undo: return lastRetry.value == nil ? "Nothing was retried here that could be taken back" : nil
        case .copy: return list.selected?.file == nil ? "No address is known" : nil
        default: return nil
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .test:
            testing = list.selected?.name
            return testing.map { [.providers(.test($0), context.ticket(Self.test))] } ?? []
        case .retry:
            toRetry = list.selected
            return toRetry.map { [.ask(question($0, context))] } ?? []
        case .remove:
            toRemove = list.selected
            return toRemove.map { [.ask(removal($0))] } ?? []
        case .undo:
            return lastRetry.undo().map { [.providers(.takeBack($0), context.ticket(Ticket.undo))] } ?? []
        case .checkFiles: return [.push(.providerFiles)]
        case .copy: return list.selected?.file.map { copied($0.address) } ?? []
        default: return giveList(command, context)
        }
    }

    private func removal(_ standing: ProviderStanding) -> Question {
        let file = standing.file == nil ? "What was counted of it goes" : "Its file and its secrets go"
        return Question(
            id: "remove", title: "Remove \(Text.clip(standing.name, to: 40))?",
            body: "\(file); what it delivered stays. It is refused while it serves logins or has open operations.",
            yes: "Remove")
    }

    private func question(_ standing: ProviderStanding, _ context: ScreenContext) -> Question {
        let jobs = standing.troubles.reduce(0) { $0 + $1.jobs.count }
        let actions = standing.waiting?.ids.count ?? 0
        var kinds = standing.troubles.map { "\($0.cause.title) \($0.jobs.count)" }
        if actions > 0 { kinds.append(Counted.text(actions, "GSTN action")) }
        let what = [jobs > 0 ? Counted.text(jobs, "job") : nil, actions > 0 ? Counted.text(actions, "action") : nil]
        let wait = standing.nextProbe(at: context.now).map {
            " \(standing.name) is left alone until \(context.clock($0)); they wait so long."
        }
        let count = jobs + actions
        return Question(
            id: "retry", title: "Retry \(what.compactMap(\.self).joined(separator: " and "))?",
            body: "All that stands because of \(standing.name): \(kinds.joined(separator: ", ")).\(wait ?? "")",
            yes: "Retry \(count == 1 ? "it" : "all \(count.grouped)")")
    }
}
