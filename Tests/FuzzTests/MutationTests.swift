import Testing

/// The mutations themselves: made again from three numbers, and different from what they begin with.
@Suite("A mutation can be made again")
struct MutationTests {
    private func mutation(_ parser: FuzzParser, _ seed: UInt64, _ number: Int) -> [UInt8] {
        var random = FuzzRandom(parser: parser.name, seed: seed, number: number)
        return parser.mutation(&random)
    }

    @Test("The same parser, seed and number give the same bytes; another number or seed gives others")
    func again() throws {
        let parser = try #require(AllParsers.list.first { $0.name == "efiling.demands" })
        let first = (0..<50).map { mutation(parser, 1, $0) }
        #expect((0..<50).map { mutation(parser, 1, $0) } == first)
        #expect((0..<50).map { mutation(parser, 2, $0) } != first)
        #expect(Set(first).count > 40)
    }

    @Test("A mutation is another answer than the one it was made of")
    func different() {
        for parser in AllParsers.list {
            let same = (0..<50).filter { parser.samples.contains(mutation(parser, 1, $0)) }.count
            #expect(same < 10, "\(parser.name)")
        }
    }

    @Test("What a trap names can be given back to be replayed")
    func replay() {
        let replay = FuzzSettings.Replay(parser: "efiling.demands", seed: 7, number: 4_711)
        #expect(FuzzSettings(["PORTALDESK_FUZZ_REPLAY": replay.text]).replay == replay)
        #expect(FuzzSettings(["PORTALDESK_FUZZ_REPLAY": "efiling.demands:x"]).replay == nil)
        #expect(FuzzSettings([:]).mutations == FuzzSettings.slice)
    }
}
