import Domain
import Secrets
import Transport
import Wire

/// Makes the calls of the bridge: token, headers, deadline, repetition of what is harmless.
struct BridgeCaller: Sendable {
    /// Tokens that may run out under one request before the provider is at fault.
    private static let mostRenewals = 3

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

    let profile: ProviderProfile
    let client: PortalClient
    let tokens: BridgeTokens

    init(profile: ProviderProfile, client: PortalClient) {
        self.profile = profile
        self.client = client
        tokens = BridgeTokens { deadline in
            await BridgeTokenCall(profile: profile, client: client).fetch(deadline: deadline)
        }
    }

    /// What the provider is told of other sessions: nothing, which leaves them alone, unless a person or the provider file
    /// says otherwise.
    func dualSession(_ endsOther: Bool) -> String? {
        endsOther || profile.dualSession == .proceed ? Bridge.endsOtherSession : nil
    }

    /// The whole answer of a successful call.
    func send(_ call: Call) async throws(PortalFailure) -> HTTPResponse {
        try await client.repeating(deadline: call.deadline, isHarmless: call.isHarmless) { () throws(PortalFailure) in
            try await sendWithToken(call)
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

    /// A refused token is replaced: the provider has not looked at the request then, so this is no repetition. One that
    /// ran out on the way may do so again, when answers are slow or tokens short-lived; one that is unknown is no accident
    /// the second time.
    private func sendWithToken(_ call: Call) async throws(PortalFailure) -> HTTPResponse {
        guard case .clientCredentials = profile.auth else { return try await sendOnce(call, token: nil) }
        var renewals = 0
        while true {
            let token = try await tokens.token(deadline: call.deadline)
            do throws(PortalFailure) {
                return try await sendOnce(call, token: token)
            } catch {
                let most = error.bridgeCode == .tokenExpired ? Self.mostRenewals : 1
                guard error.cause == .providerAuth, !error.mayHaveBeenSent, renewals < most else { throw error }
                renewals += 1
                await tokens.discard(token)
            }
        }
    }

    private func sendOnce(_ call: Call, token: String?) async throws(PortalFailure) -> HTTPResponse {
        let response = try await client.send(request(call, token: token), changes: !call.isHarmless)
        guard response.isSuccess else { throw BridgeFailure.from(response, job: call.job) }
        return response
    }

    private func request(_ call: Call, token: String?) -> HTTPRequest {
        var headers = HTTPHeaders()
        for (name, value) in profile.headers { headers[name] = value }
        headers["Accept"] = "application/json, */*"
        headers[Bridge.Header.requestId] = client.random.identifier
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
