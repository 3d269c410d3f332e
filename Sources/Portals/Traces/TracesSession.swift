import Domain
import Synchronization
import Transport
import Wire

/// One login at TRACES: the new portal's tokens, and the cookies of the old application that they open.
final class TracesSession: Sendable {
    let identity: PortalIdentity
    /// Version of the login that it was made with; another login has no part in it.
    let version: Int
    let tokens: TracesLoginAnswer.Tokens
    let cookies: CookieJar
    private let isBridged = Mutex(false)

    init(_ login: PortalLogin, tokens: TracesLoginAnswer.Tokens, cookies: CookieJar) {
        identity = login.identity
        version = login.version
        self.tokens = tokens
        self.cookies = cookies
    }

    /// Whether the old application was entered already.
    var isOpen: Bool { isBridged.withLock { $0 } }
    func noteOpened() { isBridged.withLock { $0 = true } }
}

/// A login whose captcha and password were taken, and that waits for a person's one-time password.
struct TracesWaitingLogin: Sendable {
    /// What the person read in the picture; the login is made again with it.
    var captcha: ChallengeAnswer
    /// How often the one-time password was asked for.
    var asked: Int
}

/// Sessions by deductor, kept as long as the connector lives: each spares a person a captcha.
final class TracesSessions: Sendable {
    let waiting = WaitingLogins<TracesWaitingLogin>()
    private let held = Mutex<[PortalIdentity: TracesSession]>([:])
    /// The captcha that each deductor's last login was tried with.
    private let spent = Mutex<[PortalIdentity: String]>([:])

    /// Whether a login with this captcha is new; from then on it is not. An attempt that is taken up again comes with
    /// the same answer, and must not offer the password a second time.
    func spend(captcha id: String, of identity: PortalIdentity) -> Bool {
        spent.withLock { spent in
            defer { spent[identity] = id }
            return spent[identity] != id
        }
    }

    func session(for login: PortalLogin) -> TracesSession? {
        held.withLock { $0[login.identity].flatMap { $0.version == login.version ? $0 : nil } }
    }

    func keep(_ session: TracesSession) { held.withLock { $0[session.identity] = session } }
    func forget(_ identity: PortalIdentity) { held.withLock { $0[identity] = nil } }
}
