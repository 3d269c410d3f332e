/// What a terminal answers to the question for its graphics.
enum TerminalReply: Hashable, Sendable {
    /// To kitty's question of that number: whether it can be done.
    case graphics(number: Int, isOk: Bool)
    /// The primary device attributes. They are asked for last, and nearly every terminal gives them.
    case attributes([Int])
}

/// Takes a terminal's replies out of what is typed, in whatever pieces they come and however late.
///
/// A reply begins as the Esc key does. So while one is still to come, an Esc at the end of what was read is held back
/// until more comes or `release` says that it was a key.
struct ReplyCollector {
    enum Piece: Hashable, Sendable {
        /// Read in one go, so that an Esc with something behind it is Alt.
        case typed([RawInput])
        case reply(TerminalReply)
    }

    private enum State: Hashable {
        case plain, escape
        case opened(UInt32)
        case graphics, graphicsEscape, attributes
    }

    /// Whether the last reply is still to come.
    private(set) var isAwaiting = true
    private var state = State.plain
    /// What may yet become a reply, and how much of it was read in earlier goes.
    private var held: [RawInput] = []
    private var heldBefore = 0
    /// The part of a reply between its marks.
    private var body: [UInt8] = []
    private var pieces: [Piece] = []
    private var typed: [RawInput] = []

    /// More of a reply is taken out but not kept: none that we ask for is nearly as long.
    private static let mostBody = 256

    var isHolding: Bool { !held.isEmpty }

    mutating func take(_ inputs: [RawInput]) -> [Piece] {
        for input in inputs { step(input) }
        if !isAwaiting, isHolding { giveBack() }
        heldBefore = held.count
        return finish()
    }

    /// Time has passed, or something else comes: what is held was typed. The rest of a reply whose beginning went that
    /// way is still taken out.
    mutating func release() -> [Piece] {
        guard isHolding else { return [] }
        let next = isAwaiting ? state : .plain
        giveBack()
        state = next
        return finish()
    }

    /// No more replies are expected.
    mutating func stopAwaiting() { isAwaiting = false }

    // MARK: One input

    private mutating func step(_ input: RawInput) {
        guard case .character(let value) = input else {
            // A click or a report of focus may come between the pieces of a reply.
            if state != .graphics, state != .graphicsEscape, state != .attributes { giveBack() }
            typed.append(input)
            return
        }
        switch (state, value) {
        case (.plain, 27): hold(input, .escape)
        case (.plain, _): typed.append(input)
        case (.escape, 0x5B), (.escape, 0x5F): hold(input, .opened(value))
        case (.opened(0x5F), 0x47): begin(.graphics)
        case (.opened(0x5B), 0x3F): begin(.attributes)
        case (.escape, _), (.opened, _):
            giveBack()
            step(input)
        case (.graphics, 27): state = .graphicsEscape
        case (.graphics, 0x20...0x7E): keep(value)
        case (.graphicsEscape, 0x5C): endGraphics()
        case (.graphicsEscape, _):
            // It was cut off, and a key follows.
            hold(.character(27), .escape)
            step(input)
        case (.attributes, 0x20...0x3F): keep(value)
        case (.attributes, 0x40...0x7E): endAttributes(isWhole: value == 0x63)
        case (.graphics, _), (.attributes, _):
            state = .plain
            step(input)
        }
    }

    private mutating func hold(_ input: RawInput, _ next: State) {
        held.append(input)
        state = next
    }

    private mutating func begin(_ next: State) {
        held = []
        heldBefore = 0
        body = []
        state = next
    }

    private mutating func keep(_ value: UInt32) {
        if body.count < Self.mostBody { body.append(UInt8(truncatingIfNeeded: value)) }
    }

    /// What was held was typed after all, some of it in an earlier go.
    private mutating func giveBack() {
        if heldBefore > 0 {
            flush()
            typed = Array(held.prefix(heldBefore))
            flush()
        }
        typed += held.dropFirst(heldBefore)
        held = []
        heldBefore = 0
        state = .plain
    }

    // MARK: What a reply says

    /// `i=4711;OK`.
    private mutating func endGraphics() {
        state = .plain
        let parts = String(decoding: body, as: UTF8.self).split(separator: ";", maxSplits: 1)
        guard parts.count == 2 else { return }
        let number = parts[0].split(separator: ",").first { $0.hasPrefix("i=") }?.dropFirst(2)
        guard let number, let number = Int(number) else { return }
        add(.graphics(number: number, isOk: parts[1] == "OK"))
    }

    /// `62;4;22` before the `c`; any other report is none of ours.
    private mutating func endAttributes(isWhole: Bool) {
        state = .plain
        guard isWhole else { return }
        isAwaiting = false
        add(.attributes(String(decoding: body, as: UTF8.self).split(separator: ";").compactMap { Int($0) }))
    }

    private mutating func add(_ reply: TerminalReply) {
        flush()
        pieces.append(.reply(reply))
    }

    private mutating func flush() {
        if !typed.isEmpty { pieces.append(.typed(typed)) }
        typed = []
    }

    private mutating func finish() -> [Piece] {
        flush()
        defer { pieces = [] }
        return pieces
    }
}
