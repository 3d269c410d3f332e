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
    let caller: GspCaller
    let keeper: any GspSessionKeeper
    let certificates: CertificateSource
    let now: @Sendable () -> Instant

    private var settings: ProviderProfile.Gsp { caller.profile.gsp }

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
            do throws(PortalFailure) {
                if let next = try await refreshed(stored, login, reporter, deadline) { return next }
            } catch  where error.cause != .internal {
                // It is not over yet, so a refresh that failed on the way fails nothing else.
                await reporter.log(.warning, "login", "the API session was not refreshed: \(error.message)")
                return stored
            }
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
            until: now() + settings.otpLife)
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
        try await caller.tryLogins(login, deadline)
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
        try await keep(GspSession(pending: appKey, at: now, until: now + settings.otpLife), login.identity, note)
    }

    private func open(
        _ pending: GspSession, _ answer: ChallengeAnswer, _ login: PortalLogin, _ reporter: any FetchReporter,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession {
        // The OTP of a person is no way to try whether logins go through either.
        try await caller.tryLogins(login, deadline)
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
                        + login.identity.text, until: now() + settings.otpLife)
            }
            // Nobody has looked at it: the one that the taxpayer has is still good for the next try.
            if Self.sparesOtp(error), pending.expiresAt > now() { throw error }
            // A token may have been made and lost: only another OTP opens the next.
            try await keep(nil, login.identity, "the login failed: \(error.message)")
            throw error
        }
    }

    /// Whether AUTHTOKEN failed without using the OTP up: nothing left, our own access was refused before GSTN was asked,
    /// or GSTN says to repeat the same call (facts: gstn-taxpayer 10, class T).
    private static func sparesOtp(_ failure: PortalFailure) -> Bool {
        failure.nothingLeft || failure.notBefore != nil || failure.cause == .providerAuth
            || failure.portalCode.map(GstnCode.repeatable.contains) ?? false
    }

    /// A session in place of one that GSTN just refused: the same one refreshed when a cheap call finds it alive
    /// (facts: gstn-taxpayer 10, class S), else one by the taxpayer's OTP.
    func renewed(
        _ refused: GspSession, _ login: PortalLogin, _ reporter: any FetchReporter,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession {
        if try await isAlive(refused, login, deadline),
            let next = try await refreshed(refused, login, reporter, deadline)
        {
            return next
        }
        return try await session(login, answer: nil, reporter: reporter, deadline: deadline)
    }

    /// REFRESHTOKEN, before the end of the session.
    ///
    /// - Returns: the session itself where it lives on without a refresh; nil when only the taxpayer's OTP helps.
    func refreshed(
        _ session: GspSession, _ login: PortalLogin, _ reporter: any FetchReporter,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GspSession? {
        guard caller.isPlain || session.sessionKey != nil else { return nil }
        if settings.refreshMode == .none { return session }
        let appKey = SymmetricKey(size: .bits256)
        do throws(PortalFailure) {
            let answer = try await withCertificate(reporter, isNeeded: settings.refreshMode == .certificate) {
                certificate throws(PortalFailure) in
                let wrapped = try Self.sealed { () throws(GstnKeys.Refused) -> String? in
                    if let certificate { return try GstnKeys.wrapped(appKey, for: certificate) }
                    return try session.sessionKey.map { sek throws(GstnKeys.Refused) in
                        try GstnKeys.sealed(appKey, under: sek)
                    }
                }
                return try await caller.authenticate(
                    GstnAuthRequest(
                        action: Gstn.Action.refreshToken, username: login.username, appKey: wrapped,
                        authToken: session.token), of: login.identity, deadline: deadline)
            }
            let next = try opened(answer, appKey, before: session)
            try await keep(next, login.identity, "refreshed")
            await reporter.log(.info, "login", "the API session was refreshed")
            return next
        } catch  where error.mayHaveBeenSent || Self.isOfSession(error.cause) {
            // Refused, the old token may still be good; sent in vain, a new one may exist that we never saw. A cheap call
            // tells (facts: gstn-taxpayer 11).
            await reporter.log(.warning, "login", "the API session was not refreshed: \(error.message)")
            return try await isAlive(session, login, deadline) ? session : nil
        }
    }

    /// Makes a cheap call under the session.
    ///
    /// - Returns: false when GSTN says that the session is dead; it is dropped then.
    func isAlive(
        _ session: GspSession, _ login: PortalLogin, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> Bool {
        let path = caller.probePath(login.identity)
        do throws(PortalFailure) {
            _ = try await caller.read(path, Gstn.Action.preference, session, login, deadline: deadline)
            return true
        } catch  where Self.isOver(error.cause) {
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

    /// Whether a refused refresh says something of the session or the taxpayer, and not of the way there.
    private static func isOfSession(_ cause: Cause) -> Bool {
        switch cause {
        case .notRegistered, .accountProblem, .locked: true
        default: isOver(cause)
        }
    }

    /// Whether a read is refused because there is no session that it could be made in.
    private static func isOver(_ cause: Cause) -> Bool {
        cause == .sessionExpired || cause == .otpRequired || cause == .noApiAccess
    }

    /// - Parameter before: the session that was refreshed; a GSP that keeps the keys may go on with its token.
    private func opened(
        _ answer: GstnAnswer, _ appKey: SymmetricKey, before: GspSession?
    ) throws(PortalFailure) -> GspSession {
        let now = now()
        // A life of nothing is none that was told.
        let told = answer.expiry.flatMap { $0 > 0 ? $0 : nil }
        let end = now + (told.map { .seconds(min($0, 366 * 1_440) * 60) } ?? settings.sessionLife)
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
        _ reporter: any FetchReporter, isNeeded: Bool = true,
        _ body: (RsaCertificate?) async throws(PortalFailure) -> GstnAnswer
    ) async throws(PortalFailure) -> GstnAnswer {
        if caller.isPlain || !isNeeded { return try await body(nil) }
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
