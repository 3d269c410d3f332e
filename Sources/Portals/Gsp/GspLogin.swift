import Crypto
import Domain
import Secrets
import Wire

/// Opens, refreshes and ends sessions at GSTN for one GSTIN at a time (facts: gstn-taxpayer 1.2 to 1.5).
public struct GspLogin: Sendable {
    /// What is noted of a session whose OTP GSTN has sent, so that API access is known to be on.
    public static let askedNote = "OTP asked for"

    /// Of an OTP that a person gave: the one that GSTN sent is still looked for.
    static let refusedPrompt = "GSTN did not take the OTP given last; the one that it sent is still good"

    /// Names the challenge of a login; there is no job at the other end that could have a name.
    static let challengeName = "gstn-otp"
    /// How long an OTP is taken to live; its life is not published.
    static let otpLife = Duration.seconds(600)

    let caller: GspCaller
    let keeper: any GspSessionKeeper
    let certificates: CertificateSource
    let now: @Sendable () -> Instant

    /// A session that can be used now. Without one the taxpayer's OTP is asked for, once.
    ///
    /// - Throws: `otpRequired` with the challenge while the OTP is awaited.
    func session(
        _ login: PortalLogin, answer: ChallengeAnswer?, reporter: any FetchReporter,
        deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession {
        let stored = try await stored(login.identity)
        if let stored, stored.state == .open, stored.expiresAt > now() {
            guard stored.refreshAt <= now() else { return stored }
            if let next = try await refreshed(stored, login, reporter, deadline) { return next }
        }
        if let answer, let stored, stored.state == .pending {
            return try await open(stored, answer, login, reporter, deadline)
        }
        if let stored, stored.state == .pending, stored.expiresAt > now() {
            throw asked(login.identity, "the taxpayer's OTP is still awaited", until: stored.expiresAt)
        }
        try await ask(login, reporter, deadline)
        throw asked(
            login.identity, "GSTN sent an OTP to the authorised signatory of \(login.identity.text)",
            until: now() + Self.otpLife)
    }

    /// The session that is open already.
    ///
    /// - Throws: `sessionExpired` when there is none.
    func openSession(_ identity: PortalIdentity) async throws(PortalFailure) -> GspSession {
        guard let stored = try await stored(identity), stored.state == .open, stored.expiresAt > now() else {
            throw PortalFailure(.sessionExpired, "no API session is open for \(identity.text)")
        }
        return stored
    }

    private func asked(
        _ identity: PortalIdentity, _ prompt: String, until: Instant, followsRefusal: Bool = false
    ) -> PortalFailure {
        PortalFailure(
            .otpRequired, prompt,
            challenge: Challenge(
                kind: .otp, remoteJob: Self.challengeName, prompt: prompt, expiresAt: until,
                followsRefusal: followsRefusal))
    }

    /// OTPREQUEST. Never repeated by itself: each one sends another OTP and voids the one before.
    private func ask(
        _ login: PortalLogin, _ reporter: any FetchReporter, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) {
        let appKey = SymmetricKey(size: .bits256)
        await reporter.log(.info, "login", "asking GSTN for an OTP to the taxpayer")
        var note = Self.askedNote
        do throws(PortalFailure) {
            _ = try await withCertificate(reporter) { certificate throws(PortalFailure) in
                let wrapped = try Self.sealed { () throws(GstnKeys.Refused) in
                    try certificate.map { certificate throws(GstnKeys.Refused) in
                        try GstnKeys.wrapped(appKey, for: certificate)
                    }
                }
                return try await caller.authenticate(
                    GstnAuthRequest(action: Gstn.Action.otpRequest, username: login.username, appKey: wrapped),
                    of: login.identity, deadline: deadline)
            }
        } catch  where error.mayHaveBeenSent {
            await reporter.log(.warning, "login", "whether the OTP was sent is unknown: \(error.message)")
            note = "whether the OTP was sent is unknown"
        }
        let now = now()
        try await keep(GspSession(pending: appKey, at: now, until: now + Self.otpLife), login.identity, note)
    }

    private func open(
        _ pending: GspSession, _ answer: ChallengeAnswer, _ login: PortalLogin, _ reporter: any FetchReporter,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession {
        await reporter.log(.info, "login", "passing on the OTP of a person")
        let digits = answer.text.filter { !$0.isWhitespace }
        do throws(PortalFailure) {
            let answer = try await withCertificate(reporter) { certificate throws(PortalFailure) in
                guard let certificate else {
                    return try await caller.authenticate(
                        GstnAuthRequest(action: Gstn.Action.authToken, username: login.username), otp: digits,
                        of: login.identity, deadline: deadline)
                }
                let parts = try Self.sealed { () throws(GstnKeys.Refused) in
                    (
                        try GstnKeys.wrapped(pending.appKey, for: certificate),
                        try GstnKeys.sealed(otp: digits, under: pending.appKey)
                    )
                }
                return try await caller.authenticate(
                    GstnAuthRequest(
                        action: Gstn.Action.authToken, username: login.username, appKey: parts.0, otp: parts.1),
                    of: login.identity, deadline: deadline)
            }
            let session = try opened(answer, pending.appKey, before: nil)
            try await keep(session, login.identity, "opened")
            await reporter.log(.info, "login", "the API session is open")
            return session
        } catch {
            if error.cause == .otpRequired {
                // The OTP stays good for another try until its end; then only another one helps.
                if pending.expiresAt > now() {
                    throw asked(
                        login.identity, Self.refusedPrompt, until: pending.expiresAt, followsRefusal: true)
                }
                try await ask(login, reporter, deadline)
                throw asked(
                    login.identity,
                    "the OTP given last had run out; GSTN sent another to the authorised signatory of "
                        + login.identity.text, until: now() + Self.otpLife)
            }
            // A token may have been made and lost: only another OTP opens the next.
            try await keep(nil, login.identity, "the login failed: \(error.message)")
            throw error
        }
    }

    /// REFRESHTOKEN, before the end of the session; the certificate is not needed for it.
    ///
    /// - Returns: nil when GSTN refuses: the taxpayer's OTP is needed then.
    func refreshed(
        _ session: GspSession, _ login: PortalLogin, _ reporter: any FetchReporter,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession? {
        guard caller.isPlain || session.sessionKey != nil else { return nil }
        let appKey = SymmetricKey(size: .bits256)
        let wrapped = try Self.sealed { () throws(GstnKeys.Refused) in
            try session.sessionKey.map { sek throws(GstnKeys.Refused) in try GstnKeys.sealed(appKey, under: sek) }
        }
        do throws(PortalFailure) {
            let answer = try await caller.authenticate(
                GstnAuthRequest(
                    action: Gstn.Action.refreshToken, username: login.username, appKey: wrapped,
                    authToken: session.token), of: login.identity, deadline: deadline)
            let next = try opened(answer, appKey, before: session)
            try await keep(next, login.identity, "refreshed")
            await reporter.log(.info, "login", "the API session was refreshed")
            return next
        } catch  where Self.ends(error.cause) {
            await reporter.log(.warning, "login", "the API session cannot be refreshed: \(error.message)")
            try await keep(nil, login.identity, "ended: \(error.message)")
            return nil
        } catch  where error.mayHaveBeenSent {
            // A new token may exist that we never saw; whether the old one still works a cheap call tells.
            return try await isAlive(session, login, deadline) ? session : nil
        }
    }

    /// Makes a cheap call under the session.
    ///
    /// - Returns: false when GSTN says that the session is dead; it is dropped then.
    func isAlive(
        _ session: GspSession, _ login: PortalLogin, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> Bool {
        let today = LegalDate.inIndia(now())
        let start = today.month >= 4 ? today.year : today.year - 1
        let year = "\(start)-\(Digits.padded((start + 1) % 100, 2))"
        let path = caller.path(.probe, ["gstin": login.identity.text, "fy": year])
        do throws(PortalFailure) {
            _ = try await caller.read(path, Gstn.Action.preference, session, login, deadline: deadline)
            return true
        } catch  where error.cause == .sessionExpired {
            try await keep(nil, login.identity, "ended: \(error.message)")
            return false
        }
    }

    /// LOGOUT, and the session is forgotten whatever GSTN says.
    func end(_ login: PortalLogin, deadline: ContinuousClock.Instant) async throws(PortalFailure) {
        guard let session = try await stored(login.identity) else { return }
        if session.state == .open, caller.isPlain || session.sessionKey != nil {
            let wrapped = try Self.sealed { () throws(GstnKeys.Refused) in
                try session.sessionKey.map { sek throws(GstnKeys.Refused) in
                    try GstnKeys.sealed(session.appKey, under: sek)
                }
            }
            _ = try? await caller.authenticate(
                GstnAuthRequest(
                    action: Gstn.Action.logout, username: login.username, appKey: wrapped, authToken: session.token),
                of: login.identity, deadline: deadline)
        }
        try await keep(nil, login.identity, "ended by a person")
    }

    private static func ends(_ cause: Cause) -> Bool {
        switch cause {
        case .sessionExpired, .otpRequired, .noApiAccess, .notRegistered, .accountProblem, .locked: true
        default: false
        }
    }

    /// - Parameter before: the session that was refreshed; a GSP that keeps the keys may go on with its token.
    private func opened(
        _ answer: GstnAnswer, _ appKey: SymmetricKey, before: GspSession?
    ) throws(PortalFailure) -> GspSession {
        let now = now()
        // A life of nothing is none that was told.
        let told = answer.expiry.flatMap { $0 > 0 ? $0 : nil }
        let minutes = min(told ?? Gstn.usualMinutes, 366 * 1_440)
        let end = now + .seconds(minutes * 60)
        if caller.isPlain {
            guard let token = answer.authToken ?? before?.token, !token.isEmpty else {
                throw PortalFailure(.portalChanged, "the GSP's answer to the login names no session")
            }
            return GspSession(open: token, appKey: appKey, sessionKey: nil, at: now, until: end)
        }
        guard let token = answer.authToken, !token.isEmpty, let sealed = answer.sek,
            let sek = try? GstnKeys.open(sealed, under: appKey)
        else { throw PortalFailure(.portalChanged, "the answer to the login holds no usable session") }
        return GspSession(open: token, appKey: appKey, sessionKey: sek, at: now, until: end)
    }

    /// None for a GSP that keeps the keys. TEC4002 says that the key at hand is not the server's: it is read anew and the call made once more.
    private func withCertificate(
        _ reporter: any FetchReporter, _ body: (RsaCertificate?) async throws(PortalFailure) -> GstnAnswer
    ) async throws(PortalFailure) -> GstnAnswer {
        if caller.isPlain { return try await body(nil) }
        do throws(PortalFailure) {
            return try await body(try await certificates.certificate(isStale: false))
        } catch  where error.portalCode == GstnCode.staleCertificate {
            await reporter.log(.warning, "login", "GSTN has another public key: reading it anew")
            return try await body(try await certificates.certificate(isStale: true))
        }
    }

    private static func sealed<Result>(
        _ body: () throws(GstnKeys.Refused) -> Result
    ) throws(PortalFailure) -> Result {
        do {
            return try body()
        } catch {
            throw PortalFailure(.internal, "a key could not be sealed for GSTN")
        }
    }

    private func stored(_ identity: PortalIdentity) async throws(PortalFailure) -> GspSession? {
        do {
            return try await keeper.session(of: identity)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("the API session cannot be read: \(error)"))
        }
    }

    private func keep(
        _ session: GspSession?, _ identity: PortalIdentity, _ note: String
    ) async throws(PortalFailure) {
        do {
            try await keeper.keep(session, of: identity, note: HarmlessText.line(note, limit: 200))
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("the API session cannot be stored: \(error)"))
        }
    }
}
