import Domain
import Testing

@testable import Store

/// The naive answer: filter and sort an array.
struct ActivityModel {
    let jobs: [Job]
    let groups: [String: String]

    func matching(_ filter: ActivityFilter) -> [Job] {
        jobs.filter { job in
            if !filter.statuses.isEmpty, !filter.statuses.contains(job.status) { return false }
            if !filter.portals.isEmpty, !filter.portals.contains(job.portal) { return false }
            if let prefix = filter.identityPrefix, !job.identity.text.hasPrefix(prefix.uppercased()) { return false }
            if let account = filter.accountId, job.accountId != account { return false }
            if let text = filter.businessText?.lowercased() {
                let searched = "\(job.business) \(groups[job.business] ?? "")".lowercased()
                if !searched.contains(text) { return false }
            }
            if let days = filter.days, !days.contains(CivilTime(job.sortStart, offset: filter.utcOffset).date) {
                return false
            }
            return true
        }
    }

    func sorted(_ query: ActivityQuery) -> [Job] {
        let rows = matching(query.filter).sorted {
            Self.key($0, query.sort.field).lexicographicallyPrecedes(Self.key($1, query.sort.field))
        }
        return query.sort.descending ? rows.reversed() : rows
    }

    private static let statusOrder: [JobStatus] = [
        .queued, .running, .retrying, .needsInput, .done, .failed, .cancelled,
    ]

    static func key(_ job: Job, _ field: ActivitySort.Field) -> [Int64] {
        let start = job.sortStart.milliseconds
        let id = job.id.rawValue
        switch field {
        case .startTime: return [start, id]
        case .completedTime: return [job.completedAt?.milliseconds ?? .max, id]
        case .portal: return [Int64(job.portal.position), start, id]
        case .status: return [Int64(statusOrder.firstIndex(of: job.status) ?? 0), start, id]
        case .identity:
            return job.identity.text.utf8.map(Int64.init) + [-1, Int64(job.portal.position), start, id]
        }
    }
}

@Suite struct PageModelTests {
    /// 4,000 finished jobs over 60 days with many equal times, and some unfinished ones.
    static func filled(_ random: inout SplitMix) throws -> (Workspace, ActivityModel) {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(40)
        var history: [HistoricJob] = []
        for _ in 0..<4_000 {
            let account = accounts[Int.random(in: 0..<accounts.count, using: &random)]
            let created = Workspace.morning - .seconds(Int64.random(in: 0...1_440, using: &random) * 3_600)
            let started: Instant? =
                Int.random(in: 0..<20, using: &random) == 0
                ? nil : created + .seconds(Int64.random(in: 0...2, using: &random))
            history.append(
                HistoricJob(
                    accountId: account.id,
                    status: [.done, .done, .done, .failed, .cancelled].randomElement(using: &random) ?? .done,
                    createdAt: created, startedAt: started,
                    completedAt: (started ?? created) + .seconds(Int64.random(in: 0...3, using: &random) * 600)))
        }
        let (jobs, picks) = (history, accounts.shuffled(using: &random))
        try workspace.store.writeNow { writer throws in
            try writer.insertHistory(jobs)
            for account in picks.prefix(60) {
                _ = try writer.enqueue(account.id, .fetch, trigger: .desk, now: Workspace.morning)
            }
            _ = try writer.claim(
                owner: "w", limit: 20, until: Workspace.morning + .seconds(60), now: Workspace.morning + .seconds(5))
        }
        let all = try workspace.store.readNow { reader throws in
            try (1...4_060).compactMap { try reader.job(JobId(Int64($0))) }
        }
        let groups = try workspace.store.readNow { reader throws in
            Dictionary(
                try reader.businesses(BusinessQuery(perPage: nil)).rows.map { ($0.name, $0.group) },
                uniquingKeysWith: { a, _ in a })
        }
        return (workspace, ActivityModel(jobs: all, groups: groups))
    }

    static func filter(_ random: inout SplitMix, _ model: ActivityModel) -> ActivityFilter {
        var filter = ActivityFilter()
        if Int.random(in: 0..<3, using: &random) == 0 {
            filter.statuses = Set(
                JobStatus.allCases.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            filter.portals = Set(Portal.allCases.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: filter.identityPrefix = ["2", "27", "AA", "aaa", "09AAA", "ZZ"].randomElement(using: &random)
        case 1:
            filter.businessText = ["lotus", "traders 1", "north", "nothing", "Prime Traders 13"].randomElement(
                using: &random)
        case 2: filter.accountId = model.jobs.randomElement(using: &random)?.accountId
        default: break
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            let last = CivilTime(Workspace.morning, offset: 0).date.adding(
                days: -Int.random(in: -1...55, using: &random))
            filter.days = last.adding(days: -Int.random(in: 0...20, using: &random))...last
            filter.utcOffset = [19_800, 0, -18_000].randomElement(using: &random) ?? 0
        }
        return filter
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `every page shows what filtering and sorting by hand would show`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let (workspace, model) = try Self.filled(&random)
        for _ in 0..<250 {
            var query = ActivityQuery(
                filter: Self.filter(&random, model),
                sort: ActivitySort(
                    field: ActivitySort.Field.allCases.randomElement(using: &random) ?? .startTime,
                    descending: Bool.random(using: &random)),
                perPage: [1, 7, 20, 100].randomElement(using: &random) ?? 20)
            let expected = model.sorted(query)
            let pageCount = max((expected.count + query.perPage - 1) / query.perPage, 1)
            query.page = Int.random(in: 1...pageCount, using: &random)
            let asked = query
            let page = try workspace.store.readNow { try $0.activityPage(asked, within: .seconds(60)) }
            let rows = expected.dropFirst((query.page - 1) * query.perPage).prefix(query.perPage)
            #expect(page.total == expected.count, "\(query)")
            #expect(page.rows.map(\.id) == rows.map(\.id), "\(query)")
            #expect(page.firstSerial == (rows.isEmpty ? 0 : (query.page - 1) * query.perPage + 1))
            guard let job = model.jobs.randomElement(using: &random) else { continue }
            let serial = expected.firstIndex { $0.id == job.id }.map { $0 + 1 }
            let position = try workspace.store.readNow { try $0.activityPosition(of: job.id, asked) }
            #expect(position == serial, "\(query)")
        }
    }

    @Test func `a page past the end is the last page`() throws {
        var random = SplitMix(state: 9)
        let (workspace, model) = try Self.filled(&random)
        let page = try workspace.store.readNow { try $0.activityPage(ActivityQuery(page: 9_999), within: .seconds(60)) }
        #expect(page.page == (model.jobs.count + 19) / 20)
        #expect(page.total == model.jobs.count)
    }

    @Test func `no page needs a walk over the whole table`() throws {
        var random = SplitMix(state: 4)
        let (workspace, model) = try Self.filled(&random)
        for field in ActivitySort.Field.allCases {
            for _ in 0..<20 {
                let filter = Self.filter(&random, model)
                let plans = try workspace.store.plans(
                    ActivityQuery(filter: filter, sort: ActivitySort(field: field, descending: false), page: 3))
                #expect(!plans.isEmpty)
                for line in plans {
                    let isWholeTable = line.hasPrefix("SCAN job ") || line == "SCAN job" || line.hasPrefix("SCAN j ")
                    #expect(!isWholeTable, "\(line)")
                }
            }
        }
    }
}
