import Testing

@testable import TerminalKit

@Suite("Keys") struct KeyTests {
    @Test(arguments: [
        "ctrl-p", "alt-x", "shift-up", "f12", "pgdn", "space", "/", "-", "ctrl-alt-left", "shift-tab", "esc",
    ])
    func `a key written in the configuration is written back the same`(text: String) throws {
        let key = try #require(Key(parsing: text))
        #expect(key.description == text)
        #expect(Key(parsing: key.description) == key)
    }

    @Test func `keys that a terminal cannot tell apart are one key`() {
        #expect(Key(parsing: "ctrl-m") == .enter)
        #expect(Key(parsing: "Ctrl-I") == .tab)
        #expect(Key(parsing: "shift-a") == "A")
        #expect(Key(parsing: "backtab") == .backtab)
        #expect(Key(parsing: "ctrl-P") == .control("p"))
    }

    @Test(arguments: ["", "hyper-x", "f0", "f64", "xy", "\u{1B}", "ctrl-"]) func `nonsense is no key`(text: String) {
        #expect(Key(parsing: text) == nil)
    }

    @Test func `Esc followed by a letter in the same go is Alt, alone it is Esc, twice it is two presses`() {
        #expect(KeyDecoder.events(from: [.character(27), .character(0x78)]) == [.key(.alt("x"))])
        #expect(KeyDecoder.events(from: [.character(27)]) == [.key(.escape)])
        #expect(KeyDecoder.events(from: [.character(27), .character(27)]) == [.key(.escape), .key(.escape)])
        #expect(KeyDecoder.events(from: [.character(27), .key(.up)]) == [.key(Key(.up, .alt))])
        #expect(
            KeyDecoder.events(from: [.character(127), .character(8), .character(13), .character(10)]) == [
                .key(.backspace), .key(.backspace), .key(.enter), .key(.control("j")),
            ])
    }

    @Test(arguments: [1, 3, 7, 4096]) func `a paste is one text however its bytes are cut`(chunk: Int) throws {
        let body = "line one\r\nname हिन्दी\tend\u{1B}[31m\u{7}"
        let bytes = Array((body + "\u{1B}[201~x").utf8)
        var collector = PasteCollector()
        var result: (text: String, rest: ArraySlice<UInt8>)?
        var rest: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let piece = bytes[start..<min(bytes.count, start + chunk)]
            if result == nil { result = collector.take(piece) } else { rest += piece }
        }
        let end = try #require(result)
        #expect(end.text == "line one\nname हिन्दी\tend[31m")
        #expect(Array(end.rest) + rest == Array("x".utf8))
    }
}
