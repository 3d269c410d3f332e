import Store

/// What the cards and the top line show, read from kept rows.
enum SummaryBudget {
    static func measure(_ bench: BenchStore) throws {
        var times = Samples()
        for _ in 0..<201 {
            times.add(
                try ContinuousClock().measure {
                    _ = try bench.store.readNow { try $0.summary(now: bench.now) }
                }.inMilliseconds)
        }
        Report.say(
            Finding(
                name: "summary", figure: "median \(times.median.text(3)) ms", budget: "1 ms", isMet: times.median <= 1,
                detail: "p99 \(times.percentile(99).text(3)) ms"))
    }
}
