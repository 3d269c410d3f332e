import Domain
import Foundation
import Services
import TerminalKit

/// Brings terminal, model and effects together on the main actor. Draws at most once per wake, and only what changed.
@MainActor
public final class DeskLoop {
    private let terminal: Terminal
    private let workspace: Workspace
    private var model: DeskModel
    private var runner: EffectRunner?
    private var frame: Frame
    private var isDrawScheduled = false
    private var watcher: WakeWatcher?
    private var keeper: WorkerKeeper?
    private var minuteTimer: (any DispatchSourceTimer)?
    private var idleTimer: (any DispatchSourceTimer)?
    private var lastTouch: Instant
    private var isTouched = false
    /// When the session was last told that somebody works in this desk.
    private var lastSign: Instant
    private var isSecondScheduled = false
    private let onExit: @MainActor (Int32) -> Void
    private var exitStatus: Int32 = 0

    /// Paints the first frame before anything else starts.
    public init(
        workspace: Workspace, model: DeskModel, terminal: Terminal,
        onExit: @escaping @MainActor (Int32) -> Void
    ) {
        self.workspace = workspace
        self.model = model
        self.terminal = terminal
        lastTouch = workspace.now
        lastSign = lastTouch
        self.onExit = onExit
        frame = model.frame()
        terminal.draw(frame.canvas, cursor: frame.cursor)
        runner = EffectRunner(
            workspace: workspace, deliver: { [weak self] in self?.handle($0) },
            terminal: { [weak self] in self?.carryOut($0) })
    }

    /// Listens until the desk is left. `effects` are those of the start.
    public func start(_ effects: [Effect], notices: [Toast]) {
        terminal.listen { [weak self] events in self?.take(events) }
        let changes = ChangeGate(after: { work in Self.later(.milliseconds(50), work) }) { [weak self] in
            self?.handle(.changed)
            self?.keeper?.noteCommit()
        }
        watcher = WakeWatcher(path: workspace.home.wake, queue: .main) {
            MainActor.assumeIsolated { changes.note() }
        }
        keeper = WorkerKeeper(
            workspace: workspace, isLocked: { [weak self] in self?.model.isLocked ?? true },
            deliver: { [weak self] in self?.handle($0) })
        scheduleMinute()
        scheduleIdle(after: idleLimit)
        runner?.run(effects)
        notices.forEach { handle(.notice($0)) }
        checkTrail()
    }

    /// After the first paint: whether the audit trail is still the one that was signed.
    private func checkTrail() {
        let workspace = workspace
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            let problem = await workspace.trailStanding().problem
            await self?.handle(.trail(problem: problem))
        }
    }

    /// Asked on this thread, which takes two look-ups: a minute in which nothing is due wakes no other.
    private func signTrail() {
        let trail = workspace.trail
        guard !model.isLocked, trail.isDue else { return }
        Task.detached(executorPreference: WorkQueue.shared) { await trail.signIfDue() }
    }

    private func take(_ events: [InputEvent]) {
        // A machine that slept comes back locked, whatever its timers counted.
        if workspace.now.since(lastTouch) >= idleLimit { idleIsDue() }
        // The terminal answers by itself: nobody touched the desk.
        if events.contains(where: { if case .graphics = $0 { false } else { true } }) {
            lastTouch = workspace.now
            isTouched = true
            // Another desk of this session is to see soon that somebody works here.
            if lastTouch.since(lastSign) >= .seconds(30) { touchSession() }
        }
        for event in events {
            if case .mouse(let mouse) = event {
                apply(.mouse(frame.hits.target(x: mouse.x, y: mouse.y), mouse))
            } else {
                if case .terminate(let signal) = event { exitStatus = 128 + signal }
                if event == .hangup { exitStatus = 129 }
                apply(.event(event))
            }
        }
        draw()
    }

    private func handle(_ input: DeskInput) {
        apply(input)
        if case .loggedIn = input { keeper?.noteLogin() }
        scheduleDraw()
    }

    private func apply(_ input: DeskInput) {
        let now = workspace.now
        runner?.run(model.handle(input, at: now, utcOffset: workspace.utcOffset(at: now)))
    }

    private func scheduleDraw() {
        guard !isDrawScheduled else { return }
        isDrawScheduled = true
        DispatchQueue.main.async { [weak self] in
            MainActor.assumeIsolated {
                // A key that came first has drawn it.
                if self?.isDrawScheduled == true { self?.draw() }
            }
        }
    }

    private func draw() {
        isDrawScheduled = false
        guard !model.isFinished else { return }
        frame = model.frame()
        terminal.draw(frame.canvas, cursor: frame.cursor)
        scheduleSecond()
    }

    /// One more second while a screen shows them; nothing ticks otherwise.
    private func scheduleSecond() {
        guard model.showsSeconds, !isSecondScheduled else { return }
        isSecondScheduled = true
        Self.later(.seconds(1)) { [weak self] in
            self?.isSecondScheduled = false
            self?.handle(.tick)
        }
    }

    private static func later(_ wait: DispatchTimeInterval, _ work: @escaping @MainActor () -> Void) {
        DispatchQueue.main.asyncAfter(deadline: .now() + wait) { MainActor.assumeIsolated { work() } }
    }

    /// The clock on the top line: one wake-up a minute, at its turn.
    private func scheduleMinute() {
        let timer = DispatchSource.makeTimerSource(queue: .main)
        let rest = 60_000 - Int(workspace.now.milliseconds % 60_000)
        timer.schedule(deadline: .now() + .milliseconds(rest), repeating: .seconds(60), leeway: .milliseconds(200))
        timer.setEventHandler { [weak self] in
            MainActor.assumeIsolated {
                self?.handle(.tick)
                self?.signTrail()
            }
        }
        timer.resume()
        minuteTimer = timer
    }

    private var idleLimit: Duration { .seconds(60 * workspace.settings.desk.lockMinutes) }

    /// One wake-up when the desk would be due for its lock; keys meanwhile only move the next one. A timer by the wall
    /// clock would wake the process every second.
    private func scheduleIdle(after wait: Duration) {
        idleTimer?.cancel()
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.schedule(deadline: .now() + .milliseconds(Int(wait.milliseconds)), leeway: .milliseconds(500))
        timer.setEventHandler { [weak self] in
            MainActor.assumeIsolated { self?.idleIsDue() }
        }
        timer.resume()
        idleTimer = timer
    }

    private func idleIsDue() {
        if isTouched { touchSession() }
        let rest = idleLimit.milliseconds - workspace.now.since(lastTouch).milliseconds
        if rest <= 0 { handle(.idle(minutes: workspace.settings.desk.lockMinutes)) }
        scheduleIdle(after: rest > 0 ? .milliseconds(rest) : idleLimit)
    }

    /// Who works in the desk works in the session, since its last key.
    private func touchSession() {
        guard !model.isLocked else { return }
        isTouched = false
        lastSign = workspace.now
        let (login, at) = (workspace.login, lastTouch)
        Task.detached(executorPreference: WorkQueue.shared) { await login.touch(at: at) }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .copy(let text):
            if !terminal.copyToClipboard(text) {
                handle(
                    .notice(
                        Toast(.warning, "Too long for the terminal's clipboard", detail: "save it to a file instead")))
            }
        case .suspend: terminal.suspend()
        case .redraw: terminal.repaint()
        case .setMouse(let isOn): terminal.reportsMouse = isOn
        case .quit: leave()
        default: break
        }
    }

    private func leave() {
        minuteTimer?.cancel()
        idleTimer?.cancel()
        watcher = nil
        keeper = nil
        terminal.close()
        // The prompt is back already; what was recorded is signed, but nobody waits for it longer than this.
        let (trail, end) = (workspace.trail, onExit)
        let status = exitStatus
        let once = Once()
        Task.detached {
            await trail.signAtEnd()
            await once.run { end(status) }
        }
        Self.later(.seconds(2)) { once.run { end(status) } }
    }

    /// Runs one of several that end the desk.
    @MainActor
    private final class Once {
        private var isDone = false
        nonisolated init() {}

        func run(_ body: @MainActor () -> Void) {
            if isDone { return }
            isDone = true
            body()
        }
    }
}
