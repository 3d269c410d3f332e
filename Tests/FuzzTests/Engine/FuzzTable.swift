/// What was tried, as lines that people read.
enum FuzzTable {
    static let head =
        column("parser", 28) + left("mutations", 10) + left("accepted", 10) + left("refused", 9)
        + left("outcomes", 10) + left("mean", 9) + left("slowest", 10)

    static func line(_ result: FuzzRun.Result) -> String {
        let refused = result.mutations == 0 ? "-" : tenths(1 - result.acceptedShare)
        let mean = result.mutations == 0 ? 0 : microseconds(result.time) / result.mutations
        return column(result.parser, 28) + left("\(result.mutations)", 10) + left(tenths(result.acceptedShare), 10)
            + left(refused, 9) + left("\(result.outcomes)", 10) + left("\(mean) us", 9)
            + left("\(microseconds(result.slowest) / 1_000) ms", 10) + " #\(result.slowestNumber)"
    }

    static func text(_ results: [FuzzRun.Result]) -> String {
        let outcomes = results.reduce(0) { $0 + $1.outcomes }
        let total = results.reduce(0) { $0 + $1.mutations }
        return ([head] + results.map(line)).joined(separator: "\n")
            + "\n\(results.count) parsers, \(total) mutations, \(outcomes) outcomes"
    }

    private static func microseconds(_ time: Duration) -> Int {
        Int(time.components.seconds) * 1_000_000 + Int(time.components.attoseconds / 1_000_000_000_000)
    }

    private static func tenths(_ share: Double) -> String {
        let number = Int((share * 1_000).rounded())
        return "\(number / 10).\(number % 10) %"
    }

    private static func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
