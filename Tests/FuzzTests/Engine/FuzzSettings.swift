import Foundation

/// How much is tried, from the environment; a slice where nothing is said.
struct FuzzSettings: Sendable {
    static let slice = 1_000

    var mutations = Self.slice
    var seed: UInt64 = 1
    /// Beginnings of parsers' names; empty for all.
    var names: [String] = []
    var replay: Replay?

    /// One mutation, as a trap names it: `parser:seed:number`.
    struct Replay: Sendable, Hashable {
        var parser: String
        var seed: UInt64
        var number: Int

        init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 3, let seed = UInt64(parts[1]), let number = Int(parts[2]) else { return nil }
            self.init(parser: String(parts[0]), seed: seed, number: number)
        }

        init(parser: String, seed: UInt64, number: Int) {
            self.parser = parser
            self.seed = seed
            self.number = number
        }

        var text: String { "\(parser):\(seed):\(number)" }
    }

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        mutations = environment["PORTALDESK_FUZZ_MUTATIONS"].flatMap(Int.init) ?? Self.slice
        seed = environment["PORTALDESK_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
        names = (environment["PORTALDESK_FUZZ_PARSERS"] ?? "").split(separator: ",").map(String.init)
        replay = environment["PORTALDESK_FUZZ_REPLAY"].flatMap(Replay.init)
    }

    func wants(_ parser: FuzzParser) -> Bool { names.isEmpty || names.contains { parser.name.hasPrefix($0) } }
}
