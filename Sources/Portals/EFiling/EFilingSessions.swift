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

    private let sessions = Mutex<[PortalIdentity: Held]>([:])
    let waiting = WaitingLogins<EFilingBegunLogin>()
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
