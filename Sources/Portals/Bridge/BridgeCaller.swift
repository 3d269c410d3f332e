import Domain
import Secrets
import Transport
import Wire

/// Makes the calls of the bridge: token, headers, deadline, repetition of what is harmless.
struct BridgeCaller: Sendable {
    struct Call: Sendable {
        var method: HTTPMethod
        var path: String
        var body = HTTPBody.none
        var key: IdempotencyKey?
        var job = ""
        var deadline: ContinuousClock.Instant
        var maxResponseBytes = 16 << 20

        /// Reads change nothing, so they may be repeated; everything else leaves at most once.
        var isHarmless: Bool { method == .get }
    }

    private static let tries = 3

    let profile: ProviderProfile
    let client: HTTPClient
    let tokens: BridgeTokens
    let pause: @Sendable (Duration) async throws -> Void
    let random: RandomSource

    init(
        profile: ProviderProfile, client: HTTPClient, pause: @escaping @Sendable (Duration) async throws -> Void,
        random: RandomSource
    ) {
        self.profile = profile
        self.client = client
        self.pause = pause
        self.random = random
        tokens = BridgeTokens { deadline in
            await BridgeTokenCall(profile: profile, client: client, random: random, pause: pause).fetch(
                deadline: deadline)
        }
    }

    /// The whole answer of a successful call.
    func send(_ call: Call) async throws(PortalFailure) -> HTTPResponse {
        var failures = 0
        while true {
            do throws(PortalFailure) {
                return try await sendWithToken(call)
            } catch {
                failures += 1
                guard call.isHarmless, failures < Self.tries, Self.mayPass(error.cause) else { throw error }
                try await waitBeforeRetry(failures, after: error, deadline: call.deadline)
            }
        }
    }

    func decode<Payload: WirePayload>(
        _ type: Payload.Type, _ call: Call
    ) async throws(PortalFailure) -> WireJSON.Decoded<Payload> {
        let response = try await send(call)
        do throws(WireJSON.Problem) {
            return try WireJSON.decode(type, from: response.body)
        } catch {
            let said =
                "the answer of \(call.method.rawValue) \(Self.callName(call.path)) is not understood: \(error.message)"
            var failure = PortalFailure(.portalChanged, HarmlessText.line(said))
            failure.rawAnswer = RawHead.block(response.body)
            throw failure
        }
    }

    static func mayPass(_ cause: Cause) -> Bool {
        cause == .portalDown || cause == .portalTimeout || cause == .rateLimited
    }

    private func waitBeforeRetry(
        _ failures: Int, after failure: PortalFailure, deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) {
        var random = random
        let computed = BackOff.call.fullJitter(failures: failures, using: &random)
        let wait = BackOff.honouring(retryAfter: failure.retryAfter, computed: computed, using: &random)
        guard ContinuousClock.now + wait < deadline else { throw failure }
        do { try await pause(wait) } catch { throw failure }
    }

    /// A refused token is replaced once: the provider has not looked at the request then, so this is no repetition.
    private func sendWithToken(_ call: Call) async throws(PortalFailure) -> HTTPResponse {
        guard case .clientCredentials = profile.auth else { return try await sendOnce(call, token: nil) }
        let token = try await tokens.token(deadline: call.deadline)
        do throws(PortalFailure) {
            return try await sendOnce(call, token: token)
        } catch  where error.cause == .providerAuth && !error.mayHaveBeenSent {
            await tokens.discard(token)
            return try await sendOnce(call, token: try await tokens.token(deadline: call.deadline))
        }
    }

    private func sendOnce(_ call: Call, token: String?) async throws(PortalFailure) -> HTTPResponse {
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await client.send(request(call, token: token))
        } catch {
            throw BridgeFailure.from(error, changes: !call.isHarmless)
        }
        guard response.isSuccess else { throw BridgeFailure.from(response, job: call.job) }
        return response
    }

    private func request(_ call: Call, token: String?) -> HTTPRequest {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json, */*"
        headers[Bridge.Header.requestId] = random.identifier
        if let token { headers[Bridge.Header.authorization] = "Bearer \(token)" }
        if let key = call.key { headers[Bridge.Header.idempotencyKey] = key.text }
        if case .none = call.body {} else { headers["Content-Type"] = "application/json" }
        return HTTPRequest(
            call.method, url: profile.baseURL + call.path, headers: headers, body: call.body,
            deadline: min(call.deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: call.maxResponseBytes, sendOnce: !call.isHarmless)
    }

    /// The path without its query, which holds identities.
    static func callName(_ path: String) -> String { String(path.prefix { $0 != "?" }) }
}
