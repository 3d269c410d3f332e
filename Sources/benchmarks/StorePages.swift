import Domain
import Foundation
import Store

/// Every filter × sort × direction × first, last and random page: the budget is 1 ms in the median, 15 ms at worst.
func pageBenchmark(_ bench: StoreBench) throws {
    let clock = ContinuousClock()
    var random = BenchRandom(state: 7)
    var results: [(name: String, ms: Double)] = []
    for (name, filter) in pageFilters() {
        let total = try bench.store.readNow { try $0.activityTotal(filter) }
        let lastPage = max((total + 19) / 20, 1)
        for field in ActivitySort.Field.allCases {
            for descending in [false, true] {
                for (place, page) in [
                    ("first", 1), ("last", lastPage), ("random", Int(random.next() % UInt64(lastPage)) + 1),
                ] {
                    let query = ActivityQuery(
                        filter: filter, sort: ActivitySort(field: field, descending: descending), page: page)
                    var times: [Double] = []
                    for _ in 0..<5 {
                        times.append(
                            try clock.measure {
                                _ = try bench.store.readNow { try $0.activityPage(query, within: .seconds(60)) }
                            }.inMilliseconds)
                    }
                    times.sort()
                    let title =
                        "\(name) (\(total)), by \(field.rawValue)\(descending ? " descending" : ""), \(place) page"
                    results.append((title, times[2]))
                }
            }
        }
    }
    results.sort { $0.ms < $1.ms }
    let sum = results.map(\.ms).reduce(0, +)
    print(
        String(
            format: "page: %d combinations, median %.3f ms, mean %.3f ms, 95 %% %.3f ms, worst %.3f ms", results.count,
            results[results.count / 2].ms, sum / Double(results.count), results[results.count * 95 / 100].ms,
            results.last?.ms ?? 0))
    for worst in results.suffix(6).reversed() { print(String(format: "  %8.3f ms  %@", worst.ms, worst.name)) }
    let summary = try (0..<101).map { _ in
        try clock.measure { _ = try bench.store.readNow { try $0.summary(now: StoreBench.now) } }.inMilliseconds
    }.sorted()
    print(String(format: "summary: median %.3f ms", summary[50]))
}

private func pageFilters() -> [(String, ActivityFilter)] {
    let today = CivilTime(StoreBench.now, offset: 19_800).date
    return [
        ("no filter", ActivityFilter()),
        ("status failed", ActivityFilter(statuses: [.failed])),
        ("status done", ActivityFilter(statuses: [.done])),
        ("portal GST", ActivityFilter(portals: [.gst])),
        ("portal and status", ActivityFilter(statuses: [.failed], portals: [.traces])),
        ("identity prefix 27AA", ActivityFilter(identityPrefix: "27AA")),
        ("identity prefix 2", ActivityFilter(identityPrefix: "2")),
        ("one identity", ActivityFilter(identityPrefix: "29AABPZ0001K")),
        ("business text lotus", ActivityFilter(businessText: "lotus")),
        ("business text 4242", ActivityFilter(businessText: "4242")),
        ("day range of 30 days", ActivityFilter(days: today.adding(days: -60)...today.adding(days: -31))),
        ("day range of a year", ActivityFilter(days: today.adding(days: -500)...today.adding(days: -136))),
    ]
}
