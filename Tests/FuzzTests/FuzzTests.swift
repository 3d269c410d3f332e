import Foundation
import Testing

/// Every reader of what a portal or provider sends, with mutations of valid answers (docs/testing.md).
@Suite("No answer of a portal strikes us down")
struct FuzzTests {
    private static let settings = FuzzSettings()

    @Test("Every parser takes mutations of valid answers, and still understands a third of them")
    func mutations() async throws {
        if let replay = Self.settings.replay { return try await again(replay) }
        let parsers = AllParsers.list.filter(Self.settings.wants)
        try #require(!parsers.isEmpty, "PORTALDESK_FUZZ_PARSERS names none of the parsers")
        let results = await FuzzRun.run(
            parsers, Self.settings, atOnce: ProcessInfo.processInfo.activeProcessorCount)
        print(FuzzTable.text(results))
        for result in results {
            #expect(result.broken.isEmpty, "\(result.broken.joined(separator: "\n"))")
            #expect(result.mutations == Self.settings.mutations)
            #expect(result.accepted * 3 >= result.mutations, "\(result.parser) refuses too much to be worth trying")
        }
    }

    /// Says what one mutation is before it is read, for reading may be what ends the process.
    private func again(_ replay: FuzzSettings.Replay) async throws {
        let parser = try #require(AllParsers.list.first { $0.name == replay.parser }, "no parser has that name")
        var random = FuzzRandom(parser: replay.parser, seed: replay.seed, number: replay.number)
        let bytes = parser.mutation(&random)
        print("\(replay.text), \(bytes.count) bytes:\n\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        print("\(try await parser.read(bytes))")
    }

    @Test("Every parser has a name of its own")
    func names() {
        let names = AllParsers.list.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { !$0.contains(":") && !$0.contains(",") })
    }
}
