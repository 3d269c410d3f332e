/// Tries one parser with so many mutations of its samples.
struct FuzzRun: Sendable {
    struct Result: Sendable {
        var parser: String
        var mutations = 0
        var accepted = 0
        /// Different things that the parser said, accepted and refused ones.
        var outcomes = 0
        /// In the parser alone.
        var time = Duration.zero
        var slowest = Duration.zero
        var slowestNumber = 0
        /// What was wrong, with what replays it; the first of them.
        var broken: [String] = []

        var refused: Int { mutations - accepted }
        var acceptedShare: Double { mutations == 0 ? 0 : Double(accepted) / Double(mutations) }
    }

    private static let mostBroken = 5
    private static let mostOutcomes = 1_000_000

    let parser: FuzzParser
    let settings: FuzzSettings

    func run() async -> Result {
        var result = Result(parser: parser.name)
        var outcomes: Set<Int> = []
        let lane = FuzzMark.shared.take()
        defer { FuzzMark.shared.give(lane) }
        await readSamples(&result)
        for number in 0..<settings.mutations {
            let replay = FuzzSettings.Replay(parser: parser.name, seed: settings.seed, number: number)
            FuzzMark.shared.set(lane, replay.text)
            var random = FuzzRandom(parser: parser.name, seed: settings.seed, number: number)
            let bytes = parser.mutation(&random)
            let start = ContinuousClock.now
            do {
                let verdict = try await parser.read(bytes)
                if case .accepted = verdict { result.accepted += 1 }
                if outcomes.count < Self.mostOutcomes { outcomes.insert(verdict.hashValue) }
            } catch {
                let rule = (error as? Broken)?.rule ?? "\(error)"
                if result.broken.count < Self.mostBroken { result.broken.append("\(replay.text): \(rule)") }
            }
            let time = ContinuousClock.now - start
            result.time += time
            if time > result.slowest { (result.slowest, result.slowestNumber) = (time, number) }
            result.mutations += 1
        }
        result.outcomes = outcomes.count
        return result
    }

    /// What a mutation begins from must itself be understood.
    private func readSamples(_ result: inout Result) async {
        for (index, sample) in parser.samples.enumerated() {
            do {
                if case .refused(let why) = try await parser.read(sample) {
                    result.broken.append("\(parser.name): sample \(index) is refused: \(why)")
                }
            } catch {
                result.broken.append("\(parser.name): sample \(index): \((error as? Broken)?.rule ?? "\(error)")")
            }
        }
    }

    /// All parsers, as many at once as there are processors, in the order of the list.
    static func run(_ parsers: [FuzzParser], _ settings: FuzzSettings, atOnce: Int) async -> [Result] {
        ThrownErrors.takeNoBacktraces()
        return await withTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: parsers.count)
            var next = 0
            func start() {
                guard next < parsers.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await FuzzRun(parser: parsers[index], settings: settings).run()) }
            }
            for _ in 0..<min(atOnce, FuzzMark.lanes) { start() }
            while let (index, result) = await group.next() {
                results[index] = result
                if settings.mutations > FuzzSettings.slice {
                    // Told at once: a long run may be ended before its table.
                    print(([FuzzTable.line(result)] + result.broken).joined(separator: "\n"))
                }
                start()
            }
            return results.compactMap(\.self)
        }
    }
}
