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

    private static let largestAnswer = 48 << 20

    /// A call of the authentication family: sent once, for it may make an OTP or a session.
    func authenticate(
        _ body: GstnAuthRequest, otp: String? = nil, of identity: PortalIdentity, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GstnAnswer {
        if isPlain { return try await authenticatePlain(body, otp: otp, of: identity, deadline: deadline) }
        guard let bytes = try? WireJSON.encode(body) else {
            throw PortalFailure(.internal, "a request could not be written")
        }
        var request = try await request(.post, path(.authenticate), identity, body.username, deadline)
        var copy = bytes
        request.body = .secret(SecretBytes(consuming: &copy))
        request.headers["Content-Type"] = "application/json"
        return try await answer(request, action: body.action, changes: true)
    }

    /// A read under a session. It changes nothing, so it is repeated when the portal stumbles.
    ///
    /// - Returns: the JSON that was sealed in the answer; nil when GSTN says that there is no such record.
    func read(
        _ path: String, _ action: String, _ session: GspSession, _ login: PortalLogin,
        deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> [UInt8]? {
        do throws(PortalFailure) {
            return try await client.repeating(deadline: deadline) { () throws(PortalFailure) in
                var request = try await request(.get, path, login.identity, login.username, deadline)
                request.headers[name(Gstn.Header.authToken)] = session.token
                if isPlain { return try await readPlain(request, action: action) }
                return try open(try await answer(request, action: action, changes: false), session)
            }
        } catch {
            if let code = error.portalCode, GstnCode.noRecord.contains(code) { return nil }
            throw error
        }
    }

    /// A call under a session whose answer says nothing but yes. Sent once, for it may send a message to a person.
    func tell(
        _ path: String, _ action: String, _ session: GspSession, _ login: PortalLogin,
        deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) {
        var request = try await request(.get, path, login.identity, login.username, deadline)
        request.headers[name(Gstn.Header.authToken)] = session.token
        request.sendOnce = true
        if isPlain {
            _ = try await plainAnswer(request, action: action, changes: true)
        } else {
            _ = try await answer(request, action: action, changes: true)
        }
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
        _ request: HTTPRequest, action: String, changes: Bool
    ) async throws(PortalFailure) -> GstnAnswer {
        let response = try await client.send(request, changes ? .authentication : .reading, changes: changes)
        // Errors come with HTTP 200; what comes with another status and no envelope is the gateway's.
        guard let answer = try? WireJSON.decode(GstnAnswer.self, from: response.body).payload else {
            throw Self.gateway(response, action, isLogin: changes)
        }
        guard answer.isFailure else { return answer }
        let code = HarmlessText.line(answer.error?.code ?? "", limit: 40)
        let said = HarmlessText.line(answer.error?.message ?? "GSTN refused the call", limit: 300)
        var failure = PortalFailure(
            GstnCode.cause(code, action: action, in: response), said, portalCode: code.isEmpty ? nil : code)
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

    func request(
        _ method: HTTPMethod, _ path: String, _ identity: PortalIdentity, _ username: String,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPRequest {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json"
        headers[name(Gstn.Header.stateCode)] = String(identity.text.prefix(2))
        headers[name(Gstn.Header.transaction)] = client.random.identifier
        headers[name(Gstn.Header.username)] = username
        headers[name(Gstn.Header.gstin)] = identity.text
        if let tokens { headers["Authorization"] = "Bearer \(try await tokens.token(deadline: deadline))" }
        return HTTPRequest(
            method, url: profile.baseURL + path, headers: headers,
            deadline: min(deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: Self.largestAnswer, sendOnce: method != .get)
    }

    /// A GSP may call a header otherwise.
    func name(_ header: String) -> String { profile.headerNames[header] ?? header }
}
