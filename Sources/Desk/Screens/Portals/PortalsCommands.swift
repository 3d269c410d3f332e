import Domain
import Services
import TerminalKit

extension PortalsScreen {
    func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .errorLog:
            guard let job = list.selected else { return "No job is selected" }
            return job.status == .failed ? nil : "No error log: this job \(Self.tells(job.status))"
        case .retry:
            guard !list.targets.isEmpty else { return "No job is selected" }
            let able = list.targets.contains {
                $0.status == .failed || $0.status == .cancelled || $0.status == .retrying
            }
            return able ? nil : "Only failed, cancelled or waiting jobs can be retried"
        case .cancel:
            return list.targets.contains { !$0.status.isFinished } ? nil : "Only unfinished jobs can be cancelled"
        case .copy: return list.selected == nil ? "No job is selected" : nil
        case .open:
            if case .card = area { return nil }
            return list.selected == nil ? "No job is selected" : nil
        case .previousPage, .nextPage:
            // On the cards the same keys go from card to card.
            return area == .table ? listReason(command) : nil
        default: return listReason(command)
        }
    }

    private static func tells(_ status: JobStatus) -> String {
        switch status {
        case .done: "succeeded"
        case .queued: "has not started"
        case .running: "is still running"
        case .retrying: "will be tried again"
        case .needsInput: "waits for a person"
        case .failed: "failed"
        case .cancelled: "was cancelled"
        }
    }

    mutating func give(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .open: return open()
        case .errorLog: return list.selected.map { [.push(.jobLog($0.id))] } ?? []
        case .configure: return [.push(.configure(portal, identity: configureTarget))]
        case .configureGst: return [.push(.configure(.gst, identity: nil))]
        case .configureIncomeTax: return [.push(.configure(.incomeTax, identity: nil))]
        case .configureTraces: return [.push(.configure(.traces, identity: nil))]
        case .nextArea: moveArea(1)
        case .previousArea: moveArea(-1)
        case .refresh:
            tellsReload = true
            return [.loadSummary] + refresh(context)
        case .fetch: return fetch(context)
        case .fetchAll: return [.planFetch(nil, context.ticket(0))]
        case .retry: return retry(context)
        case .cancel: return askToCancel()
        case .back: return back(context)
        case .sort: return sorted(by: nextSort, context)
        case .reverseSort: return sorted(by: ActivitySort(field: sort.field, descending: !sort.descending), context)
        case .copy: return list.selected.map { copied($0.identity.text) } ?? []
        case .previousPage, .nextPage: return turn(command, context)
        default: return giveList(command, context)
        }
        return []
    }

    private var nextSort: ActivitySort {
        let fields = Self.sortFields
        let next = fields[((fields.firstIndex(of: sort.field) ?? 0) + 1) % fields.count]
        return ActivitySort(field: next, descending: Self.startsDescending(next))
    }

    /// Times are wanted newest first, words from A.
    static func startsDescending(_ field: ActivitySort.Field) -> Bool {
        field == .startTime || field == .completedTime
    }

    private mutating func turn(_ command: CommandId, _ context: ScreenContext) -> [Effect] {
        guard case .card(let portal) = area else { return giveList(command, context) }
        area = .card(Portal.allCases[(portal.position + (command == .nextPage ? 1 : 2)) % 3])
        return []
    }

    private var configureTarget: PortalIdentity? {
        if case .card = area { nil } else { list.selected?.identity }
    }

    private func open() -> [Effect] {
        if case .card(let portal) = area { return [.push(.configure(portal, identity: nil))] }
        return list.selected.map { [.push(.jobLog($0.id))] } ?? []
    }

    private mutating func moveArea(_ step: Int) {
        let areas: [Area] = [.table] + Portal.allCases.map { .card($0) }
        let here = areas.firstIndex(of: area) ?? 0
        area = areas[(here + step + areas.count) % areas.count]
    }

    private mutating func back(_ context: ScreenContext) -> [Effect] {
        if case .card = area {
            area = .table
            return []
        }
        return backInList(context) ?? []
    }

    private mutating func fetch(_ context: ScreenContext) -> [Effect] {
        if case .card(let portal) = area { return [.planFetch(portal, context.ticket(0))] }
        guard !list.targets.isEmpty else { return [.planFetch(nil, context.ticket(0))] }
        let identities = list.targets.map(\.identity)
        list.clearMarks()
        return [.fetch(Array(Set(identities)).sorted { $0.text < $1.text }, context.ticket(0))]
    }

    /// Asks with the number that will be queued; what will not is named with why.
    func confirm(_ plan: SyncService.FetchPlan) -> [Effect] {
        let rest = plan.leftOut
        let title = "Fetch \(plan.portal?.title ?? "every portal")?"
        // A letter that is typed into the filter would be its answer.
        guard !list.filter.isEditing else { return [.toast(DeskModel.unasked(title))] }
        guard plan.queued > 0 else {
            return [
                .toast(
                    Toast(.warning, "Nothing to queue", detail: rest.isEmpty ? "no login is configured" : rest))
            ]
        }
        return [
            .ask(
                Question(
                    id: "fetch:\(plan.portal?.rawValue ?? "")", title: title,
                    body: "\(Counted.text(plan.queued, "login")) will be queued."
                        + (rest.isEmpty ? "" : " Left out: \(rest)."), yes: "Fetch"))
        ]
    }

    private mutating func retry(_ context: ScreenContext) -> [Effect] {
        let ids = list.targets.filter { $0.status == .failed || $0.status == .cancelled || $0.status == .retrying }.map(
            \.id)
        list.clearMarks()
        return [.retry(ids, context.ticket(0))]
    }

    private mutating func askToCancel() -> [Effect] {
        let jobs = list.targets.filter { !$0.status.isFinished }
        jobsToCancel = jobs.map(\.id)
        let names = jobs.prefix(3).map { "\($0.portal.shortName) \($0.identity)" }.joined(separator: ", ")
        let question = Question(
            id: "cancel", title: jobs.count == 1 ? "Cancel this job?" : "Cancel \(jobs.count.grouped) jobs?",
            body: names + (jobs.count > 3 ? " and \((jobs.count - 3).grouped) more" : "")
                + ". What was read so far is kept.",
            yes: jobs.count == 1 ? "Cancel the job" : "Cancel them")
        return [.ask(question)]
    }

    mutating func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .yes("cancel"):
            list.clearMarks()
            return [.cancel(jobsToCancel, context.ticket(0))]
        case .yes(let id) where id.hasPrefix("fetch:"):
            return [.fetchPortal(Portal(rawValue: String(id.dropFirst(6))), context.ticket(0))]
        case .text("page", let text): return goTo(page: text, context)
        default: return []
        }
    }
}
