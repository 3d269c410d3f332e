import Domain
import Secrets
import Transport
import Wire

/// `POST /v1/token`. Safe to repeat: a second token takes nothing away from the first.
struct BridgeTokenCall: Sendable {
    let profile: ProviderProfile
    let client: PortalClient

    func fetch(deadline: ContinuousClock.Instant) async -> Result<BridgeToken, PortalFailure> {
        do throws(PortalFailure) {
            return .success(
                try await client.repeating(deadline: deadline) { () throws(PortalFailure) in
                    try await fetchOnce(deadline: deadline)
                })
        } catch {
            return .failure(error)
        }
    }

    private func fetchOnce(deadline: ContinuousClock.Instant) async throws(PortalFailure) -> BridgeToken {
        guard case .clientCredentials(let id, let secret) = profile.auth else {
            throw PortalFailure(.providerAuth, "the provider file names no client id and secret")
        }
        var bytes = secret.withBytes { BridgeTokenRequest.bytes(clientId: id, secret: $0) }
        let request = HTTPRequest(
            .post, url: profile.baseURL + Bridge.Path.token,
            headers: ["Content-Type": "application/json", Bridge.Header.requestId: client.random.identifier],
            body: .secret(SecretBytes(consuming: &bytes)), deadline: min(deadline, .now + profile.timeouts.request),
            connectTimeout: profile.timeouts.connect, maxResponseBytes: 1 << 16, sendOnce: false)
        let response = try await client.send(request, .authentication, changes: false)
        guard response.isSuccess else { throw BridgeFailure.from(response) }
        guard let token = try? WireJSON.decode(BridgeToken.self, from: response.body).payload,
            !token.accessToken.isEmpty
        else {
            // The body may hold a token in another shape, so it is not quoted.
            throw PortalFailure(.portalChanged, "the answer of POST \(Bridge.Path.token) is not understood")
        }
        return token
    }
}
