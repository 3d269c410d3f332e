import Domain
import Secrets
import Transport
import Wire

/// `POST /v1/token`. Safe to repeat: a second token takes nothing away from the first.
struct BridgeTokenCall: Sendable {
    let profile: ProviderProfile
    let client: HTTPClient
    let random: RandomSource
    let pause: @Sendable (Duration) async throws -> Void

    func fetch(deadline: ContinuousClock.Instant) async -> Result<BridgeToken, PortalFailure> {
        var failures = 0
        while true {
            do throws(PortalFailure) {
                return .success(try await fetchOnce(deadline: deadline))
            } catch {
                failures += 1
                guard failures < 3, BridgeCaller.mayPass(error.cause) else { return .failure(error) }
                var random = random
                let computed = BackOff.call.fullJitter(failures: failures, using: &random)
                let wait = BackOff.honouring(retryAfter: error.retryAfter, computed: computed, using: &random)
                guard ContinuousClock.now + wait < deadline, (try? await pause(wait)) != nil else {
                    return .failure(error)
                }
            }
        }
    }

    private func fetchOnce(deadline: ContinuousClock.Instant) async throws(PortalFailure) -> BridgeToken {
        guard case .clientCredentials(let id, let secret) = profile.auth else {
            throw PortalFailure(.providerAuth, "the provider file names no client id and secret")
        }
        var bytes = secret.withBytes { BridgeTokenRequest.bytes(clientId: id, secret: $0) }
        let request = HTTPRequest(
            .post, url: profile.baseURL + Bridge.Path.token,
            headers: ["Content-Type": "application/json", Bridge.Header.requestId: random.identifier],
            body: .secret(SecretBytes(consuming: &bytes)), deadline: min(deadline, .now + profile.timeouts.request),
            connectTimeout: profile.timeouts.connect, maxResponseBytes: 1 << 16, sendOnce: false)
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await client.send(request)
        } catch {
            throw BridgeFailure.from(error, changes: false)
        }
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
