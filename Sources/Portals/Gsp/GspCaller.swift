import Crypto
import Domain
import FoundationEssentials
import Secrets
import Transport
import Wire

/// Makes GSTN's calls through one GSP: headers, envelope, failures.
struct GspCaller: Sendable {
    let profile: ProviderProfile
    let client: PortalClient
    let tokens: BridgeTokens?
    let now: @Sendable () -> Instant
    /// For GSPs that want one name for all calls of a program.
    let sessionName: String

    static let largestAnswer = 48 << 20

    /// A call of the authentication family: sent once, for it may make an OTP or a session.
    func authenticate(
        _ body: GstnAuthRequest, otp: String? = nil, of identity: PortalIdentity, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GstnAnswer {
        if isPlain { return try await authenticatePlain(body, otp: otp, of: identity, deadline: deadline) }
        guard let bytes = try? WireJSON.encode(body) else {
            throw PortalFailure(.internal, "a request could not be written")
        }
        var copy = bytes
        let call = GspCall(
            method: .post, path: path(.authenticate), action: body.action, identity: identity,
            username: body.username, appKey: body.appKey, body: SecretBytes(consuming: &copy), changes: true)
        return try await answer(call, deadline)
    }

    /// A read under a session. It changes nothing, so it is repeated when the portal stumbles.
    ///
    /// - Returns: the JSON that was sealed in the answer; nil when GSTN says that there is no such record.
    func read(
        _ path: String, _ action: String, _ session: GspSession, _ login: PortalLogin,
        deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> [UInt8]? {
        let call = GspCall(
            path: path, action: action, identity: login.identity, username: login.username, session: session.token)
        do throws(PortalFailure) {
            return try await client.repeating(deadline: deadline) { () throws(PortalFailure) in
                if isPlain { return try await readPlain(call, deadline) }
                return try open(try await answer(call, deadline), session)
            }
        } catch {
            if let code = error.portalCode, GstnCode.isNoRecord(code, saying: error.message) { return nil }
            throw error
        }
    }

    /// A call under a session whose answer says nothing but yes. Sent once, for it may send a message to a person.
    func tell(
        _ path: String, _ action: String, _ session: GspSession, _ login: PortalLogin,
        deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) {
        try await tryLogins(login, deadline)
        let call = GspCall(
            path: path, action: action, identity: login.identity, username: login.username, session: session.token,
            changes: true)
        if isPlain { _ = try await plainAnswer(call, deadline) } else { _ = try await answer(call, deadline) }
    }

    /// Tries an open circuit of logins by a question outside of any session, so that what tries it sends nobody a message
    /// (facts: reliability 1.5): whatever is answered counts.
    ///
    /// - Throws: when it stays open.
    func tryLogins(_ login: PortalLogin, _ deadline: ContinuousClock.Instant) async throws(PortalFailure) {
        for _ in 0..<CircuitBreaker.successesToClose where client.gate.wantsProbe(.authentication) {
            let call = GspCall(
                path: probePath(login.identity), action: Gstn.Action.preference, identity: login.identity,
                username: login.username, triesLogins: true)
            let response = try await send(call, deadline: deadline)
            if response.status >= 500 || response.status == 429 {
                throw Self.gateway(response, call.action, isLogin: false)
            }
        }
        guard client.gate.wantsProbe(.authentication) else { return }
        throw PortalClient.heldBack(
            .portalDown, "the provider failed too often; it is being tried again", now() + .seconds(5))
    }

    /// A cheap call that shows whether a session is alive: preferences of the running financial year.
    func probePath(_ identity: PortalIdentity) -> String {
        let today = LegalDate.inIndia(now())
        let start = today.month >= 4 ? today.year : today.year - 1
        let year = "\(start)-\(Digits.padded((start + 1) % 100, 2))"
        return path(.probe, ["gstin": identity.text, "fy": year, "date": profile.gsp.dateFormat.text(today)])
    }

    private func open(_ answer: GstnAnswer, _ session: GspSession) throws(PortalFailure) -> [UInt8] {
        guard let data = answer.data, let rek = answer.rek, let hmac = answer.hmac, let sek = session.sessionKey else {
            throw PortalFailure(.portalChanged, "the answer holds no sealed data")
        }
        do throws(GstnKeys.Refused) {
            return try GstnSealed(data: data, hmac: hmac).opened(key: GstnKeys.open(rek, under: sek))
        } catch {
            throw PortalFailure(.portalChanged, "the answer is not sealed for this session, or was changed on its way")
        }
    }

    private func answer(
        _ call: GspCall, _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GstnAnswer {
        let response = try await send(call, deadline: deadline)
        // Errors come with HTTP 200; what comes with another status and no envelope is the gateway's.
        guard let answer = try? WireJSON.decode(GstnAnswer.self, from: response.body).payload else {
            throw Self.gateway(response, call.action, isLogin: call.changes)
        }
        guard answer.isFailure else { return answer }
        let code = HarmlessText.line(answer.error?.code ?? "", limit: 40)
        let said = HarmlessText.line(answer.error?.message ?? "GSTN refused the call", limit: 300)
        var failure = PortalFailure(
            GstnCode.cause(code, saying: said, action: call.action, in: response), said,
            portalCode: code.isEmpty ? nil : code)
        failure.retryAfter = response.retryAfter
        throw failure
    }

    /// - Parameter isLogin: the answer may then hold an OTP (in an address that is quoted back) or a token, so nothing
    ///   of it is told.
    static func gateway(_ response: HTTPResponse, _ action: String, isLogin: Bool) -> PortalFailure {
        if response.isSuccess {
            var failure = PortalFailure(.portalChanged, "the answer to \(action) is not understood")
            if !isLogin { failure.rawAnswer = RawHead.block(response.body) }
            return failure
        }
        return isLogin ? BridgeFailure.from(statusOf: response) : BridgeFailure.from(response)
    }
}
