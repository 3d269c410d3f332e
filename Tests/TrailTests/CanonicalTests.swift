import Testing

@testable import Trail

/// One text for one value: what another program would write differently is refused, not repaired.
@Suite("Canonical records")
struct CanonicalTests {
    private func problem(_ text: String) -> CanonicalProblem? { problem(Array(text.utf8)) }
    private func problem(_ bytes: [UInt8]) -> CanonicalProblem? {
        bytes.withUnsafeBytes { CanonicalJson.problem(in: $0) }
    }

    @Test(
        "what is written is canonical, and reads as it was",
        arguments: [
            TrailValue.text(""), .text("\u{0}\u{1F}\u{7F}\"\\/\u{8}\t\n\u{C}\r₹ 𝄞 é"), .integer(0), .integer(-1),
            .integer((1 << 53) - 1), .list([]), .object([:]),
            .object(["b": .list([.integer(2), .text("x")]), "a": .object(["": .text("empty name")]), "B": .integer(7)]),
        ])
    func roundTrip(value: TrailValue) throws {
        let bytes = try CanonicalJson.bytes(value)
        #expect(problem(bytes) == nil)
        #expect(try CanonicalJson.value(bytes) == value)
    }

    @Test("escapes are those of RFC 8785, the shortest there are")
    func escapes() throws {
        let text = try CanonicalJson.bytes(.text("\u{20AC}$\u{F}\nA'B\"\\\\\"/"))
        #expect(String(decoding: text, as: UTF8.self) == #""€$\u000f\nA'B\"\\\\\"/""#)
    }

    @Test(
        "anything else is refused, with the place",
        arguments: [
            (#"{"b":1,"a":2}"#, CanonicalProblem.order(at: 8)), (#"{"a":1,"a":2}"#, .order(at: 8)),
            (#"{"a": 1}"#, .whiteSpace(at: 5)), (#"{"a":1} "#, .surplus(at: 7)), (#"{"a":1.0}"#, .number(at: 5)),
            (#"{"a":1e3}"#, .number(at: 5)), (#"{"a":01}"#, .number(at: 5)), (#"{"a":-0}"#, .number(at: 5)),
            (#"{"a":9007199254740992}"#, .number(at: 5)), (#"{"a":"\/"}"#, .escape(at: 6)),
            (#"{"a":"\u0041"}"#, .escape(at: 6)), (#"{"a":"\u000A"}"#, .escape(at: 6)),
            (#"{"a":"\u000a"}"#, .escape(at: 6)), (#"{"a":true}"#, .unexpected(at: 5)),
            (#"{"a":null}"#, .unexpected(at: 5)),
            (#"{"é":1}"#, .name(at: 2)), (#"{"a":1"#, .cutShort), (#"{"a":1,}"#, .unexpected(at: 7)), ("", .cutShort),
            ("{\"a\":\"\n\"}", .escape(at: 6)), (#"{"a":"\ud800"}"#, .escape(at: 6)),
        ])
    func refused(text: String, problem expected: CanonicalProblem) {
        #expect(problem(text) == expected)
    }

    @Test(
        "what is wrong is found at the same place behind texts beyond ASCII and behind escapes",
        arguments: [#""₹","#, #""\n","#, #""0123456789abcdef\\é","#],
        [
            (#"{"b":1,"a":2}"#, 8), (#"{"a":1,"a":2}"#, 8), (#"{"a": 1}"#, 5), (#"{"a":01}"#, 5),
            (#"{"a":"x\/"}"#, 7), (#"{"a":"\u0041"}"#, 6), (#"{"a":true}"#, 5), ("{\"a\":\"\n\"}", 6),
            (#"{"é":1}"#, 2), (#"{"abc":1,"abb":2}"#, 10), (#"{"ab":1,"a":2}"#, 9),
        ])
    func behindOthers(before: String, wrong: (text: String, at: Int)) throws {
        let found = try #require(problem("[\(before)\(wrong.text)]"))
        #expect("\(found)".hasSuffix("(at: \(before.utf8.count + 1 + wrong.at))"))
        let alone = try #require(problem(wrong.text))
        #expect("\(alone)".hasSuffix("(at: \(wrong.at))"))
    }

    @Test(
        "bytes that are no UTF-8 are refused",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        #expect(problem([0x22] + bytes + [0x22]) == .badText(at: 1))
    }

    @Test("a nest without end is refused and takes no stack")
    func nest() {
        #expect(problem(String(repeating: "[", count: 100_000)) == .tooDeep(at: CanonicalJson.deepest))
        #expect(throws: CanonicalProblem.self) {
            var value = TrailValue.integer(1)
            for _ in 0..<CanonicalJson.deepest { value = .list([value]) }
            _ = try CanonicalJson.bytes(value)
        }
    }

    @Test("every byte of a record changed in every bit is another record or none")
    func flips() throws {
        let record = try VectorTests.record(3)
        let leaf = TrailHash.leaf(record)
        for index in record.indices {
            for bit in 0..<8 {
                var changed = record
                changed[index] ^= 1 << bit
                #expect(problem(changed) != nil || TrailHash.leaf(changed) != leaf)
            }
        }
    }
}
