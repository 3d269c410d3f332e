import Domain
import Services
import TerminalKit

extension FailuresScreen {
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .act:
            guard let group else { return "Nothing has failed" }
            return refusal(group.key.action, context)
        case .open, .errorLog, .editCredential, .copy: return list.selected == nil ? "No job is selected" : nil
        case .retry:
            guard let group, list.selected != nil else { return "No job is selected" }
            return group.key.isWaiting ? "These jobs wait for a person, not for another try" : nil
        case .undo: return lastRetry.value == nil ? "Nothing was retried here that could be taken back" : nil
        case .nextArea: return groups.isEmpty ? "Nothing has failed" : nil
        default: return listReason(command)
        }
    }

    /// Why this person may not do what helps; nil when they may.
    func refusal(_ action: CauseAction, _ context: ScreenContext) -> String? {
        switch action {
        case .fixLogin: context.refusal(.editCredential)
        case .verify, .connect: context.refusal(.verify)
        case .retry: context.refusal(.controlJobs)
        // Whoever may not record it may read there what is.
        case .answer, .look, .authorise: nil
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .act: return act(context)
        case .open:
            if focus == .groups { focus = .jobs } else { return list.selected.map { [.push(.jobLog($0.id))] } ?? [] }
        case .nextArea: focus = focus == .groups ? .jobs : .groups
        case .errorLog: return list.selected.map { [.push(.jobLog($0.id))] } ?? []
        case .editCredential: return list.selected.map { [.loadAccount($0.identity, context.ticket(0))] } ?? []
        case .retry:
            let ids = list.targets.map(\.id)
            list.clearMarks()
            return [.retry(ids, context.ticket(0))]
        case .undo:
            return lastRetry.undo().map { [.failures(.takeBack($0), context.ticket(Ticket.undo))] } ?? []
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        case .back:
            if focus == .jobs, list.markCount == 0 { focus = .groups } else { return backInList(context) ?? [.pop] }
        default: return giveList(command, context)
        }
        return []
    }

    /// What helps against the selected cause. Several portals or logins at once are asked about, with their number.
    private mutating func act(_ context: ScreenContext) -> [Effect] {
        guard let group else { return [] }
        asked = group
        let cause = group.key.cause
        switch group.key.action {
        case .answer: return [.push(.relay)]
        case .look: return list.selected.map { [.push(.jobLog($0.id))] } ?? [.push(.jobLog(group.latest))]
        case .fixLogin: return list.selected.map { [.loadAccount($0.identity, context.ticket(0))] } ?? []
        case .connect:
            guard let job = list.selected else { return [] }
            return [.push(.connect(job.identity, business: job.business))]
        case .authorise:
            guard let job = list.selected else { return [] }
            return [.push(.authority(job.identity, business: job.business))]
        case .retry:
            return [
                .ask(
                    Question(
                        id: "retry", title: "Retry \(Counted.text(group.count, "job"))?",
                        body: "All that stopped with \"\(cause.title)\"\(at(group)). "
                            + "\(context.label(.undo, .failures)) takes back what has not begun.",
                        yes: "Retry \(group.count == 1 ? "it" : "all \(group.count.grouped)")"))
            ]
        case .verify:
            return [
                .ask(
                    Question(
                        id: "verify", title: "Verify \(Counted.text(group.count, "login"))?",
                        body: "\(cause.remedy) Exactly one attempt is made with each\(at(group)); an attempt at the "
                            + "portal cannot be taken back.",
                        yes: "Verify \(group.count == 1 ? "it" : "all \(group.count.grouped)")"))
            ]
        }
    }

    private func at(_ group: FailureGroup) -> String {
        let portals = Portal.allCases.filter { (group.portals[$0] ?? 0) > 0 }.map(\.shortName)
        return portals.isEmpty ? "" : " at \(portals.joined(separator: ", "))"
    }
}
