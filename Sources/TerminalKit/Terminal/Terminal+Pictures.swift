import Foundation

extension Terminal {
    /// How pictures are shown now; nil where half blocks are all there is, or all that is known of yet.
    var graphics: Graphics? {
        switch graphicsTerms {
        case .never: nil
        case .use(let graphics): graphics
        case .ask: heardGraphics
        }
    }

    private var graphicsTerms: GraphicsTerms {
        GraphicsTerms(
            choice: pictures, type: options.type ?? "", multiplexer: options.multiplexer, tier: tier,
            isUnicode: isUnicode)
    }

    /// What shows a canvas's pictures in the place of those that are shown. The first picture brings the question.
    func pictureChange(for canvas: Canvas) -> PictureLayer.Change {
        let wanted = canvas.pictures
        if wanted.isEmpty, layer.isEmpty { return PictureLayer.Change() }
        var change = layer.show(wanted, pictureTerms)
        guard !wanted.isEmpty, replies == nil, !isAway, graphicsTerms == .ask else { return change }
        replies = ReplyCollector()
        // Asked at the top left corner: what a terminal prints of it all the same, its row is painted over.
        let question = "\u{1B}7\u{1B}[1;1H\(KittyGraphics.question)\u{1B}[c\u{1B}8"
        change.before += Array(question.utf8)
        change.rows.append(0..<1)
        return change
    }

    var pictureTerms: PictureLayer.Terms {
        var window = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
        let cell =
            isKnown
            ? CellPixels(pixelsAcross: Int(window.ws_xpixel), pixelsDown: Int(window.ws_ypixel), screen: size) : nil
        return PictureLayer.Terms(graphics: graphics, screen: size, cell: cell)
    }

    /// Takes the replies out of what was read, and what they say to heart.
    func events(from inputs: [RawInput]) -> [InputEvent] {
        guard replies != nil else { return KeyDecoder.events(from: inputs) }
        return events(from: replies?.take(inputs) ?? [])
    }

    /// What was held back as the beginning of a reply was typed.
    func releaseHeld() -> [InputEvent] { events(from: replies?.release() ?? []) }

    private func events(from pieces: [ReplyCollector.Piece]) -> [InputEvent] {
        pieces.flatMap { piece -> [InputEvent] in
            switch piece {
            case .typed(let inputs): return KeyDecoder.events(from: inputs)
            case .reply(let reply):
                let before = heardGraphics
                heardGraphics = reply.graphics(after: before)
                guard let now = heardGraphics, now != before else { return [] }
                return [.graphics(now)]
            }
        }
    }

    /// Before the terminal is given back: a reply that came afterwards would be typed to the shell. What else comes in
    /// that moment is lost.
    func awaitReplies() {
        guard replies?.isAwaiting == true else { return }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while replies?.isAwaiting == true {
            var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard Foundation.poll(&poll, 1, Self.replyWait) > 0 else { break }
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { break }
            _ = events(from: buffer[..<count].map { .character(UInt32($0)) })
        }
        replies?.stopAwaiting()
    }

    /// Milliseconds that a link may take between two pieces of a reply.
    static let replyWait: Int32 = 150
}

extension TerminalReply {
    /// What is known of the terminal after this reply. Of two ways kitty's is the better: it scales by cells.
    fileprivate func graphics(after known: Graphics?) -> Graphics? {
        switch self {
        case .graphics(let number, let isOk): isOk && number == KittyGraphics.questionNumber ? .kitty : known
        // The first number is the terminal's class, the others are what it can do.
        case .attributes(let numbers): known ?? (numbers.dropFirst().contains(4) ? .sixel : nil)
        }
    }
}
