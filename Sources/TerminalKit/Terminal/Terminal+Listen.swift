import Foundation

extension Terminal {
    /// Delivers events from now on, on the main queue: everything that waited in one call, in order, so that the caller
    /// draws once. Returns at once; keep the main thread in `RunLoop.main.run()`.
    public func listen(_ onEvents: @escaping @MainActor ([InputEvent]) -> Void) {
        listener?.cancel()
        listener = TerminalListener { [weak self] wake in
            guard let self else { return }
            let events = self.events(for: wake)
            if !events.isEmpty { onEvents(events) }
            self.releaseLater(onEvents)
        }
    }

    /// What may be the beginning of a reply is held for a moment; whatever comes meanwhile decides it first.
    private func releaseLater(_ onEvents: @escaping @MainActor ([InputEvent]) -> Void) {
        guard replies?.isHolding == true else { return }
        releases += 1
        let number = releases
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(Int(Self.replyWait))) { [weak self] in
            MainActor.assumeIsolated {
                guard let self, self.listener != nil, self.releases == number else { return }
                let events = self.handle(self.releaseHeld())
                if !events.isEmpty { onEvents(events) }
            }
        }
    }

    private func events(for wake: TerminalListener.Wake) -> [InputEvent] {
        switch wake {
        case .input: return readAll()
        case .signal(SIGWINCH):
            if takeSize() { return [.resize(size)] }
            refreshPictures()
            return []
        // After a stop by others (kill -STOP) the screen may hold anything.
        case .signal(SIGCONT):
            let hasChanged = takeSize()
            repaint()
            return hasChanged ? [.resize(size)] : []
        case .signal(SIGHUP): return hungUp()
        case .signal(let number): return [.terminate(signal: number)]
        }
    }

    /// Everything that waits, a paste as one event.
    func readAll() -> [InputEvent] {
        var events: [InputEvent] = []
        var hasRead = false
        if paste != nil {
            hasRead = true
            guard continuePaste(&events) else { return events }
        }
        while true {
            var inputs: [RawInput] = []
            var isPaste = false
            while let input = Curses.next(isPaste: &isPaste) { inputs.append(input) }
            hasRead = hasRead || isPaste || !inputs.isEmpty
            events += handle(self.events(from: inputs))
            if isPaste { events += handle(releaseHeld()) }
            guard isPaste else { break }
            paste = PasteCollector()
            guard continuePaste(&events) else { return events }
        }
        return hasRead || !isGone ? events : events + hungUp()
    }

    private func handle(_ events: [InputEvent]) -> [InputEvent] {
        guard options.suspendsOnControlZ, events.contains(.key(.control("z"))) else { return events }
        let before = size
        suspend()
        let resized: [InputEvent] = before == size ? [] : [.resize(size)]
        return events.filter { $0 != .key(.control("z")) } + [.resumed] + resized
    }

    /// Reads a paste past curses, which would take a megabyte byte by byte. False when more of it is still to come.
    private func continuePaste(_ events: inout [InputEvent]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isReadable {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count <= 0 {
                if count == 0 { events += hungUp() }
                return false
            }
            guard let end = paste?.take(buffer[..<count]) else { continue }
            events.append(.paste(end.text))
            paste = nil
            Curses.unread(end.rest)
            return true
        }
        return false
    }

    private var isReadable: Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return Foundation.poll(&poll, 1, 0) > 0 && poll.revents & Int16(POLLIN) != 0
    }

    /// Woken although nothing can be read: the other end is closed, or the terminal is gone.
    private var isGone: Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard Foundation.poll(&poll, 1, 0) > 0 else { return false }
        if Int32(poll.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
        var waiting: Int32 = 0
        return ioctl(STDIN_FILENO, UInt(FIONREAD), &waiting) == 0 && waiting == 0
    }

    /// Stops listening, or a dead descriptor would wake us for ever.
    private func hungUp() -> [InputEvent] {
        listener?.cancel()
        listener = nil
        return [.hangup]
    }
}
