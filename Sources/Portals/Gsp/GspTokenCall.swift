import Domain
import FoundationEssentials
import Secrets
import Transport
import Wire

/// The login of our own firm at a GSP that wants one: OAuth2 client credentials, in one of the shapes that GSPs use.
enum GspTokenCall {
    static func tokens(_ profile: ProviderProfile, _ client: PortalClient) -> BridgeTokens? {
        guard case .oauth2(let login) = profile.auth else { return nil }
        return BridgeTokens { deadline in
            do throws(PortalFailure) {
                return .success(try await fetch(login, profile, client, deadline))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func fetch(
        _ login: ProviderProfile.OAuth2, _ profile: ProviderProfile, _ client: PortalClient,
        _ deadline: ContinuousClock.Instant
    ) async throws(PortalFailure) -> BridgeToken {
        let secret = login.secret.withBytes { String(decoding: $0, as: UTF8.self) }
        var headers: HTTPHeaders = ["Accept": "application/json"]
        var body = HTTPBody.none
        switch login.style {
        case .headers:
            headers[login.idName] = login.id
            headers[login.secretName] = secret
        case .form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            let form =
                "grant_type=client_credentials&\(login.idName)=\(PercentEscape.text(login.id))"
                + "&\(login.secretName)=\(PercentEscape.text(secret))"
            body = .secret(SecretBytes(utf8: form))
        }
        let request = HTTPRequest(
            .post, url: login.url, headers: headers, body: body,
            deadline: min(deadline, .now + profile.timeouts.request), connectTimeout: profile.timeouts.connect,
            maxResponseBytes: 1 << 16, sendOnce: false)
        var tried = FailedLogin(call: "POST the GSP's login")
        do throws(PortalFailure) {
            let response = try await client.send(request, .authentication, changes: false)
            tried.status = response.status
            return try token(response, login)
        } catch {
            // What our own limits held back was not tried.
            guard error.notBefore == nil else { throw error }
            var failure = error
            failure.login = tried
            throw failure
        }
    }

    private static func token(
        _ response: HTTPResponse, _ login: ProviderProfile.OAuth2
    ) throws(PortalFailure) -> BridgeToken {
        guard response.isSuccess else {
            throw PortalFailure(
                response.status < 500 ? .providerAuth : .portalDown,
                "the GSP answered our login with \(response.status)")
        }
        // The body holds a token, so it is never quoted.
        guard let value = try? JSONValue(response.body),
            let token = GspEnvelope.word(login.tokenPath, in: value), !token.isEmpty
        else { throw PortalFailure(.portalChanged, "the GSP's answer to our login holds no \(login.tokenPath)") }
        let told = GspEnvelope.word(login.expiresPath, in: value).flatMap { Int($0) }
        return BridgeToken(
            accessToken: token, expiresIn: told.map { min(max($0, 1), 86_400) } ?? login.lifeSeconds)
    }
}
