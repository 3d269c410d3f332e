import Synchronization

/// The login that a simulated GSP puts in front of an authority: an app id and its secret for a bearer token. Tokens are
/// kept in memory only.
final class GspTokens: Sendable {
    private let given = Mutex<Set<String>>([])

    static let path = "/gsp/authenticate"

    /// `[auth]` of a provider file for a GSP at `address`.
    static func profile(at address: String) -> String {
        """
        [auth]
        type = "oauth2"
        url = "\(address)\(path)?grant_type=token"
        style = "headers"
        client_id = "\(BridgeService.clientId)"
        client_secret = "\(BridgeService.clientSecret)"
        """
    }

    /// A new token; nil for an app that the GSP does not know.
    func token(for request: SandboxRequest) -> String? {
        let isKnown =
            request.headers["gspappid"] == BridgeService.clientId
            && request.headers["gspappsecret"] == BridgeService.clientSecret
        return isKnown ? give() : nil
    }

    /// Whether a request bears a token that was given.
    func admits(_ request: SandboxRequest) -> Bool {
        BridgeService.bearer(request).map { token in given.withLock { $0.contains(token) } } ?? false
    }

    func forgetToken(of request: SandboxRequest) {
        guard let token = BridgeService.bearer(request) else { return }
        given.withLock { _ = $0.remove(token) }
    }

    private func give() -> String {
        var random = SystemRandomNumberGenerator()
        let token = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
        given.withLock { _ = $0.insert(token) }
        return token
    }
}
