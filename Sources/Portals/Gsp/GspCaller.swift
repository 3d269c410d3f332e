import Crypto
import Domain
import FoundationEssentials
import Secrets
import Transport
import Wire

/// Makes GSTN's calls through one GSP: headers, envelope, failures.
struct GspCaller: Sendable {
    let profile: ProviderProfile
    let client: HTTPClient
    let pause: @Sendable (Duration) async throws -> Void
    let random: RandomSource
    let tokens: BridgeTokens?

    private static let tries = 3
    private static let largestAnswer = 48 << 20

    /// A call of the authentication family: sent once, for it may make an OTP or a session.
    func authenticate(
        _ body: GstnAuthRequest, of identity: PortalIdentity, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> GstnAnswer {
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
        var failures = 0
        while true {
            do throws(PortalFailure) {
                var request = try await request(.get, path, login.identity, login.username, deadline)
                request.headers[name(Gstn.Header.authToken)] = session.token
                return try open(try await answer(request, action: action, changes: false), session)
            } catch {
                if let code = error.portalCode, GstnCode.noRecord.contains(code) { return nil }
                failures += 1
                guard failures < Self.tries, BridgeCaller.mayPass(error.cause) else { throw error }
                var random = random
                let computed = BackOff.call.fullJitter(failures: failures, using: &random)
                let wait = BackOff.honouring(retryAfter: error.retryAfter, computed: computed, using: &random)
                guard ContinuousClock.now + wait < deadline else { throw error }
                do { try await pause(wait) } catch { throw PortalFailure(.internal, "cancelled") }
            }
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
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await client.send(request)
        } catch {
            throw BridgeFailure.from(error, changes: changes)
        }
        // Errors come with HTTP 200; what comes with another status and no envelope is the gateway's.
        guard let answer = try? WireJSON.decode(GstnAnswer.self, from: response.body).payload else {
            throw Self.gateway(response, action)
        }
        guard answer.isFailure else { return answer }
        let code = HarmlessText.line(answer.error?.code ?? "", limit: 40)
        let said = HarmlessText.line(answer.error?.message ?? "GSTN refused the call", limit: 300)
        var failure = PortalFailure(GstnCode.cause(code, action: action), said, portalCode: code.isEmpty ? nil : code)
        failure.retryAfter = response.retryAfter
        throw failure
    }

    private static func gateway(_ response: HTTPResponse, _ action: String) -> PortalFailure {
        if response.isSuccess {
            var failure = PortalFailure(.portalChanged, "the answer to \(action) is not understood")
            failure.rawAnswer = RawHead.block(response.body)
            return failure
        }
        return BridgeFailure.from(response)
    }

    private func request(
        _ method: HTTPMethod, _ path: String, _ identity: PortalIdentity, _ username: String,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> HTTPRequest {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json"
        headers[name(Gstn.Header.stateCode)] = String(identity.text.prefix(2))
        headers[name(Gstn.Header.transaction)] = random.identifier
        headers[name(Gstn.Header.username)] = username
        headers[name(Gstn.Header.gstin)] = identity.text
        if let tokens { headers["Authorization"] = "Bearer \(try await tokens.token(deadline: deadline))" }
        return HTTPRequest(
            method, url: profile.baseURL + path, headers: headers,
            deadline: min(deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: Self.largestAnswer, sendOnce: method != .get)
    }

    /// A GSP may call a header otherwise.
    private func name(_ header: String) -> String { profile.headerNames[header] ?? header }
}
