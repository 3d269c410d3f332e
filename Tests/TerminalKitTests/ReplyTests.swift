import Testing

@testable import TerminalKit

@Suite("Replies of a terminal") struct ReplyTests {
    private static let kitty = "\u{1B}_Gi=4711;OK\u{1B}\\"
    private static let attributes = "\u{1B}[?62;4;22c"
    private static let isKitty = TerminalReply.graphics(number: 4_711, isOk: true)
    private static let hasSixel = TerminalReply.attributes([62, 4, 22])

    /// What comes of reads, each of which ends where the program had read all that there was.
    private static func heard(
        _ reads: [[RawInput]], releasing: Bool = false
    ) -> (replies: [TerminalReply], events: [InputEvent]) {
        var collector = ReplyCollector()
        var pieces: [ReplyCollector.Piece] = []
        for read in reads {
            pieces += collector.take(read)
            if releasing { pieces += collector.release() }
        }
        pieces += collector.release()
        var (replies, events): ([TerminalReply], [InputEvent]) = ([], [])
        for piece in pieces {
            switch piece {
            case .typed(let inputs): events += KeyDecoder.events(from: inputs)
            case .reply(let reply): replies.append(reply)
            }
        }
        return (replies, events)
    }

    private static func raw(_ text: String) -> [RawInput] { text.unicodeScalars.map { .character($0.value) } }

    private static func cut(_ inputs: [RawInput], _ size: Int) -> [[RawInput]] {
        stride(from: 0, to: inputs.count, by: size).map { Array(inputs[$0..<min($0 + size, inputs.count)]) }
    }

    @Test(arguments: 1...24) func `in whatever pieces, both are heard and nothing seems typed`(size: Int) {
        let heard = Self.heard(Self.cut(Self.raw(Self.kitty + Self.attributes), size))
        #expect(heard.replies == [Self.isKitty, Self.hasSixel])
        #expect(heard.events == [])
    }

    @Test(arguments: 1...24) func `also when each piece takes so long that its Esc counts as a key`(size: Int) {
        let heard = Self.heard(Self.cut(Self.raw(Self.kitty + Self.attributes), size), releasing: true)
        #expect(heard.replies == [Self.isKitty, Self.hasSixel])
        // A pause right there cannot be told from keys; nothing behind it is typed.
        let unclear: Set<InputEvent> = [
            .key(.escape), .key("_"), .key("["), .key(.alt("_")), .key(.alt("[")),
        ]
        #expect(heard.events.allSatisfy(unclear.contains) && (size < 3 || heard.events.count <= 1))
    }

    @Test func `keys before, between and behind replies stay keys, in their order`() {
        let text = "a" + Self.kitty + "b" + Self.attributes + "c"
        for size in [1, 4, 100] {
            let heard = Self.heard(Self.cut(Self.raw(text), size))
            #expect(heard.replies == [Self.isKitty, Self.hasSixel])
            #expect(heard.events == [.key("a"), .key("b"), .key("c")])
        }
    }

    @Test func `keys, clicks and focus that curses has recognised go through the middle of one`() {
        let click = RawInput.mouse(MouseEvent(x: 3, y: 4))
        let head = Self.raw("\u{1B}_Gi=47")
        let heard = Self.heard([head + [.key(.up)], [click, .focusIn], Self.raw("11;OK\u{1B}\\" + Self.attributes)])
        #expect(heard.replies == [Self.isKitty, Self.hasSixel])
        #expect(heard.events == [.key(.up), .mouse(MouseEvent(x: 3, y: 4)), .focusIn])
    }

    @Test func `Esc, Alt and what only looks like a reply stay what they are`() {
        #expect(Self.heard([Self.raw("\u{1B}")]).events == [.key(.escape)])
        #expect(Self.heard([Self.raw("\u{1B}x")]).events == [.key(.alt("x"))])
        #expect(Self.heard([Self.raw("\u{1B}\u{1B}")]).events == [.key(.escape), .key(.escape)])
        #expect(Self.heard([[.character(27), .key(.up)]]).events == [.key(Key(.up, .alt))])
        // Esc in one go and a letter in the next are two presses, not Alt.
        #expect(Self.heard([Self.raw("\u{1B}"), Self.raw("x")]).events == [.key(.escape), .key("x")])
        #expect(Self.heard([Self.raw("\u{1B}_x")]).events == [.key(.alt("_")), .key("x")])
        #expect(Self.heard([Self.raw("\u{1B}"), Self.raw("[A")]).events == [.key(.escape), .key("["), .key("A")])
    }

    @Test func `Esc is held only while a reply is to come`() {
        var collector = ReplyCollector()
        #expect(collector.take(Self.raw("\u{1B}")) == [] && collector.isHolding)
        #expect(collector.release() == [.typed([.character(27)])])
        #expect(collector.take(Self.raw(Self.attributes)) == [.reply(Self.hasSixel)] && !collector.isAwaiting)
        #expect(collector.take(Self.raw("\u{1B}")) == [.typed([.character(27)])] && !collector.isHolding)
        // One that a slow link brings afterwards is heard all the same.
        #expect(collector.take(Self.raw(Self.kitty)) == [.reply(Self.isKitty)])
    }

    @Test func `a pause in the middle of a reply types nothing`() {
        var collector = ReplyCollector()
        #expect(collector.take(Self.raw("\u{1B}_Gi=4711;O")) == [] && collector.release() == [])
        #expect(collector.take(Self.raw("K\u{1B}")) == [] && collector.release() == [])
        #expect(collector.take(Self.raw("\\")) == [.reply(Self.isKitty)])
    }

    @Test func `refusals, others' reports and endless ones are taken out too`() {
        #expect(
            Self.heard([Self.raw("\u{1B}_Gi=4711;ENOTSUPPORTED:no\u{1B}\\")]).replies == [
                .graphics(number: 4_711, isOk: false)
            ])
        let report = Self.heard([Self.raw("\u{1B}[?2026;1$y\u{1B}_Gnonsense\u{1B}\\q")])
        #expect(report.replies == [] && report.events == [.key("q")])
        let endless = Self.heard([Self.raw("\u{1B}_G" + String(repeating: "x", count: 10_000) + "\rq")])
        #expect(endless.replies == [] && endless.events == [.key(.enter), .key("q")])
    }
}
