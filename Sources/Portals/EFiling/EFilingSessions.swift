import Domain
import Secrets
import Synchronization
import Transport
import Wire

/// A login whose step 1 is done.
struct EFilingBegunLogin: Sendable {
    /// What step 1 answered; step 2 sends it back.
    var step: EFilingLogin
    var jar: CookieJar
    /// Whether a person has said already that another session is to be ended.
    var endsOther = false
}

/// The sessions that a connector holds while its process lives.
final class EFilingSessions: Sendable {
    private struct Held {
        var version: Int
        var jar: CookieJar
    }

    /// A login that waits for a person's one-time password.
    private struct Waiting {
        var version: Int
        var name: String
        var login: EFilingBegunLogin
    }

    private let sessions = Mutex<[PortalIdentity: Held]>([:])
    private let waiting = Mutex<[PortalIdentity: Waiting]>([:])
    private let nextStart = Mutex<ContinuousClock.Instant?>(nil)

    /// The last session of this very login, which may have ended meanwhile.
    func session(of login: PortalLogin) -> CookieJar? {
        sessions.withLock { sessions in
            guard let held = sessions[login.identity], held.version == login.version else { return nil }
            return held.jar
        }
    }

    func keep(_ jar: CookieJar?, of login: PortalLogin) {
        sessions.withLock { $0[login.identity] = jar.map { Held(version: login.version, jar: $0) } }
    }

    /// Whether a login waits for a one-time password.
    var isWaiting: Bool { waiting.withLock { !$0.isEmpty } }

    func keepWaiting(_ begun: EFilingBegunLogin, _ name: String, of login: PortalLogin) {
        waiting.withLock { $0[login.identity] = Waiting(version: login.version, name: name, login: begun) }
    }

    /// The login that the answered question belongs to; nil when it is gone, as after a restart of the worker.
    func takeWaiting(_ name: String, of login: PortalLogin) -> EFilingBegunLogin? {
        waiting.withLock { waiting in
            guard let held = waiting[login.identity], held.version == login.version, held.name == name else {
                return nil
            }
            waiting[login.identity] = nil
            return held.login
        }
    }

    /// How long this login waits, so that logins at the portal begin apart.
    func turn(apart range: ClosedRange<Duration>?, _ random: RandomSource) -> Duration {
        guard let range else { return .zero }
        var random = random
        let least = range.lowerBound.milliseconds
        let spread = UInt64(max(0, range.upperBound.milliseconds - least))
        let gap = Duration.milliseconds(least + Int64(UInt64.random(in: 0...spread, using: &random)))
        let now = ContinuousClock.now
        return nextStart.withLock { next in
            let start = max(now, next ?? now)
            next = start + gap
            return start - now
        }
    }
}
