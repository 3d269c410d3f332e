import Crypto
import Domain
import FoundationEssentials
import Secrets
import Transport
import Wire

/// The login at an invoice registration portal or at the e-way bill system: an app key made for it, sealed with the
/// password for NIC's public key (facts: nic-einvoice-ewb 1.2, 1.6). Sent once: a wrong password locks the user.
struct NicLoginCall: Sendable {
    let profile: ProviderProfile
    let client: PortalClient
    let certificates: CertificateSource
    let now: @Sendable () -> Instant

    /// EWB's answer tells no end; its tokens live six hours (facts: nic-einvoice-ewb 1.4).
    private static let ewbLife = Duration.seconds(6 * 3_600)

    func open(_ order: ActionOrder, forceRefresh: Bool) async -> Result<NicSession, PortalFailure> {
        do throws(PortalFailure) {
            return .success(try await opened(order, forceRefresh: forceRefresh))
        } catch {
            return .failure(error)
        }
    }

    private func opened(_ order: ActionOrder, forceRefresh: Bool) async throws(PortalFailure) -> NicSession {
        do throws(PortalFailure) {
            return try await attempt(order, forceRefresh: forceRefresh, isKeyStale: false)
        } catch {
            // NIC changes its key now and then; the password has not been looked at when it could not be opened.
            let codes = AnswerCodes.list(error.portalCode)
            guard !codes.isEmpty, codes.allSatisfy(NicCodes.staleKey.contains) else { throw error }
            return try await attempt(order, forceRefresh: forceRefresh, isKeyStale: true)
        }
    }

    private func attempt(
        _ order: ActionOrder, forceRefresh: Bool, isKeyStale: Bool
    ) async throws(PortalFailure) -> NicSession {
        let certificate = try await certificates.certificate(isStale: isKeyStale)
        let appKey = SymmetricKey(size: .bits256)
        let began = now()
        var body = try Self.body(order, appKey, forceRefresh, certificate, profile.connector)
        var request = HTTPRequest(
            .post,
            url: profile.baseURL + (profile.connector == .ewb ? Nic.EwbPath.login : IrpPath.login.text([:], profile)),
            headers: NicHeaders.base(profile, order.gstin),
            deadline: min(order.deadline, .now + profile.timeouts.request),
            connectTimeout: profile.timeouts.connect, maxResponseBytes: 1 << 16)
        request.body = .secret(SecretBytes(consuming: &body))
        var login = FailedLogin(call: "POST auth")
        do throws(PortalFailure) {
            let response = try await client.send(request, .authentication, changes: true)
            login.status = response.status
            return try session(response, appKey, order, began)
        } catch {
            // What our own limits held back was not tried.
            guard error.notBefore == nil else { throw error }
            var failure = error
            failure.login = login
            throw failure
        }
    }

    private func session(
        _ response: HTTPResponse, _ appKey: SymmetricKey, _ order: ActionOrder, _ began: Instant
    ) throws(PortalFailure) -> NicSession {
        guard response.isSuccess else { throw BridgeFailure.from(statusOf: response) }
        let token: NicToken
        do {
            token = try Self.token(response.body, profile)
        } catch let failure as PortalFailure {
            throw failure
        } catch {
            // The answer may hold a token in another shape, so it is not quoted.
            throw PortalFailure(.portalChanged, "the answer to the login is not understood")
        }
        guard let sek = try? token.sek(under: appKey) else {
            throw PortalFailure(.portalChanged, "the session's key does not open with the key that was sent")
        }
        return NicSession(
            id: client.random.identifier, token: token.token, sek: sek,
            expiresAt: token.expiresAt ?? began + Self.ewbLife,
            userVersion: order.user.version)
    }

    private static func body(
        _ order: ActionOrder, _ appKey: SymmetricKey, _ forceRefresh: Bool, _ key: RsaCertificate,
        _ kind: ProviderProfile.ConnectorKind
    ) throws(PortalFailure) -> [UInt8] {
        do throws(NicLogin.Problem) {
            var password = order.user.password.withBytes { Array($0) }
            defer { for index in password.indices { password[index] = 0 } }
            if kind == .ewb {
                return try NicLogin.ewbBody(userName: order.user.name, password: password, appKey: appKey, for: key)
            }
            return try NicLogin.body(
                userName: order.user.name, password: password, appKey: appKey, forceRefresh: forceRefresh, for: key)
        } catch {
            switch error {
            case .tooLong(let bytes, let most):
                throw PortalFailure(
                    .accountProblem,
                    "user name and password are too long for NIC's key: \(bytes) bytes with what surrounds them, \(most) at most"
                )
            case .refused: throw PortalFailure(.providerAuth, "NIC's public key takes no login")
            }
        }
    }

    static func token(_ body: [UInt8], _ profile: ProviderProfile) throws -> NicToken {
        if profile.connector == .ewb {
            let answer = try EwbAnswer(body)
            if let token = answer.token { return token }
            throw failure(answer.error?.codes ?? [], EwbCodeWords.text(answer.error))
        }
        let answer = try NicAnswer(body)
        if answer.isSuccess { return try NicToken(answer) }
        throw failure(
            answer.errors.map(\.code), answer.errors.map(\.message).filter { !$0.isEmpty }.joined(separator: "; "))
    }

    /// Of several codes the one counts after which a login is least to be tried again.
    private static func failure(_ told: [String], _ message: String) -> PortalFailure {
        let codes = AnswerCodes.list(AnswerCodes.text(told))
        let causes = codes.map(NicCodes.loginCause)
        let cause = NicCodes.loginCauses.first(where: causes.contains) ?? .portalChanged
        let said = message.isEmpty ? "NIC refused the login" : message
        var failure = PortalFailure(
            cause, HarmlessText.line(said, limit: 300), portalCode: AnswerCodes.text(codes))
        if cause == .rateLimited { failure.retryAfter = .seconds(300) }
        return failure
    }
}
