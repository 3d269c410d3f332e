import Domain
import Services
import TerminalKit

extension PortalsScreen {
    public func disabledReason(_ command: CommandId, _ context: ScreenContext) -> String? {
        switch command {
        case .errorLog:
            guard let job = selectedJob else { return "No job is selected" }
            return job.status == .failed ? nil : "No error log: this job \(Self.tells(job.status))"
        case .retry:
            guard !targets.isEmpty else { return "No job is selected" }
            let able = targets.contains { $0.status == .failed || $0.status == .cancelled || $0.status == .retrying }
            return able ? nil : "Only failed, cancelled or waiting jobs can be retried"
        case .cancel:
            return targets.contains { !$0.status.isFinished } ? nil : "Only unfinished jobs can be cancelled"
        case .copy, .mark: return selectedJob == nil ? "No job is selected" : nil
        case .open:
            if case .card = area { return nil }
            return selectedJob == nil ? "No job is selected" : nil
        case .previousPage where area == .table: return list.page > 1 ? nil : "This is the first page"
        case .nextPage where area == .table: return list.page < list.pageCount ?? .max ? nil : "This is the last page"
        default: return nil
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
        case .errorLog: return selectedJob.map { [.push(.jobLog($0.id))] } ?? []
        case .configure: return [.push(.configure(portal, identity: configureTarget))]
        case .configureGst: return [.push(.configure(.gst, identity: nil))]
        case .configureIncomeTax: return [.push(.configure(.incomeTax, identity: nil))]
        case .configureTraces: return [.push(.configure(.traces, identity: nil))]
        case .nextArea: moveArea(1)
        case .previousArea: moveArea(-1)
        case .refresh: return [.loadSummary] + reload(context) + [.toast(Toast(.info, "Reloaded"))]
        case .fetch: return fetch(context)
        case .fetchAll: return [.ask(fetchQuestion(nil, context))]
        case .retry: return retry(context)
        case .cancel: return [.ask(cancelQuestion)]
        case .back: return back(context)
        case .filter: list.filter.begin()
        case .sort:
            let fields = Self.sortFields
            let next = fields[((fields.firstIndex(of: sort.field) ?? 0) + 1) % fields.count]
            return sorted(
                by: ActivitySort(field: next, descending: next == .startTime || next == .completedTime), context)
        case .reverseSort: return sorted(by: ActivitySort(field: sort.field, descending: !sort.descending), context)
        case .goToPage:
            return [
                .prompt(Prompt(id: "page", title: "Go to page", label: "Page", hint: "1 to \(list.pageCount ?? 1)"))
            ]
        case .pageSize: return resized(to: nextPageSize, context)
        case .copy:
            return selectedJob.map {
                [.copy($0.identity.text), .toast(Toast(.info, "\($0.identity) sent to the clipboard"))]
            } ?? []
        case .previousPage, .nextPage:
            if case .card(let portal) = area {
                area = .card(Portal.allCases[(portal.position + (command == .nextPage ? 1 : 2)) % 3])
                return []
            }
            return turned(command, context) ?? []
        default: return turned(command, context) ?? []
        }
        return []
    }

    private var nextPageSize: Int {
        let sizes = Settings.pageSizes
        return sizes.first { $0 > list.perPage } ?? sizes[0]
    }

    private var configureTarget: PortalIdentity? {
        if case .card = area { nil } else { selectedJob?.identity }
    }

    private func open() -> [Effect] {
        if case .card(let portal) = area { return [.push(.configure(portal, identity: nil))] }
        return selectedJob.map { [.push(.jobLog($0.id))] } ?? []
    }

    private mutating func moveArea(_ step: Int) {
        let areas: [Area] = [.table] + Portal.allCases.map { .card($0) }
        let here = areas.firstIndex(of: area) ?? 0
        area = areas[(here + step + areas.count) % areas.count]
    }

    private mutating func back(_ context: ScreenContext) -> [Effect] {
        if case .card = area {
            area = .table
        } else if !list.marks.isEmpty {
            list.marks = []
        } else if !list.filter.text.isEmpty {
            return clearFilter(context)
        }
        return []
    }

    private mutating func fetch(_ context: ScreenContext) -> [Effect] {
        if case .card(let portal) = area { return [.ask(fetchQuestion(portal, context))] }
        guard !targets.isEmpty else { return [.ask(fetchQuestion(nil, context))] }
        let identities = targets.map(\.identity)
        list.marks = []
        return [.fetch(Array(Set(identities)).sorted { $0.text < $1.text }, context.ticket(0))]
    }

    private func fetchQuestion(_ portal: Portal?, _ context: ScreenContext) -> Question {
        let portals = portal.map { [$0] } ?? Portal.allCases
        let count = portals.reduce(0) { $0 + context.summary[$1].configured }
        return Question(
            id: "fetch:\(portal?.rawValue ?? "")", title: "Fetch \(portal?.title ?? "every portal")?",
            body:
                "\(count) configured account\(count == 1 ? "" : "s") will be fetched. Logins that a portal refused are left out.",
            yes: "Fetch")
    }

    private mutating func retry(_ context: ScreenContext) -> [Effect] {
        let ids = targets.filter { $0.status == .failed || $0.status == .cancelled || $0.status == .retrying }.map(\.id)
        list.marks = []
        return [.retry(ids, context.ticket(0))]
    }

    private var cancelQuestion: Question {
        let jobs = targets.filter { !$0.status.isFinished }
        let names = jobs.prefix(3).map { "\($0.portal.shortName) \($0.identity)" }.joined(separator: ", ")
        return Question(
            id: "cancel", title: jobs.count == 1 ? "Cancel this job?" : "Cancel \(jobs.count) jobs?",
            body: names + (jobs.count > 3 ? " and \(jobs.count - 3) more" : "") + ". What was read so far is kept.",
            yes: "Cancel the job")
    }

    mutating func handle(_ answer: Answer, _ context: ScreenContext) -> [Effect] {
        switch answer {
        case .yes("cancel"):
            let ids = targets.filter { !$0.status.isFinished }.map(\.id)
            list.marks = []
            return [.cancel(ids, context.ticket(0))]
        case .yes(let id) where id.hasPrefix("fetch:"):
            return [.fetchPortal(Portal(rawValue: String(id.dropFirst(6))), context.ticket(0))]
        case .text("page", let text): return went(toPage: text, context)
        default: return []
        }
    }
}
