import Services

/// From exec to the last byte of the first full screen, beside the same screen painted from constants.
enum StartBudget {
    private static let runs = 21

    static func measure(_ home: Home, _ programs: Programs) throws {
        let log = try WriteAheadLog(home)
        var (clean, leftOver, constants) = (Samples(), Samples(), Samples())
        var bytes = 0
        for _ in 0..<runs {
            constants.add(try time { try programs.startConstants() }.milliseconds)
            log.remove()
            let answer = try time { try programs.startDesk(home.path) }
            clean.add(answer.milliseconds)
            bytes = answer.bytes
            try log.leave()
            leftOver.add(try time { try programs.startDesk(home.path) }.milliseconds)
        }
        log.remove()
        Report.say(finding("start to first full paint", clean, constants, "\(bytes) bytes"))
        Report.say(finding("start with a left-over WAL file", leftOver, constants, ""))
    }

    private static func time(_ start: () throws -> TerminalSession) throws -> TerminalSession.Answer {
        let session = try start()
        defer { session.end() }
        return try session.firstPaint()
    }

    private static func finding(
        _ name: String, _ samples: Samples, _ constants: Samples, _ detail: String
    ) -> Finding {
        let ratio = samples.median / constants.median
        let least = "least \(samples.least.text()) against \(constants.least.text()) ms"
        return Finding(
            name: name, figure: "\(samples.median.text()) ms", baseline: "\(constants.median.text()) ms from constants",
            ratio: ratio, budget: "12 ms and 2x", isMet: samples.median <= 12 && ratio <= 2,
            detail: [least, "\(runs) runs each, in turn", detail].filter { !$0.isEmpty }.joined(separator: ", "))
    }
}
