import Domain
import Secrets
import Services
import TerminalKit

extension DeskModel {
    /// Puts the lock up: what was typed into masked fields is wiped, and every key of this process with it.
    mutating func lock(_ reason: LockState.Reason) -> [Effect] {
        guard lock == nil else { return [] }
        overlay = nil
        held = nil
        toasts = []
        let effects = stack.indices.flatMap { send(.locked, to: $0) }
        lock = LockState(reason, owner: user?.name, isDemo: isDemo)
        var idleSince: Instant?
        if case .idle(let minutes) = reason { idleSince = now - .seconds(60 * minutes) }
        return effects + [.wipeKeys(idleSince: idleSince)]
    }

    /// The desk as it comes up without a session.
    public mutating func startLocked() { lock = LockState(.start, owner: nil, isDemo: isDemo) }

    public var isLocked: Bool { lock != nil }

    mutating func handleLocked(_ input: DeskInput) -> [Effect] {
        switch input {
        case .event(.key(.control("l"))): return [.redraw]
        case .event(.key(.control("z"))): return [.suspend]
        case .event(.key(.control("c"))), .event(.hangup), .event(.terminate): return carryOut([.quit])
        case .event(.key("q")) where isTooSmall: return carryOut([.quit])
        case .event(.key(let key)) where !isTooSmall: return carryOut(lock?.handle(key) ?? [])
        case .event(.paste(let text)): lock?.paste(text)
        case .event(.resize(let size)):
            self.size = size
            return stack.indices.flatMap { send(.resized, to: $0) }
        case .mouse(let target?, let event) where event.action == .press: return carryOut(lock?.press(target) ?? [])
        case .loggedIn(let login): return took(login)
        case .loginFailed(let complaint): lock?.refuse(complaint)
        default: break
        }
        return []
    }

    private mutating func took(_ login: LoggedIn) -> [Effect] {
        let isOwner = lock?.owner == login.person.name
        user = login.person
        summary = login.summary
        if !isOwner {
            stack = []
            filters = [:]
            unseenPage = nil
            // The files that somebody prepares are nobody's but their own.
            settings.drafts = DraftChoice()
        }
        if let code = login.recoveryCode {
            lock?.recoveryCode = code
            return []
        }
        return open()
    }

    /// Takes the lock away. The same person goes on where the desk was left, anybody else begins anew.
    mutating func open() -> [Effect] {
        lock = nil
        guard !stack.isEmpty else { return start(summary: summary, page: nil) + [.loadSummary] }
        return [.loadSummary] + stack.indices.flatMap { send(.changed, to: $0) }
    }
}

/// What a login brings to the desk.
public struct LoggedIn: Sendable {
    public var person: Person
    public var summary: DeskSummary
    public var recoveryCode: SecretBytes?

    public init(person: Person, summary: DeskSummary, recoveryCode: SecretBytes?) {
        self.person = person
        self.summary = summary
        self.recoveryCode = recoveryCode
    }
}
