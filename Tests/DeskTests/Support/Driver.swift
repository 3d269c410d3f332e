import Domain
import Foundation
import Services
import TerminalKit
import Testing

@testable import Desk

/// A whole desk on a real workspace, without a terminal: types keys, and waits by counting what is under way instead of
/// sleeping. What it waits for comes through the same wakes and answers as in the program.
@MainActor final class Driver {
    let house: DeskHouse
    private(set) var model: DeskModel
    /// What was sent to the terminal's clipboard.
    private(set) var copied: [String] = []
    private var runner: EffectRunner?
    private var watcher: WakeWatcher?
    private var waiting: CheckedContinuation<Void, Never>?
    private var moved = 0

    init(_ house: DeskHouse, size: Size) throws {
        self.house = house
        let workspace = house.workspace
        let first = try workspace.firstPaint(ActivityQuery())
        model = DeskModel(
            size: size, settings: DeskSettings(exportFolder: house.folder), keys: KeyMap(),
            isSandbox: workspace.isSimulated, now: workspace.now, utcOffset: workspace.utcOffset(at: workspace.now),
            user: Sample.asha)
        let effects = model.start(summary: first.summary, page: first.page)
        runner = EffectRunner(
            workspace: workspace, deliver: { [weak self] in self?.take($0) },
            terminal: { [weak self] effect in if case .copy(let text) = effect { self?.copied.append(text) } })
        watcher = WakeWatcher(path: workspace.home.wake, queue: .main) { [weak self] in
            MainActor.assumeIsolated { self?.take(.changed) }
        }
        run(effects)
    }

    private func take(_ input: DeskInput) {
        let now = house.workspace.now
        run(model.handle(input, at: now, utcOffset: house.workspace.utcOffset(at: now)))
        step()
    }

    /// Toasts stay: nothing in a test waits for time to pass.
    private func run(_ effects: [Effect]) {
        runner?.run(effects.filter { if case .expireToast = $0 { false } else { true } })
    }

    private func step() {
        moved += 1
        waiting?.resume()
        waiting = nil
    }

    func press(_ keys: Key...) { for key in keys { take(.event(.key(key))) } }
    func type(_ text: String) { for letter in text { press(.character(letter)) } }
    func fill(_ text: String) {
        press(.control("u"))
        type(text)
    }

    var screen: String { model.frame().canvas.textRows.joined(separator: "\n") }
    func shows(_ text: String) -> Bool { screen.contains(text) }

    /// Waits until nothing is under way and `condition` holds. When it never does, the time limit of the suite ends it
    /// and the screen is printed.
    func until(
        _ what: String, location: SourceLocation = #_sourceLocation, _ condition: (Driver) -> Bool
    ) async throws {
        while !(runner?.busy == 0 && condition(self)) {
            try Task.checkCancellation(orSay: "never came: \(what)\n\(screen)", location)
            let before = moved
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    if moved != before || Task.isCancelled { continuation.resume() } else { waiting = continuation }
                }
            } onCancel: {
                Task { @MainActor in self.step() }
            }
            // The count of effects under way falls right after an answer was handed over.
            await Task.yield()
        }
    }

    func untilShown(_ text: String, location: SourceLocation = #_sourceLocation) async throws {
        try await until(text, location: location) { $0.shows(text) }
    }
}

extension Task where Success == Never, Failure == Never {
    static func checkCancellation(orSay text: String, _ location: SourceLocation) throws {
        guard isCancelled else { return }
        Issue.record(Comment(rawValue: text), sourceLocation: location)
        throw _Concurrency.CancellationError()
    }
}
