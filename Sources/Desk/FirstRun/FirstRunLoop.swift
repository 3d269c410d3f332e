import Foundation
import Secrets
import Services
import TerminalKit

/// What the first start can do; given by the composition root, which knows workspaces and demos.
public struct FirstRunActions: Sendable {
    /// Makes the workspace, logs its admin in, and returns the recovery code.
    public var create: @Sendable (FirstRunDraft) async throws(FirstRunRefusal) -> SecretBytes
    /// Makes the demo and logs its user in; tells how far it is.
    public var makeDemo: @Sendable (@escaping @Sendable (Int, Int) -> Void) async throws(Complaint) -> Void

    public init(
        create: @escaping @Sendable (FirstRunDraft) async throws(FirstRunRefusal) -> SecretBytes,
        makeDemo: @escaping @Sendable (@escaping @Sendable (Int, Int) -> Void) async throws(Complaint) -> Void
    ) {
        self.create = create
        self.makeDemo = makeDemo
    }
}

/// The terminal of the first start, on its way to the desk: it is not given back in between.
@MainActor
public struct HeldTerminal {
    let terminal: Terminal

    /// Gives it back, when there will be no desk.
    public func close() { terminal.close() }
}

/// Shows the first start and carries out what is chosen. It ends by opening the desk or by leaving.
@MainActor
public final class FirstRunLoop {
    public enum Ending {
        case workspace(HeldTerminal)
        case demo(HeldTerminal)
        /// The terminal has been given back.
        case left(status: Int32)
    }

    private let terminal: Terminal
    private let actions: FirstRunActions
    private let onEnd: @MainActor (Ending) -> Void
    private var state: FirstRunState
    private var hits = HitMap()
    private var hasEnded = false

    /// Takes the terminal over.
    ///
    /// - Parameter place: where a workspace of one's own would be, as people read it.
    public static func open(
        place: String, environment: [String: String], actions: FirstRunActions,
        onEnd: @escaping @MainActor (Ending) -> Void
    ) throws(Complaint) -> FirstRunLoop {
        let loop = FirstRunLoop(
            place: place, terminal: try Terminal.opened(for: .dark, environment, reportsMouse: true), actions, onEnd)
        loop.draw()
        loop.terminal.listen { [weak loop] events in loop?.take(events) }
        return loop
    }

    private init(
        place: String, terminal: Terminal, _ actions: FirstRunActions, _ onEnd: @escaping @MainActor (Ending) -> Void
    ) {
        self.terminal = terminal
        self.actions = actions
        self.onEnd = onEnd
        state = FirstRunState(place: place, size: terminal.size)
    }

    private func draw() {
        guard !hasEnded else { return }
        let frame = state.frame()
        hits = frame.hits
        terminal.draw(frame.canvas, cursor: frame.cursor)
    }

    private func take(_ events: [InputEvent]) {
        for event in events where !hasEnded {
            var target: HitTarget?
            if case .mouse(let mouse) = event { target = hits.target(x: mouse.x, y: mouse.y) }
            if let effect = state.handle(event, target: target) { carryOut(effect, event) }
        }
        draw()
    }

    private func carryOut(_ effect: FirstRunState.Effect, _ event: InputEvent) {
        switch effect {
        case .redraw: terminal.repaint()
        case .suspend: terminal.suspend()
        case .open: end(.workspace(HeldTerminal(terminal: terminal)))
        case .quit:
            terminal.close()
            end(.left(status: event.exitStatus))
        case .create(let draft): create(draft)
        case .makeDemo: makeDemo()
        }
    }

    private func create(_ draft: FirstRunDraft) {
        let actions = actions
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            do throws(FirstRunRefusal) {
                let code = try await actions.create(draft)
                await self?.apply { $0.made(code) }
            } catch {
                await self?.apply { $0.refused(error) }
            }
        }
    }

    private func makeDemo() {
        let actions = actions
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            do throws(Complaint) {
                try await actions.makeDemo { done, total in
                    DispatchQueue.main.async {
                        MainActor.assumeIsolated { self?.apply { $0.progressed(done, of: total) } }
                    }
                }
                await self?.demoIsMade()
            } catch {
                await self?.apply { $0.refused(FirstRunRefusal(error)) }
            }
        }
    }

    private func demoIsMade() {
        if !hasEnded { end(.demo(HeldTerminal(terminal: terminal))) }
    }

    private func apply(_ change: (inout FirstRunState) -> Void) {
        change(&state)
        draw()
    }

    private func end(_ ending: Ending) {
        hasEnded = true
        onEnd(ending)
    }
}

extension InputEvent {
    /// As a shell counts: 128 and the signal's number.
    fileprivate var exitStatus: Int32 {
        switch self {
        case .terminate(let signal): 128 + signal
        case .hangup: 129
        default: 0
        }
    }
}

extension Terminal {
    /// The desk's way to open it: Ctrl-Z comes as a key, and what is wrong comes in words.
    static func opened(
        for theme: Theme, _ environment: [String: String], reportsMouse: Bool, pictures: PictureChoice = .auto
    ) throws(Complaint) -> Terminal {
        var options = TerminalOptions(theme: theme, environment: environment)
        options.reportsMouse = reportsMouse
        options.pictures = pictures
        options.suspendsOnControlZ = false
        do {
            return try Terminal.open(options)
        } catch {
            throw Complaint(error.message, status: .badConfiguration)
        }
    }
}
