import Domain
import Store

/// Every filter × sort × direction × first, last and random page.
enum PageBudget {
    private struct Result {
        var name: String
        var milliseconds: Double
    }

    static func measure(_ bench: BenchStore) throws {
        var random = BenchRandom(state: 7)
        var results: [Result] = []
        for (name, filter) in filters(bench.now) {
            let total = try bench.store.readNow { try $0.activityTotal(filter) }
            for field in ActivitySort.Field.allCases {
                for descending in [false, true] {
                    let sort = ActivitySort(field: field, descending: descending)
                    results += try pages(bench.store, "\(name) (\(total))", filter, sort, total, &random)
                }
            }
        }
        results.sort { $0.milliseconds < $1.milliseconds }
        let (median, worst) = (results[results.count / 2].milliseconds, results[results.count - 1].milliseconds)
        let slowest = results.suffix(4).reversed().map { "\($0.milliseconds.text()) ms \($0.name)" }
        Report.say(
            Finding(
                name: "page, \(results.count) combinations",
                figure: "median \(median.text(3)) ms, worst \(worst.text()) ms", budget: "1 ms and 15 ms",
                isMet: median <= 1 && worst <= 15, detail: "worst: " + slowest.joined(separator: "; ")))
    }

    private static func pages(
        _ store: DeskStore, _ name: String, _ filter: ActivityFilter, _ sort: ActivitySort, _ total: Int,
        _ random: inout BenchRandom
    ) throws -> [Result] {
        let last = max((total + 19) / 20, 1)
        let places = [("first", 1), ("last", last), ("random", Int(random.next() % UInt64(last)) + 1)]
        return try places.map { place, page in
            let query = ActivityQuery(filter: filter, sort: sort, page: page)
            var times = Samples()
            for _ in 0..<5 {
                times.add(
                    try ContinuousClock().measure {
                        _ = try store.readNow { try $0.activityPage(query, within: .seconds(60)) }
                    }.inMilliseconds)
            }
            let title = "\(name), by \(sort.field.rawValue)\(sort.descending ? " descending" : ""), \(place) page"
            return Result(name: title, milliseconds: times.median)
        }
    }

    private static func filters(_ now: Instant) -> [(String, ActivityFilter)] {
        let today = LegalDate.inIndia(now)
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
}
