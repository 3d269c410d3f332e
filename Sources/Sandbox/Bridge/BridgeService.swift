import Domain
import Wire

/// The server end of "Portal Bridge 1": finds the call that a request means, and checks who asks.
struct BridgeService: Sendable {
    static let clientId = "portaldesk-demo"
    /// Protects nothing: it is printed in the provider file of every sandbox.
    static let clientSecret = "sandbox-only-secret"

    let state: BridgeState
    let book: NoticeBook
    let timeline: JobTimeline
    let now: @Sendable () -> Instant

    func route(_ request: SandboxRequest) async throws(BridgeError) -> SandboxAnswer {
        let parts = request.segments
        guard parts.first == "v1", parts.count >= 2 else { throw BridgeError(.notFound, "there is no such call") }
        if parts[1] == "token", request.method == "POST" { return try await token(request) }
        let client = try await state.client(token: Self.bearer(request)).get()
        switch (request.method, parts[1], parts.count) {
        case ("GET", "health", 2): return health()
        case ("GET", "capabilities", 2): return capabilities()
        case ("PUT", "credentials", 4): return try await putCredentials(request, try identity(parts[2], parts[3]))
        case ("DELETE", "credentials", 4): return await deleteCredentials(try identity(parts[2], parts[3]))
        case ("POST", "credentials", 5) where parts[4] == "verify":
            return try await verify(request, client: client, try identity(parts[2], parts[3]))
        case ("POST", "jobs", 2): return try await startJob(request, client: client)
        case ("GET", "jobs", 3): return try await showJob(parts[2])
        case ("POST", "jobs", 4) where parts[3] == "challenge": return try await answerChallenge(request, parts[2])
        case ("POST", "jobs", 4) where parts[3] == "cancel": return try await cancelJob(parts[2])
        case ("GET", "notices", 2): return try await listNotices(request)
        case ("GET", "notices", 3): return try await showNotice(parts[2])
        case ("GET", "documents", 3): return try await document(request, parts[2])
        case ("POST", "tds-requests", 2): return try await requestTds(request, client: client)
        case ("GET", "tds-requests", 2): return try await listTdsRequests(request)
        default: throw BridgeError(.notFound, "there is no such call")
        }
    }

    static func bearer(_ request: SandboxRequest) -> String? {
        guard let text = request.headers["authorization"], text.lowercased().hasPrefix("bearer ") else { return nil }
        return String(text.dropFirst(7))
    }

    func payload<Payload: WirePayload>(_ type: Payload.Type, _ request: SandboxRequest) throws(BridgeError) -> Payload {
        do {
            return try WireJSON.decode(type, from: request.body).payload
        } catch {
            throw BridgeError(.badRequest, "the body is not understood: \(error.message)")
        }
    }

    func identity(_ portal: String, _ text: String) throws(BridgeError) -> PortalIdentity {
        guard let portal = Portal(rawValue: portal) else { throw BridgeError(.badRequest, "there is no such portal") }
        do {
            return try PortalIdentity(portal, text)
        } catch {
            throw BridgeError(.badRequest, "the identity \(error.message)")
        }
    }

    private func token(_ request: SandboxRequest) async throws(BridgeError) -> SandboxAnswer {
        let asked = try payload(BridgeTokenRequest.self, request)
        guard asked.grantType == "client_credentials" else { throw BridgeError(.badRequest, "unknown grant_type") }
        guard asked.clientId == Self.clientId, asked.clientSecret == Self.clientSecret else {
            throw BridgeError(.unauthenticated, "the client id or secret is wrong")
        }
        return SandboxAnswer(200, await state.issueToken(client: asked.clientId))
    }

    private func health() -> SandboxAnswer {
        let entry = BridgeHealth.Entry(state: "up", message: "simulated portal")
        return SandboxAnswer(
            200, BridgeHealth(portals: Dictionary(uniqueKeysWithValues: Portal.allCases.map { ($0.rawValue, entry) })))
    }

    private func capabilities() -> SandboxAnswer {
        let offers = Portal.allCases.map { portal in
            BridgeCapabilities.Offer(portal: portal.rawValue, places: portal.places.map(\.rawValue))
        }
        let features = ["documents", "replies", "defaults", "challenge_relay", "tds_requests"]
        return SandboxAnswer(200, BridgeCapabilities(portals: offers, features: features, simulated: true))
    }
}
