import Domain
import Testing

@testable import Store

@Suite struct RankTests {
    @Test(arguments: [21, 22] as [UInt64], [TimeBasis.start, .done])
    func `a page deep inside the jobs of some businesses shows what sorting by hand would show`(
        seed: UInt64, basis: TimeBasis
    ) throws {
        var random = SplitMix(state: seed)
        let (workspace, model) = try PageModelTests.filled(&random)
        for _ in 0..<120 {
            var filter = PageModelTests.filter(&random, model)
            filter.accountId = nil
            filter.businessText = nil
            filter.identityPrefix = ["2", "27", "A", "AAA", "0"].randomElement(using: &random)
            let sort = ActivitySort(field: basis == .start ? .startTime : .completedTime, descending: false)
            let expected = model.sorted(ActivityQuery(filter: filter, sort: sort)).map(\.id.rawValue)
            let from = Int.random(in: 0...max(expected.count - 1, 0), using: &random)
            let count = min([1, 20, 100].randomElement(using: &random) ?? 20, expected.count - from)
            let found = try workspace.store.rankedIds(filter, basis, from: from, count: count)
            #expect(found == Array(expected.dropFirst(from).prefix(count)), "\(filter) \(from) \(count)")
        }
    }

    @Test func `the cards speak of the last fetch of a history that was loaded`() throws {
        let workspace = try Workspace()
        let accounts = try workspace.addBusinesses(2).filter { $0.portal == .gst }
        let first = try #require(accounts.first)
        func job(_ hours: Int64, _ status: JobStatus, new: Int, _ kind: JobKind = .fetch) -> HistoricJob {
            let start = Workspace.morning - .seconds(hours * 3_600)
            return HistoricJob(
                accountId: first.id, kind: kind, status: status, createdAt: start, startedAt: start,
                completedAt: start + .seconds(5), noticesNew: new)
        }
        let (loaded, older) = (
            [job(3, .done, new: 2), job(9, .done, new: 7), job(1, .failed, new: 0), job(2, .done, new: 0, .verify)],
            [job(50, .done, new: 4)]
        )
        try workspace.store.writeNow { try $0.insertHistory(loaded) }
        try workspace.store.writeNow { try $0.insertHistory(older) }
        let summary = try workspace.store.readNow { try $0.summary(now: Workspace.morning) }
        #expect(summary[.gst].lastFetchAt == Workspace.morning - .seconds(3 * 3_600 - 5))
        #expect(summary[.gst].lastFetchNew == 2)
        #expect(summary[.traces].lastFetchAt == nil)
    }
}
