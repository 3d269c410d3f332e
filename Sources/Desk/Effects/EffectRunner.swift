import Domain
import Foundation
import Services
import TerminalKit

/// Carries out effects against an open workspace and hands back what came of them. Nothing here blocks: a
/// page that is at hand is taken at once, every other service call waits off the main thread.
@MainActor
public final class EffectRunner {
    let workspace: Workspace
    let deliver: @MainActor (DeskInput) -> Void
    private let terminal: @MainActor (Effect) -> Void
    private let toastLife: Duration
    /// Effects under way. Tests wait until it is 0 instead of sleeping.
    public internal(set) var busy = 0
    private var isReadingSummary = false
    private var isSummaryStale = false
    /// Files that are being checked: one reading at a time, and a person may end it.
    var survey: Task<Void, Never>?
    /// A support bundle that is being collected: one at a time, and whoever leaves ends it.
    var collecting: Task<Void, Never>?

    /// - Parameters:
    ///   - terminal: takes the effects that only the terminal's owner can carry out.
    ///   - toastLife: how long a toast stays; what went wrong stays three times as long.
    public init(
        workspace: Workspace, toastLife: Duration = .seconds(4),
        deliver: @escaping @MainActor (DeskInput) -> Void, terminal: @escaping @MainActor (Effect) -> Void
    ) {
        self.workspace = workspace
        self.toastLife = toastLife
        self.deliver = deliver
        self.terminal = terminal
    }

    public func run(_ effects: [Effect]) { effects.forEach(run) }

    private func run(_ effect: Effect) {
        switch effect {
        case .copy, .suspend, .redraw, .quit, .setMouse: terminal(effect)
        case .logIn(let name, let password): logIn(name, password)
        case .openVault: openVault()
        case .checkSimulation(let shown): checkSimulation(shown)
        case .wipeKeys(let idleSince): lock(idleSince)
        case .logOut: logOut()
        case .hidePassword(let identity):
            start { [workspace] () async throws(Complaint) in
                await workspace.reveal.hide(identity)
                return nil
            }
        case .abandonAuthenticator:
            start { [workspace] () async throws(Complaint) in
                try await workspace.authenticator.abandon()
                return nil
            }
        case .expireToast(let id, let isLong): expire(id, after: isLong ? toastLife * 3 : toastLife)
        case .loadSummary: loadSummary()
        case .remember(let setting, let value):
            start { [workspace] () async throws(Complaint) in
                try await workspace.remember(setting.rawValue, value)
                return nil
            }
        case .eInvoices(.survey(let paths), let ticket): check(paths, ticket)
        case .eInvoices(.stopSurvey, _): survey?.cancel()
        case .support(.prepare(let request), let ticket): collect(request, ticket, effect.undertaking)
        case .support(.stop, _): collecting?.cancel()
        case .audit(let wish, let ticket) where wish.readsAll: readTrail(wish, ticket, effect.undertaking)
        case .push, .pop, .replace, .keepDrafts, .toast, .ask, .prompt, .openMenu, .lock, .unlocked: break
        default: request(effect)
        }
    }

    private func request(_ effect: Effect) {
        guard let ticket = effect.ticket else { return }
        if let page = effect.page(from: workspace) { return deliver(.loaded(page, ticket)) }
        let workspace = workspace
        let load = { @Sendable () async throws(Complaint) in try await effect.loaded(from: workspace) }
        guard effect.isSearch else {
            start(ticket, effect.undertaking, load)
            return
        }
        // The frame that answers the key goes out first: on two processors a search would take the one that it needs.
        busy += 1
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(1)) { [weak self] in
            MainActor.assumeIsolated {
                self?.busy -= 1
                self?.start(ticket, effect.undertaking, load)
            }
        }
    }

    /// Runs `work` and delivers its result; an error becomes a complaint for the screen that asked.
    ///
    /// - Parameter undertaking: as the audit trail names what is tried.
    @discardableResult
    func start(
        _ ticket: Ticket? = nil, _ undertaking: String = "desk",
        _ work: @escaping @Sendable () async throws(Complaint) -> Loaded?
    ) -> Task<Void, Never> {
        busy += 1
        return Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            let result = await Undertaking.$words.withValue(undertaking) { () async -> Loaded? in
                do throws(Complaint) {
                    return try await work()
                } catch {
                    return .failed(error)
                }
            }
            await self?.finished(result, ticket)
        }
    }

    private func finished(_ result: Loaded?, _ ticket: Ticket?) {
        if case .failed(let complaint) = result, complaint.endsSession {
            deliver(.sessionEnded)
            busy -= 1
            return
        }
        if let result, let ticket { deliver(.loaded(result, ticket)) }
        if let result, ticket == nil, case .failed(let complaint) = result {
            deliver(.notice(Toast(.danger, complaint.what, detail: complaint.why)))
        }
        busy -= 1
    }

    /// Runs `work` and delivers what it gives, or what `onFailure` makes of its complaint.
    func perform(
        _ work: @escaping @Sendable () async throws(Complaint) -> DeskInput?,
        onFailure: @escaping @Sendable (Complaint) -> DeskInput
    ) {
        busy += 1
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            let input: DeskInput?
            do throws(Complaint) {
                input = try await work()
            } catch {
                input = onFailure(error)
            }
            await self?.performed(input)
        }
    }

    private func performed(_ input: DeskInput?) {
        if let input { deliver(input) }
        busy -= 1
    }

    /// At most one read of the summary at a time; a burst of commits costs two.
    private func loadSummary() {
        guard !isReadingSummary else {
            isSummaryStale = true
            return
        }
        isReadingSummary = true
        busy += 1
        let workspace = workspace
        Task.detached(executorPreference: WorkQueue.shared) { [weak self] in
            do throws(Complaint) {
                await self?.took(try await workspace.sync.summary())
            } catch {
                await self?.took(nil, hasEnded: error.endsSession)
            }
        }
    }

    private func took(_ summary: DeskSummary?, hasEnded: Bool = false) {
        isReadingSummary = false
        if hasEnded { deliver(.sessionEnded) }
        if let summary { deliver(.summary(summary)) }
        busy -= 1
        if isSummaryStale {
            isSummaryStale = false
            loadSummary()
        }
    }

    private func expire(_ id: Int, after life: Duration) {
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(Int(life.milliseconds))) { [weak self] in
            MainActor.assumeIsolated { self?.deliver(.toastExpired(id)) }
        }
    }
}
